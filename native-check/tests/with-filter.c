/*
 * with-filter CALL ACTION COMMAND...: runs COMMAND under a seccomp filter that answers one system call
 * itself.
 *
 * CALL: rseq, getcpu, sched_setaffinity, clone. ACTION: enosys, eperm, kill. Raw BPF, since the test must
 * not need a library.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_rseq
#define SYS_rseq 334
#endif

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
	const char *name;
	unsigned number;
} calls[] = {
	{ "rseq", SYS_rseq },
	{ "getcpu", SYS_getcpu },
	{ "sched_setaffinity", SYS_sched_setaffinity },
	{ "clone", SYS_clone },
};

static const struct {
	const char *name;
	unsigned answer;
} actions[] = {
	{ "enosys", SECCOMP_RET_ERRNO | ENOSYS },
	{ "eperm", SECCOMP_RET_ERRNO | EPERM },
	{ "kill", SECCOMP_RET_KILL_PROCESS },
};

static int install(unsigned number, unsigned answer)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, answer),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = { COUNT(code), code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int argc, char **argv)
{
	for (size_t call = 0; argc > 3 && call < COUNT(calls); call++) {
		for (size_t action = 0; action < COUNT(actions); action++) {
			if (strcmp(argv[1], calls[call].name) != 0 || strcmp(argv[2], actions[action].name) != 0)
				continue;
			if (install(calls[call].number, actions[action].answer) != 0) {
				perror("with-filter: seccomp");
				return 69;
			}
			execvp(argv[3], argv + 3);
			perror("with-filter: exec");
			return 70;
		}
	}
	fputs("usage: with-filter CALL ACTION COMMAND...\n", stderr);
	return 64;
}
