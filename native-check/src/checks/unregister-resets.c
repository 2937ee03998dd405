/*
 * unregister-resets: after unregistering, cpu_id must say "unregistered" and cpu_id_start must be a CPU that
 * exists, since code may still use it as an index (mainline 2cb68e45120d).
 *
 * Both are reset to the same values everywhere, and that of cpu_id_start is 0: only on another CPU can it be told
 * from a number that was left behind.
 */
#include "check.h"
#include "registration.h"

void run_unregister_resets(struct context *context)
{
	struct outcome *outcome = context->outcome;
	struct rseq_area *area;
	uint32_t before;

	/* Where it is refused, the CPU that the worker happens to be on may do as well. */
	cpu_pin(cpu_mask_nth(&context->allowed, context->cpus - 1));
	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		return;
	area = registered_area();
	before = area->cpu_id_start;
	registration_drop();
	if (!outcome_expect(outcome, "cpu_id after unregistering", (int32_t)RSEQ_CPU_UNREGISTERED,
			    (int32_t)area->cpu_id) ||
	    !outcome_expect(outcome, "cpu_id_start after unregistering", 0, (int32_t)area->cpu_id_start))
		return;
	if (before == 0)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "one-cpu",
			    "cpu_id was reset; on CPU 0 it cannot be seen whether cpu_id_start was");
	else
		outcome_pass(outcome, "both numbers were reset, cpu_id_start from %u", before);
}
