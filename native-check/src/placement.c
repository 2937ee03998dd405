/*
 * Placement (method A): children that start on another CPU must know that CPU. Writes no kernel-owned
 * field.
 *
 * Needs two CPUs. On kernels that advertise more than the first 32 bytes the area is registered in both
 * lengths, one after the other, for such kernels keep the ids by two different paths.
 */
#include "method.h"
#include "kernel-call.h"
#include "registration.h"
#include "trial.h"

static void run_length(struct context *context, const struct boost *boost, uint32_t target,
		       uint64_t deadline_ms)
{
	struct outcome *outcome = context->outcome;
	const uint32_t before = outcome->counts.effective;
	const struct series series = {
		.read = read_registered_cpu,
		.burst = boost->burst,
		.stop_effective = target,
		.stop_stale = STALE_ENOUGH,
		.deadline_ms = deadline_ms,
		.cancel = &outcome->cancel,
		.counts = &outcome->counts,
		.samples = outcome,
	};
	uint32_t effective;

	outcome->findings.effective = 0;
	series_run(&series);
	effective = outcome->counts.effective - before;
	outcome->findings.effective = effective;
	outcome->findings.stale = outcome->counts.stale;
	outcome->findings.lost = outcome->counts.lost;
	outcome->findings.denied += outcome->counts.denied;
}

void placement_run(struct context *context, const struct boost *boost, uint32_t target, uint64_t deadline_ms)
{
	const unsigned long advertised = context->machine->feature_size;
	struct findings *found = &context->outcome->findings;
	uint64_t half = now_ms() + (deadline_ms - now_ms()) / 2;
	uint32_t first;

	outcome_phase(context->outcome, "placement", target);
	if (!registration_is_own() || advertised <= RSEQ_LENGTH_FIRST) {
		run_length(context, boost, target, deadline_ms);
		return;
	}
	run_length(context, boost, target / 2, half);
	first = found->effective;
	registration_drop();
	if (advertised <= sizeof(struct rseq_area) && registration_take((uint32_t)advertised) == 0) {
		run_length(context, boost, target / 2, deadline_ms);
		if (first < found->effective)
			found->effective = first;
	} else {
		outcome_log(context->outcome, "length %lu cannot be registered: only length 32 was tried", advertised);
	}
	registration_drop();
	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		found->denied++;
}
