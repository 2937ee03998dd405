/*
 * Marker (method B): a number no CPU has, written into the parent's area just before the clone. A correct
 * kernel overwrites it in the child, whatever the CPU; a broken one lets the copy live. Works on one CPU.
 *
 * Only before 6.19: from then on a fork keeps the ids on purpose, so the marker survives on a correct
 * kernel too, and a debug build kills whoever writes the field. Never in libc's area, which sched_getcpu()
 * reads.
 */
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "kernel-call.h"
#include "method.h"
#include "registration.h"
#include "trial.h"

enum { MARKER = 0x7ead0001, GUARD_ROUNDS = 100, GUARD_MIN_SWITCHED = 50, GUARD_MIN_LEFT = 95 };

bool marker_allowed(const struct machine *machine)
{
	return registration_is_own() && release_before(&machine->parsed, 6, 19);
}

static long switches(bool voluntary_only)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return usage.ru_nvcsw + (voluntary_only ? 0 : usage.ru_nivcsw);
}

/*
 * What the method rests on, seen on this kernel: a switch rewrites the field, a system call alone does
 * not. Rounds without the switch they ask for (or with one they do not) say nothing and are not counted.
 */
static enum control guard_marker(struct context *context)
{
	struct rseq_area *area = registered_area();
	unsigned switched = 0, rewritten = 0, quiet = 0, left = 0;
	uint32_t cpu;

	for (int round = 0; round < GUARD_ROUNDS && !context->outcome->cancel; round++) {
		long before = switches(true);

		area->cpu_id = MARKER;
		sleep_us(1000);
		if (switches(true) > before) {
			switched++;
			rewritten += area->cpu_id != MARKER;
		}
	}
	for (int round = 0; round < GUARD_ROUNDS && !context->outcome->cancel; round++) {
		long before = switches(false);
		uint32_t seen;

		area->cpu_id = MARKER;
		call_getcpu(&cpu, NULL);
		seen = area->cpu_id;
		if (switches(false) == before) {
			quiet++;
			left += seen == MARKER;
		}
	}
	if (switched < GUARD_MIN_SWITCHED || quiet < GUARD_MIN_SWITCHED)
		return CONTROL_INCOMPLETE;
	/* A few of the quiet rounds may be rewritten by other work on the way back to user space. */
	return rewritten == switched && left * 100 >= quiet * GUARD_MIN_LEFT ? CONTROL_GOOD : CONTROL_FAILED;
}

static void run_trials(struct context *context, volatile uint32_t *seen, uint32_t target,
		       uint64_t deadline_ms)
{
	struct outcome *outcome = context->outcome;
	struct findings *found = &outcome->findings;

	while (found->marker_trials < target && found->survivors < STALE_ENOUGH && found->denied < DENIED_ENOUGH) {
		pid_t child;

		if (outcome->cancel || now_ms() >= deadline_ms)
			return;
		*seen = 0;
		registered_area()->cpu_id = MARKER;
		child = call_fork();
		if (child == 0) {
			*seen = registered_area()->cpu_id == MARKER ? 1 : 2;
			_exit(0);
		}
		if (child < 0) {
			found->denied++;
			continue;
		}
		if (child_reap(child, &outcome->cancel) == REAP_CANCELLED)
			return;
		if (*seen == 0) {
			found->lost++;
			outcome->counts.lost++;
			continue;
		}
		found->survivors += *seen == 1;
		found->marker_trials++;
	}
}

void marker_run(struct context *context, uint32_t target, uint64_t deadline_ms)
{
	struct findings *found = &context->outcome->findings;
	volatile uint32_t *seen;
	uint32_t cpu;

	outcome_phase(context->outcome, "marker-guards", 0);
	/* Pinned, so that the guards measure switches and not migrations. */
	if (call_getcpu(&cpu, NULL) != 0 || cpu_pin(cpu) != 0) {
		found->denied++;
		return;
	}
	heartbeat_start();
	found->guards = guard_marker(context);
	heartbeat_stop();
	cpu_mask_apply(&context->allowed);
	if (found->guards != CONTROL_GOOD)
		return;

	seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (seen == MAP_FAILED) {
		found->denied++;
		return;
	}
	outcome_phase(context->outcome, "marker", target);
	heartbeat_start();
	run_trials(context, seen, target, deadline_ms);
	heartbeat_stop();
	munmap((void *)seen, sizeof *seen);
	/* Nobody may find the marker in a registered area later. */
	registration_drop();
	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		found->denied++;
}
