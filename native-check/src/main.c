/*
 * check-native: runs the chosen checks one after the other and reports each.
 *
 * Reading order: options -> restart without libc's area -> machine facts -> one worker a check -> end.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "inner.h"
#include "kernel-call.h"
#include "registration.h"
#include "report.h"
#include "worker.h"

enum { CHECK_LIMIT_MS = 10000, TRIAL_GRACE_MS = 3000, PROGRESS_MS = 250 };

static const struct report *report;
static uint64_t last_progress_ms;
static uint32_t samples_told, logs_told;

static void tell_news(const struct check *check, const struct outcome *outcome)
{
	for (; samples_told < outcome->samples_held; samples_told++)
		report->sample(check, &outcome->samples[samples_told]);
	for (; logs_told < outcome->logs_held; logs_told++)
		report->log("info", outcome->logs[logs_told]);
}

static void on_tick(const struct check *check, const struct outcome *outcome, uint64_t elapsed_ms)
{
	tell_news(check, outcome);
	if (elapsed_ms < last_progress_ms + PROGRESS_MS)
		return;
	last_progress_ms = elapsed_ms;
	report->progress(check, outcome, elapsed_ms);
}

/* What a worker's end means when the worker itself could not say it. */
static void settle_outcome(const struct context *context, const struct ending *ending)
{
	struct outcome *outcome = context->outcome;

	if (ending->start_error != 0)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "no worker could be started: %s",
			    strerror(ending->start_error));
	else if (ending->cancelled)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "cancelled", "stopped before its end");
	else if (ending->timed_out)
		outcome_set(outcome, outcome->status_at_limit ? outcome->status_at_limit : STATUS_INCONCLUSIVE,
			    "timeout", "not done within its time");
	else if (ending->signal == SIGSYS)
		outcome_set(outcome, STATUS_SKIP, "killed-by-filter", "a seccomp filter killed the worker");
	else if (ending->signal != 0)
		outcome_set(outcome, STATUS_FAIL, "killed", "the worker died of signal %d", ending->signal);
	else if (outcome->status == STATUS_NONE)
		outcome_set(outcome, STATUS_ERROR, "no-answer", "the worker ended without an answer");
}

static void run_check(const struct check *check, struct context *context)
{
	/* The trials get the whole of --time for themselves; every other check is bounded far below its limit. */
	const uint64_t trial_ms = (uint64_t)context->options->time_s * 1000;
	const uint64_t own_ms = check->judge ? trial_ms : CHECK_LIMIT_MS;
	struct ending ending;

	samples_told = 0;
	logs_told = 0;
	last_progress_ms = 0;
	memset(context->outcome, 0, sizeof *context->outcome);
	outcome_phase(context->outcome, "run", 0);
	context->deadline_ms = now_ms() + own_ms;
	ending = worker_run(check, context, check->judge ? own_ms + TRIAL_GRACE_MS : own_ms, on_tick);
	tell_news(check, context->outcome);
	settle_outcome(context, &ending);
	if (check->judge)
		check->judge(context, &ending);
	report->result(check, context->outcome, ending.duration_ms);
}

static int exit_of_statuses(const unsigned *seen)
{
	if (seen[STATUS_ERROR] > 0)
		return EXIT_FAULT;
	return seen[STATUS_FAIL] > 0 ? 1 : seen[STATUS_INCONCLUSIVE] > 0 ? 2 : 0;
}

static void compare_expectation(struct run_end *end, const struct machine *machine)
{
	const char *verdict = verdict_name(end->verdict);
	const bool definite = end->has_verdict && end->verdict != VERDICT_INCONCLUSIVE &&
			      end->verdict != VERDICT_UNSUPPORTED;

	end->expected = release_expectation(&machine->parsed);
	end->agrees = definite && strcmp(end->expected, "unknown") != 0 ? strcmp(end->expected, verdict) == 0 : -1;
}

static int run_all(struct context *context)
{
	const uint64_t start = now_ms();
	struct run_end end = { .reason = "" };
	unsigned seen[STATUS_ERROR + 1] = { 0 };
	static char reason[32];

	for (unsigned n = 0; n < context->options->check_count; n++) {
		const struct check *check = context->options->checks[n];

		if (supervisor_cancelled()) {
			if (check->judge) {
				end = (struct run_end){ .has_verdict = true, .verdict = VERDICT_INCONCLUSIVE,
							.reason = "cancelled" };
			}
			continue;
		}
		run_check(check, context);
		seen[context->outcome->status]++;
		if (context->outcome->judged) {
			snprintf(reason, sizeof reason, "%s", context->outcome->reason);
			end.has_verdict = true;
			end.verdict = context->outcome->verdict;
			end.reason = reason;
		}
	}
	end.cancelled = supervisor_cancelled();
	if (end.cancelled && !end.has_verdict) {
		end.reason = "cancelled";
		seen[STATUS_INCONCLUSIVE]++;
	}
	end.exit_status = end.has_verdict ? (int)end.verdict : exit_of_statuses(seen);
	compare_expectation(&end, context->machine);
	if (end.agrees == 0)
		report->log("warn", "verdict and release number disagree: a vendor's backport, or a fault of this program");
	end.duration_ms = now_ms() - start;
	report->end(&end);
	if (end.has_verdict)
		fprintf(stderr, "check-native: %s%s%s\n", verdict_name(end.verdict), *end.reason ? ": " : "", end.reason);
	return end.exit_status;
}

static bool take_cpus(const struct options *options, struct context *context)
{
	if (options->has_cpus && cpu_mask_apply(&options->cpus) != 0) {
		fprintf(stderr, "check-native: --cpus: none of these CPUs may be used here\n");
		return false;
	}
	if (cpu_mask_read(&context->allowed) != 0)
		return false;
	context->cpus = cpu_mask_count(&context->allowed);
	return context->cpus > 0;
}

int main(int argc, char **argv)
{
	static struct options options;
	static struct machine machine;
	static struct context context;

	if (argc == 4 && strcmp(argv[1], "--inner") == 0)
		return inner_main(argv[2], atoi(argv[3]));
	if (!options_parse(argc, argv, &options))
		return EXIT_WRONG_USAGE;
	if (options.help || options.show_version || options.list) {
		if (options.help)
			options_help();
		else if (options.show_version)
			puts(CHECKER_VERSION);
		else
			report_json_checks();
		return 0;
	}
	restart_without_libc_area(argv);
	supervisor_start();
	if (!take_cpus(&options, &context))
		return options.has_cpus ? EXIT_WRONG_USAGE : EXIT_FAULT;
	machine_read(&machine, &context.allowed);
	context.options = &options;
	context.machine = &machine;
	context.outcome = outcome_new();
	if (context.outcome == NULL) {
		fprintf(stderr, "check-native: no shared memory to work with\n");
		return EXIT_FAULT;
	}
	report = options.tap ? &report_tap : &report_json;
	report->start(&options);
	report->machine(&machine);
	return run_all(&context);
}
