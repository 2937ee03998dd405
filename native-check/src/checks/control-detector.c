/*
 * control-detector: would this program see a stale value here?
 *
 * Reads an area that is not registered, which nobody rewrites: each child that starts elsewhere must look
 * stale.
 */
#include "method.h"

void run_control_detector(struct context *context)
{
	struct outcome *outcome = context->outcome;
	struct boost boost = boost_start(context);
	enum control control;

	outcome->boost = boost.name;
	control = control_detector(context, &boost, &outcome->counts);
	boost_stop();
	outcome->findings.detector = control;
	if (control == CONTROL_GOOD)
		outcome_pass(outcome, "%u of %u effective trials were seen", outcome->counts.stale,
			     outcome->counts.effective);
	else if (outcome->counts.denied > 0)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "a call the trial needs was refused");
	else if (control == CONTROL_FAILED)
		outcome_set(outcome, STATUS_FAIL, "control-failed", "%u stale of %u effective trials",
			    outcome->counts.stale, outcome->counts.effective);
	else
		outcome_set(outcome, STATUS_INCONCLUSIVE, "few-effective", "only %u effective trials of %d",
			    outcome->counts.effective, DETECTOR_TRIALS);
}
