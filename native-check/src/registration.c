/*
 * Registration: libc's area, our own, and the restart that makes room for ours.
 *
 * One registration a thread is all the kernel allows, and libc 2.35 and later take it before main.
 */
#include "registration.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "kernel-call.h"

#define TUNABLES "GLIBC_TUNABLES"
#define RSEQ_OFF "glibc.pthread.rseq=0"
#define RESTARTED "PATCHTRAIL_CHECK_RESTARTED"

/* Weak: absent in libcs that never register, and then nothing stands in our way. */
extern const ptrdiff_t __rseq_offset __attribute__((weak));
extern const unsigned int __rseq_size __attribute__((weak));

static struct rseq_area own_area RSEQ_AREA_ALIGNED;
static uint32_t own_length;
static struct rseq_area *current_area = &own_area;

struct rseq_area *libc_area(void)
{
	/* The size differs by port (20 on Debian 12 x86_64, 32 on arm64): only "more than none" counts. */
	if (&__rseq_size == NULL || &__rseq_offset == NULL || __rseq_size == 0)
		return NULL;
	return (struct rseq_area *)((char *)__builtin_thread_pointer() + __rseq_offset);
}

void restart_without_libc_area(char **argv)
{
	const char *set = getenv(TUNABLES);
	char tunables[4096];
	int length;

	if (libc_area() == NULL || getenv(RESTARTED) != NULL)
		return;
	length = snprintf(tunables, sizeof tunables, "%s%s" RSEQ_OFF, set ? set : "", set && *set ? ":" : "");
	if (length >= (int)sizeof tunables)
		return;
	if (setenv(TUNABLES, tunables, 1) != 0 || setenv(RESTARTED, "1", 1) != 0)
		return;
	execv("/proc/self/exe", argv);
	/* No /proc, or an emulator that cannot exec its guest: libc's area has to do. */
	restore_libc_tunables();
}

void restore_libc_tunables(void)
{
	const char *set = getenv(TUNABLES);
	size_t length = set ? strlen(set) : 0;
	const size_t ours = strlen(RSEQ_OFF);
	char tunables[4096];

	if (length < ours || length >= sizeof tunables || strcmp(set + length - ours, RSEQ_OFF) != 0)
		return;
	memcpy(tunables, set, length - ours);
	tunables[length - ours] = '\0';
	if (length > ours && tunables[length - ours - 1] == ':')
		tunables[length - ours - 1] = '\0';
	if (tunables[0] == '\0')
		unsetenv(TUNABLES);
	else
		setenv(TUNABLES, tunables, 1);
}

int registration_take(uint32_t length)
{
	int answer;

	if (libc_area() != NULL) {
		current_area = libc_area();
		return 0;
	}
	memset((void *)&own_area, 0, sizeof own_area);
	answer = call_rseq(&own_area, length, 0, RSEQ_SIGNATURE);
	own_length = answer == 0 ? length : 0;
	return -answer;
}

void registration_drop(void)
{
	if (own_length != 0)
		call_rseq(&own_area, own_length, RSEQ_UNREGISTER, RSEQ_SIGNATURE);
	own_length = 0;
}

bool registration_is_own(void)
{
	return libc_area() == NULL;
}

struct rseq_area *registered_area(void)
{
	return current_area;
}

uint32_t read_registered_cpu(void)
{
	return current_area->cpu_id;
}

/* Numbers of <linux/auxvec.h>, newer than many installed headers. */
unsigned long rseq_feature_size(void)
{
	return getauxval(27);
}

unsigned long rseq_alignment(void)
{
	return getauxval(28);
}
