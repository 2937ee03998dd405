/*
 * Controls: proof that this run could have seen a stale value (detector) and sees right ones (follow).
 *
 * Without both, "nothing stale" would also be the answer of a program that cannot see.
 */
#include <errno.h>

#include "kernel-call.h"
#include "method.h"
#include "registration.h"
#include "trial.h"

static struct rseq_area unregistered_area RSEQ_AREA_ALIGNED;

static uint32_t read_unregistered(void)
{
	return unregistered_area.cpu_id;
}

static void write_unregistered(uint32_t cpu)
{
	unregistered_area.cpu_id = cpu;
}

/* Nobody rewrites an unregistered area, so each child that starts elsewhere must come out stale. */
enum control control_detector(struct context *context, const struct boost *boost, struct counts *counts)
{
	const struct series series = {
		.read = read_unregistered,
		.prepare = write_unregistered,
		.burst = boost->burst,
		.stop_effective = DETECTOR_TRIALS,
		.stop_stale = UINT32_MAX,
		.deadline_ms = now_ms() + (context->deadline_ms - now_ms()) / 4,
		.cancel = &context->outcome->cancel,
		.counts = counts,
	};

	outcome_phase(context->outcome, "control-detector", DETECTOR_TRIALS);
	series_run(&series);
	if (counts->stale + counts->raced + counts->denied + counts->lost < counts->effective)
		return CONTROL_FAILED;
	/* A raced trial proves nothing either way: the child was moved between two looks. */
	return counts->stale + counts->raced >= DETECTOR_TRIALS && counts->stale >= DETECTOR_TRIALS / 2
		       ? CONTROL_GOOD
		       : CONTROL_INCOMPLETE;
}

static bool area_right(uint32_t wanted, bool has_node, bool *moved)
{
	struct rseq_area *area = registered_area();
	uint32_t cpu, node, start = area->cpu_id_start, id = area->cpu_id, area_node = area->node_id;

	*moved = call_getcpu(&cpu, &node) != 0 || cpu != wanted;
	return start == wanted && id == wanted && (!has_node || area_node == node);
}

/* A registered area must follow the thread wherever it is told to run. */
enum control control_follow(struct context *context, uint32_t rounds, uint32_t *bad)
{
	const bool has_node = registration_is_own() && context->machine->feature_size >= 24;
	const uint64_t limit = now_ms() + (context->deadline_ms - now_ms()) / 4;
	uint32_t done = 0;

	outcome_phase(context->outcome, "follow-affinity", rounds);
	*bad = 0;
	for (; done < rounds && !context->outcome->cancel && now_ms() < limit; done++) {
		unsigned nth = (unsigned)((context->options->seed + done) % context->cpus);
		unsigned wanted = cpu_mask_nth(&context->allowed, nth);
		bool moved = false;
		int answer = cpu_pin(wanted);

		if (answer != 0) {
			/* EINVAL: that CPU is gone, which the supervisor reports as changed CPUs. */
			if (answer != -EINVAL)
				context->outcome->findings.denied++;
			break;
		}
		if (!area_right(wanted, has_node, &moved) && !moved)
			++*bad;
		if (moved)
			break;
	}
	cpu_mask_apply(&context->allowed);
	if (*bad > 0)
		return CONTROL_FAILED;
	return done >= rounds / 10 ? CONTROL_GOOD : CONTROL_INCOMPLETE;
}
