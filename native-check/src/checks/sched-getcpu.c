/*
 * sched-getcpu: does libc tell a fork child the right CPU? The damage a person sees when new-task-cpu-id
 * is broken.
 *
 * Needs libc's own area, so it runs in an inner program; each difference is confirmed by pinning, as in
 * the trials, for between two unpinned looks a child may just have been moved.
 */
#include <sched.h>
#include <unistd.h>

#include "check.h"
#include "inner.h"
#include "kernel-call.h"
#include "registration.h"
#include "trial.h"

enum { ENOUGH_EFFECTIVE = 300, LIMIT_MS = 3000 };

struct answer {
	struct counts counts;
	uint32_t has_area;
};

static uint32_t read_libc_cpu(void)
{
	return (uint32_t)sched_getcpu();
}

int inner_sched_getcpu(int answer_fd)
{
	static struct answer answer;
	const struct series series = {
		.read = read_libc_cpu,
		.burst = BURST_ROOM,
		.stop_effective = ENOUGH_EFFECTIVE,
		.stop_stale = 25,
		.deadline_ms = now_ms() + LIMIT_MS,
		.counts = &answer.counts,
	};

	answer.has_area = libc_area() != NULL;
	if (answer.has_area)
		series_run(&series);
	return write(answer_fd, &answer, sizeof answer) == sizeof answer ? 0 : 1;
}

void run_sched_getcpu(struct context *context)
{
	static struct answer answer;
	struct outcome *outcome = context->outcome;
	size_t got = 0;
	int status;

	if (!inner_run("sched-getcpu", true, &answer, sizeof answer, &got, &status) || got != sizeof answer) {
		outcome_set(outcome, STATUS_SKIP, "no-exec", "this program could not be started once more");
		return;
	}
	outcome->counts = answer.counts;
	if (!answer.has_area)
		outcome_set(outcome, STATUS_SKIP, "libc-has-no-area", "this libc registers no rseq area");
	else if (answer.counts.stale >= VERDICT_MIN_STALE)
		outcome_set(outcome, STATUS_FAIL, "wrong-cpu", "wrong in %u of %u children on another CPU",
			    answer.counts.stale, answer.counts.effective);
	else if (answer.counts.denied > 0)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "a call the trial needs was refused");
	else if (answer.counts.stale > 0)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "few-stale", "wrong in %u children", answer.counts.stale);
	else if (answer.counts.effective < ENOUGH_EFFECTIVE / 3)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "few-effective", "only %u children on another CPU",
			    answer.counts.effective);
	else
		outcome_pass(outcome, "right in %u children on another CPU", answer.counts.effective);
}
