/*
 * JSON report: one function a line type. Keys are documented in ../PROTOCOL.md; a key without a value is
 * left out.
 */
#include <stdio.h>

#include "json-line.h"
#include "report.h"
#include "worker.h"

static struct json_line line;

/* Nobody reads any more: end the run, but never in the middle of a check. */
static void finish(void)
{
	if (!json_end(&line))
		supervisor_cancel();
}

static void tell_start(const struct options *options)
{
	json_begin(&line, "start");
	json_count(&line, "schema", 1);
	json_text(&line, "checker", CHECKER_VERSION);
	json_open(&line, "checks", '[');
	for (unsigned n = 0; n < options->check_count; n++)
		json_item(&line, options->checks[n]->name);
	json_close(&line, ']');
	json_open(&line, "limits", '{');
	json_count(&line, "time_s", options->time_s);
	json_count(&line, "effective", options->effective);
	json_close(&line, '}');
	json_count(&line, "seed", options->seed);
	finish();
}

static void tell_machine(const struct machine *machine)
{
	json_begin(&line, "machine");
	json_text(&line, "release", machine->release);
	json_text(&line, "version", machine->version);
	json_text(&line, "arch", machine->arch);
	json_text(&line, "cpu_model", machine->cpu_model);
	json_count(&line, "cpus_online", (uint64_t)machine->cpus_online);
	json_text(&line, "cpus_allowed", machine->cpus_allowed);
	json_text(&line, "virtualization", machine->hypervisor ? "hypervisor" : "none");
	json_text(&line, "dmi_vendor", machine->dmi_vendor);
	json_text(&line, "container", machine->container);
	if (machine->seccomp >= 0)
		json_count(&line, "seccomp", (uint64_t)machine->seccomp);
	json_count(&line, "tracer_pid", (uint64_t)machine->tracer_pid);
	json_text(&line, "boot_id", machine->boot_id);
	json_text(&line, "glibc", machine->libc);
	json_text(&line, "registration", machine->registration);
	json_open(&line, "auxv", '{');
	json_count(&line, "feature_size", machine->feature_size);
	json_count(&line, "align", machine->alignment);
	json_close(&line, '}');
	finish();
}

static void tell_progress(const struct check *check, const struct outcome *outcome, uint64_t elapsed_ms)
{
	json_begin(&line, "progress");
	json_text(&line, "check", check->name);
	json_text(&line, "phase", outcome->phase);
	json_count(&line, "trials", outcome->counts.trials);
	json_count(&line, "effective", outcome->counts.effective);
	json_count(&line, "stale", outcome->counts.stale);
	json_count(&line, "raced", outcome->counts.raced);
	json_count(&line, "elapsed_ms", elapsed_ms);
	json_count(&line, "target", outcome->target);
	finish();
}

static void tell_sample(const struct check *check, const struct sample *sample)
{
	json_begin(&line, "sample");
	json_text(&line, "check", check->name);
	json_count(&line, "trial", sample->trial);
	json_count(&line, "inherited", sample->inherited);
	json_count(&line, "r1", sample->r1);
	json_count(&line, "g1", sample->g1);
	json_count(&line, "g2", sample->g2);
	json_count(&line, "r3", sample->r3);
	json_flag(&line, "healed", sample->healed);
	finish();
}

static void tell_log(const char *level, const char *text)
{
	json_begin(&line, "log");
	json_text(&line, "level", level);
	json_text(&line, "text", text);
	finish();
}

static void add_counts(const struct outcome *outcome)
{
	const struct counts *counts = &outcome->counts;
	const struct findings *found = &outcome->findings;

	json_count(&line, "trials", counts->trials);
	json_count(&line, "effective", counts->effective);
	json_count(&line, "equal", counts->equal);
	json_count(&line, "stale", counts->stale);
	json_count(&line, "raced", counts->raced);
	json_count(&line, "lost", counts->lost);
	json_count(&line, "healed", counts->healed);
	json_count(&line, "moved", counts->moved);
	json_count(&line, "marker_trials", found->marker_trials);
	json_count(&line, "survivors", found->survivors);
	json_open(&line, "controls", '{');
	json_text(&line, "detector", control_name(found->detector));
	json_text(&line, "follow", control_name(found->follow));
	json_text(&line, "guards", control_name(found->guards));
	json_close(&line, '}');
	if (outcome_has_bounds(outcome)) {
		json_real(&line, "miss_bound", verdict_miss_bound(outcome->proving_trials));
		json_real(&line, "stale_rate_limit", 3.0 / outcome->proving_trials);
	}
}

static void tell_result(const struct check *check, const struct outcome *outcome, uint64_t duration_ms)
{
	json_begin(&line, "result");
	json_text(&line, "check", check->name);
	json_text(&line, "kind", check->kind);
	json_text(&line, "fix", check->fix);
	json_text(&line, "status", status_name(outcome->status));
	json_text(&line, "reason", outcome->reason);
	json_text(&line, "detail", outcome->detail);
	json_text(&line, "method", outcome->method);
	json_text(&line, "boost", outcome->boost);
	if (check->judge || outcome->counts.trials > 0)
		add_counts(outcome);
	json_count(&line, "duration_ms", duration_ms);
	finish();
}

static void tell_end(const struct run_end *end)
{
	json_begin(&line, "end");
	if (end->has_verdict)
		json_text(&line, "verdict", verdict_name(end->verdict));
	json_text(&line, "reason", end->reason);
	json_count(&line, "exit", (uint64_t)end->exit_status);
	json_text(&line, "expected", end->expected);
	if (end->agrees >= 0)
		json_flag(&line, "agrees", end->agrees != 0);
	json_count(&line, "duration_ms", end->duration_ms);
	finish();
}

void report_json_checks(void)
{
	char needs[96];

	for (unsigned row = 0; row < checks_count; row++) {
		needs_render(checks[row].needs, needs, sizeof needs);
		json_begin(&line, "check");
		json_text(&line, "name", checks[row].name);
		json_text(&line, "title", checks[row].title);
		json_text(&line, "kind", checks[row].kind);
		json_text(&line, "needs", needs);
		json_text(&line, "fix", checks[row].fix);
		finish();
	}
}

const struct report report_json = { tell_start, tell_machine, tell_progress, tell_sample,
				    tell_log,	tell_result,  tell_end };
