/*
 * follow-affinity: pinned to each CPU in turn, the area must show that CPU (and its node, where there is
 * one).
 */
#include "method.h"
#include "registration.h"

void run_follow_affinity(struct context *context)
{
	struct outcome *outcome = context->outcome;
	enum control control;
	uint32_t bad = 0;

	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		return;
	control = control_follow(context, FOLLOW_ROUNDS, &bad);
	registration_drop();
	if (control == CONTROL_GOOD)
		outcome_pass(outcome, "right on each of %u CPUs, up to %d rounds", context->cpus, FOLLOW_ROUNDS);
	else if (control == CONTROL_FAILED)
		outcome_set(outcome, STATUS_FAIL, "wrong-cpu", "wrong in %u rounds", bad);
	else if (outcome->findings.denied > 0)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "sched_setaffinity was refused");
	else
		outcome_set(outcome, STATUS_INCONCLUSIVE, "few-rounds", "the CPUs changed, or time ran out");
}
