/*
 * First process of the proof's guest: runs the checker once, tells how it ended, and powers the guest down.
 *
 * The kernel hands it what stands behind "--" on its command line, which becomes the checker's arguments. /proc must
 * be there, for the checker starts itself anew through /proc/self/exe.
 */
#include <stdio.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell_end(int status)
{
	if (WIFSIGNALED(status))
		printf("\nPT-GUEST-END signal %d\n", WTERMSIG(status));
	else
		printf("\nPT-GUEST-END exit %d\n", WEXITSTATUS(status));
	fflush(stdout);
}

int main(int argc, char **argv)
{
	int status = 0;
	pid_t child;

	(void)argc;
	if (mount("proc", "/proc", "proc", 0, NULL) != 0)
		perror("mount /proc");
	puts("\nPT-GUEST-BEGIN");
	fflush(stdout);
	child = fork();
	if (child == 0) {
		argv[0] = "/check-native";
		execv(argv[0], argv);
		perror("exec");
		_exit(127);
	}
	if (child > 0 && waitpid(child, &status, 0) == child)
		tell_end(status);
	/* The serial line drains at the pace of the emulation. */
	usleep(20000);
	reboot(RB_AUTOBOOT);
	for (;;)
		pause();
}
