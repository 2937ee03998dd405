/*
 * Kernel calls without libc in between: see ../include/kernel-call.h for why.
 */
#include "kernel-call.h"

#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "rseq-area.h"

#ifndef SYS_rseq
#if defined(__x86_64__)
#define SYS_rseq 334
#elif defined(__i386__)
#define SYS_rseq 386
#elif defined(__arm__)
#define SYS_rseq 398
#elif defined(__powerpc__)
#define SYS_rseq 387
#elif defined(__s390__)
#define SYS_rseq 383
#else
#define SYS_rseq 293
#endif
#endif

int call_rseq(struct rseq_area *area, uint32_t length, int flags, uint32_t signature)
{
	return syscall(SYS_rseq, area, length, flags, signature) == 0 ? 0 : -errno;
}

int call_getcpu(uint32_t *cpu, uint32_t *node)
{
	return syscall(SYS_getcpu, cpu, node, NULL) == 0 ? 0 : -errno;
}

/* No CLONE_VM: only a child with a copy of the parent's area inherits its registration. */
pid_t call_fork(void)
{
#if defined(__s390__)
	long pid = syscall(SYS_clone, 0UL, (unsigned long)SIGCHLD, 0UL, 0UL, 0UL);
#else
	long pid = syscall(SYS_clone, (unsigned long)SIGCHLD, 0UL, 0UL, 0UL, 0UL);
#endif
	return pid >= 0 ? (pid_t)pid : -errno;
}

void sleep_us(long us)
{
	struct timespec pause = { us / 1000000, us % 1000000 * 1000 };

	nanosleep(&pause, NULL);
}

uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}
