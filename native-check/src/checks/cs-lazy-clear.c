/*
 * cs-lazy-clear: a descriptor left behind by a section that ended must be cleared by the next switch, so
 * that it can be unmapped later.
 */
#include "check.h"
#include "kernel-call.h"
#include "registration.h"

enum { ATTEMPTS = 100 };

void run_cs_lazy_clear(struct context *context)
{
	/* The signature stands before the abort address, both in data: nothing ever jumps there. */
	static const uint32_t abort_words[] = { RSEQ_SIGNATURE, 0 };
	static struct rseq_section elsewhere RSEQ_SECTION_ALIGNED;
	struct outcome *outcome = context->outcome;
	struct rseq_area *area;
	int sleeps = 0;

	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		return;
	area = registered_area();
	elsewhere.start_ip = (uint64_t)(uintptr_t)&elsewhere;
	elsewhere.post_commit_offset = 4;
	elsewhere.abort_ip = (uint64_t)(uintptr_t)&abort_words[1];
	area->rseq_cs = (uint64_t)(uintptr_t)&elsewhere;
	while (area->rseq_cs != 0 && sleeps++ < ATTEMPTS && !outcome->cancel)
		sleep_us(1000);
	if (outcome_expect(outcome, "rseq_cs after sleeping", 0, (long)area->rseq_cs))
		outcome_pass(outcome, "cleared after %d sleeps of 1 ms", sleeps);
	area->rseq_cs = 0;
	registration_drop();
}
