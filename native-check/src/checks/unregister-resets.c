/*
 * unregister-resets: after unregistering, cpu_id must say "unregistered" and cpu_id_start must be a CPU that
 * exists, since code may still use it as an index (mainline 2cb68e45120d).
 */
#include "check.h"
#include "registration.h"

void run_unregister_resets(struct context *context)
{
	struct outcome *outcome = context->outcome;
	struct rseq_area *area;

	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		return;
	area = registered_area();
	registration_drop();
	if (outcome_expect(outcome, "cpu_id after unregistering", (int32_t)RSEQ_CPU_UNREGISTERED,
			   (int32_t)area->cpu_id) &&
	    outcome_expect(outcome, "cpu_id_start after unregistering", 0, (int32_t)area->cpu_id_start))
		outcome_pass(outcome, "both numbers were reset");
}
