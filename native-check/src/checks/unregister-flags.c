/*
 * unregister-flags: unknown flags beside "unregister" must be refused ("rseq: Reject unknown flags on rseq
 * unregister"), or they can never get a meaning.
 */
#include <errno.h>

#include "check.h"
#include "kernel-call.h"
#include "registration.h"

enum { UNKNOWN_FLAG = 8 };

void run_unregister_flags(struct context *context)
{
	int answer;

	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		return;
	answer = call_rseq(registered_area(), RSEQ_LENGTH_FIRST, RSEQ_UNREGISTER | UNKNOWN_FLAG, RSEQ_SIGNATURE);
	if (outcome_expect(context->outcome, "unregister with flag 8 as well", -EINVAL, answer))
		outcome_pass(context->outcome, "unknown flags are refused");
	registration_drop();
}
