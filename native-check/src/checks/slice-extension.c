/*
 * slice-extension: does the kernel offer a short extension of the time slice inside a critical section?
 * (7.0.)
 */
#include <errno.h>
#include <string.h>
#include <sys/prctl.h>

#include "check.h"

/* Numbers of <linux/prctl.h>, newer than most installed headers. */
enum { SLICE_EXTENSION = 79, SLICE_SET = 2, SLICE_ENABLE = 1 };

void run_slice_extension(struct context *context)
{
	if (prctl(SLICE_EXTENSION, SLICE_SET, SLICE_ENABLE, 0, 0) == 0)
		outcome_pass(context->outcome, "offered");
	else
		outcome_set(context->outcome, STATUS_SKIP, "absent", "%s", strerror(errno));
}
