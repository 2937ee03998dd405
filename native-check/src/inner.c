/*
 * Inner programs: this same image executed once more, answering through a pipe.
 */
#include "inner.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel-call.h"
#include "registration.h"

static const struct {
	const char *name;
	int (*run)(int answer_fd);
} programs[] = {
	{ "sched-getcpu", inner_sched_getcpu },
	{ "register", inner_register },
};

/* An exec must begin unregistered: the first registration of the new image is accepted. */
int inner_register(int answer_fd)
{
	int32_t answer = registration_is_own() ? registration_take(RSEQ_LENGTH_FIRST) : EALREADY;

	return write(answer_fd, &answer, sizeof answer) == sizeof answer ? 0 : 1;
}

int inner_main(const char *name, int answer_fd)
{
	for (size_t row = 0; row < sizeof programs / sizeof *programs; row++)
		if (strcmp(programs[row].name, name) == 0)
			return programs[row].run(answer_fd);
	return 64;
}

static void start_image(const char *name, bool with_libc_area, int answer_fd)
{
	char fd_text[16];
	char *argv[] = { (char *)"check-native", (char *)"--inner", (char *)name, fd_text, NULL };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (with_libc_area)
		restore_libc_tunables();
	snprintf(fd_text, sizeof fd_text, "%d", answer_fd);
	execv("/proc/self/exe", argv);
	_exit(127);
}

bool inner_run(const char *name, bool with_libc_area, void *answer, size_t room, size_t *got, int *status)
{
	int ends[2];
	pid_t child;
	ssize_t some = 0;

	*got = 0;
	if (pipe(ends) != 0)
		return false;
	child = fork();
	if (child == 0) {
		close(ends[0]);
		start_image(name, with_libc_area, ends[1]);
	}
	close(ends[1]);
	if (child > 0) {
		while (*got < room && (some = read(ends[0], (char *)answer + *got, room - *got)) != 0) {
			if (some < 0 && errno != EINTR)
				break;
			*got += some > 0 ? (size_t)some : 0;
		}
		while (waitpid(child, status, 0) < 0 && errno == EINTR)
			continue;
	}
	close(ends[0]);
	return child > 0;
}
