/*
 * new-task-cpu-id: does a new task see the CPU it runs on (mainline ce3614daabea)?
 *
 * Controls first, since a count without them proves nothing; then placement; then marker, as second
 * witness or where placement cannot answer. The supervisor judges, so that a killed worker still has a
 * verdict.
 */
#include <stdio.h>
#include <string.h>

#include "kernel-call.h"
#include "method.h"
#include "registration.h"

enum { WITNESS_TRIALS = 500 };

static uint64_t share_of(const struct context *context, unsigned percent)
{
	const uint64_t now = now_ms();

	return context->deadline_ms > now ? now + (context->deadline_ms - now) * percent / 100 : now;
}

static void run_placement(struct context *context, bool marker_follows)
{
	struct findings *found = &context->outcome->findings;
	struct counts detector = { 0 };
	struct boost boost = boost_start(context);

	context->outcome->boost = boost.name;
	found->detector = control_detector(context, &boost, &detector);
	found->denied += detector.denied;
	if (found->detector != CONTROL_FAILED && found->denied == 0)
		placement_run(context, &boost, context->options->effective,
			      share_of(context, marker_follows ? 75 : 100));
	boost_stop();
}

void run_new_task_cpu_id(struct context *context)
{
	const enum method method = context->options->method;
	const bool marker = method != METHOD_PLACEMENT && marker_allowed(context->machine);
	struct findings *found = &context->outcome->findings;
	uint32_t bad = 0;

	found->register_error = registration_take(RSEQ_LENGTH_FIRST);
	found->registered = found->register_error == 0;
	if (!found->registered)
		return;

	found->follow = control_follow(context, FOLLOW_ROUNDS, &bad);
	if (bad > 0)
		outcome_log(context->outcome, "%u times the area did not follow to another CPU", bad);
	if (method != METHOD_MARKER && context->cpus >= 2)
		run_placement(context, marker);
	if (marker && !context->outcome->cancel && found->denied == 0)
		marker_run(context, WITNESS_TRIALS, context->deadline_ms);
	registration_drop();
}

static void describe(struct outcome *outcome, const struct judgement *judgement)
{
	const struct findings *found = &outcome->findings;
	const bool few = judgement->reason == REASON_FEW_STALE;

	if (judgement->verdict == VERDICT_FIXED)
		snprintf(outcome->detail, sizeof outcome->detail,
			 "0 stale in %u trials that could show it; assuming that a broken kernel shows it in at least 5 %% "
			 "of them, the chance of a miss is %.2g (95 %% limit of the stale rate: %.2g)",
			 outcome->proving_trials, verdict_miss_bound(outcome->proving_trials),
			 3.0 / outcome->proving_trials);
	else if (!found->registered && found->register_error != 0)
		snprintf(outcome->detail, sizeof outcome->detail, "the rseq system call answers: %s",
			 strerror(found->register_error));
	else if (judgement->reason == REASON_SYSCALL_DENIED)
		snprintf(outcome->detail, sizeof outcome->detail,
			 "a call that each trial needs is refused: clone, getcpu or sched_setaffinity");
	else
		snprintf(outcome->detail, sizeof outcome->detail,
			 "%u stale in %u effective trials, %u survivors in %u marker trials%s", found->stale,
			 outcome->counts.effective, found->survivors, found->marker_trials,
			 few ? "; run longer (--time 60 --effective 100000)" : "");
}

void judge_new_task_cpu_id(const struct context *context, const struct ending *ending)
{
	static const enum status statuses[] = { STATUS_PASS, STATUS_FAIL, STATUS_INCONCLUSIVE, STATUS_SKIP,
						STATUS_SKIP };
	struct outcome *outcome = context->outcome;
	struct findings *found = &outcome->findings;
	const struct surroundings around = {
		.release = context->machine->parsed,
		.config = found->registered ? CONFIG_UNKNOWN : kernel_config_rseq(context->machine->release),
		.cpus = context->cpus,
		.traced = context->machine->tracer_pid != 0,
		.cancelled = ending->cancelled,
		.timed_out = ending->timed_out,
		.cpus_changed = ending->cpus_changed,
		.worker_signal = ending->signal,
		.not_linux = strcmp(context->machine->container, "gvisor") == 0,
	};
	struct judgement judgement;

	/* A worker that was killed in the middle of a series did not sum it up. */
	found->stale = outcome->counts.stale;
	judgement = verdict_decide(found, &around);
	outcome->judged = true;
	outcome->verdict = judgement.verdict;
	outcome->status = statuses[judgement.verdict];
	outcome->proving_trials = judgement.by_marker ? found->marker_trials : found->effective;
	if (found->registered)
		outcome->method = judgement.by_marker || found->detector == CONTROL_NOT_RUN ? "marker" : "placement";
	snprintf(outcome->reason, sizeof outcome->reason, "%s", reason_name(judgement.reason));
	describe(outcome, &judgement);
}
