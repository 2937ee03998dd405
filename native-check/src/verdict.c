/*
 * The verdict's rules, first match wins. Pure: no system call, no clock.
 *
 * `broken` comes first and survives a cancel, because three race-free proofs need no more time. `fixed` is
 * the absence of a sight, so anything that may have hidden it (a tracer, lost children, a refused call)
 * forbids it.
 */
#include "verdict.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>

static struct judgement judge(enum verdict verdict, enum reason reason)
{
	return (struct judgement){ verdict, reason, false };
}

static struct judgement judge_unregistered(const struct findings *found, const struct surroundings *around)
{
	/* The configuration is proof whoever refused the call; a release number alone is none. */
	if (around->config == CONFIG_OFF)
		return judge(VERDICT_NOT_AFFECTED, REASON_CONFIG_OFF);
	if (found->register_error == ENOSYS && release_before(&around->release, 4, 18))
		return judge(VERDICT_NOT_AFFECTED, REASON_BEFORE_RSEQ);
	if (around->worker_signal == SIGSYS)
		return judge(VERDICT_UNSUPPORTED, REASON_KILLED_BY_FILTER);
	if (found->register_error == ENOSYS)
		return judge(VERDICT_UNSUPPORTED, REASON_RSEQ_ENOSYS);
	if (found->register_error == EPERM)
		return judge(VERDICT_UNSUPPORTED, REASON_RSEQ_DENIED);
	if (around->cancelled)
		return judge(VERDICT_INCONCLUSIVE, REASON_CANCELLED);
	if (around->timed_out)
		return judge(VERDICT_INCONCLUSIVE, REASON_TIMEOUT);
	return judge(VERDICT_INCONCLUSIVE, REASON_SYSCALL_DENIED);
}

/* Why the run proves nothing: the doubt to remove before running again. REASON_NONE: no doubt. */
static enum reason find_doubt(const struct findings *found, const struct surroundings *around)
{
	/* Enough was seen, but by a method whose control did not succeed: more time would not make it a proof. */
	const bool seen_unproven = found->stale >= VERDICT_MIN_STALE || found->survivors >= VERDICT_MIN_STALE;
	const struct {
		bool holds;
		enum reason reason;
	} doubts[] = {
		{ around->cancelled, REASON_CANCELLED },
		{ around->worker_signal == SIGSYS, REASON_KILLED_BY_FILTER },
		{ around->timed_out, REASON_TIMEOUT },
		{ around->traced, REASON_TRACED },
		{ found->denied > 0, REASON_SYSCALL_DENIED },
		{ found->detector == CONTROL_FAILED || found->follow == CONTROL_FAILED, REASON_CONTROL_FAILED },
		{ around->cpus_changed, REASON_CPUS_CHANGED },
		{ seen_unproven, REASON_CONTROL_FAILED },
		{ found->stale > 0 || found->survivors > 0, REASON_FEW_STALE },
		{ found->lost > 0, REASON_LOST_CHILDREN },
		{ around->worker_signal != 0, REASON_LOST_CHILDREN },
	};

	for (size_t row = 0; row < sizeof doubts / sizeof *doubts; row++)
		if (doubts[row].holds)
			return doubts[row].reason;
	return REASON_NONE;
}

struct judgement verdict_decide(const struct findings *found, const struct surroundings *around)
{
	bool follows = found->follow == CONTROL_GOOD;
	bool placement_sound = follows && found->detector == CONTROL_GOOD;
	/* A detector that failed outright says that this program misreads this machine: then no method speaks. */
	bool marker_sound = follows && found->guards == CONTROL_GOOD && found->detector != CONTROL_FAILED;
	struct judgement answer;

	/* What gVisor does says nothing of the kernel below it, neither good nor bad. */
	if (around->not_linux)
		return judge(VERDICT_UNSUPPORTED, REASON_NOT_LINUX);
	if (!found->registered)
		return judge_unregistered(found, around);

	if (placement_sound && found->stale >= VERDICT_MIN_STALE)
		return judge(VERDICT_BROKEN, REASON_NONE);
	if (marker_sound && found->survivors >= VERDICT_MIN_STALE) {
		answer = judge(VERDICT_BROKEN, REASON_NONE);
		answer.by_marker = true;
		return answer;
	}

	answer = judge(VERDICT_INCONCLUSIVE, find_doubt(found, around));
	if (answer.reason != REASON_NONE)
		return answer;
	if (placement_sound && found->effective >= VERDICT_MIN_TRIALS)
		return judge(VERDICT_FIXED, REASON_NONE);
	if (marker_sound && found->marker_trials >= VERDICT_MIN_TRIALS) {
		answer = judge(VERDICT_FIXED, REASON_NONE);
		answer.by_marker = true;
		return answer;
	}
	/* Enough trials and no verdict: what is lacking is a control. */
	if (found->effective >= VERDICT_MIN_TRIALS || found->marker_trials >= VERDICT_MIN_TRIALS)
		answer.reason = REASON_CONTROL_FAILED;
	else
		answer.reason = around->cpus < 2 ? REASON_ONE_CPU : REASON_FEW_EFFECTIVE;
	return answer;
}

double verdict_miss_bound(uint32_t effective)
{
	double bound = 1;

	while (effective-- > 0 && bound > 1e-300)
		bound *= 0.95;
	return bound;
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = { "fixed", "broken", "inconclusive", "unsupported", "not-affected" };

	return names[verdict];
}

const char *reason_name(enum reason reason)
{
	static const char *const names[] = {
		"", "one-cpu", "few-effective", "few-stale", "traced", "control-failed", "syscall-denied",
		"cancelled", "timeout", "cpus-changed", "lost-children", "rseq-enosys", "rseq-denied",
		"killed-by-filter", "before-rseq", "config-off", "not-linux",
	};

	return names[reason];
}

const char *control_name(enum control control)
{
	static const char *const names[] = { "not-run", "incomplete", "good", "failed" };

	return names[control];
}
