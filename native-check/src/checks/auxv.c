/*
 * auxv: does the kernel tell how large its rseq area is? (Since 6.3; libc sizes the area by it.)
 */
#include "check.h"
#include "registration.h"

void run_auxv(struct context *context)
{
	const unsigned long size = rseq_feature_size(), alignment = rseq_alignment();

	if (size == 0)
		outcome_set(context->outcome, STATUS_SKIP, "absent", "nothing is advertised");
	else
		outcome_pass(context->outcome, "feature size %lu, alignment %lu", size, alignment);
}
