/*
 * TAP report, version 14: for CI and for readers of KTAP. Everything but the results is a comment.
 *
 * An inconclusive check is `not ok ... # TODO`: it must be seen, and must not fail a build by itself.
 */
#include <stdio.h>

#include "report.h"
#include "worker.h"

static unsigned told, planned;

static void finish(void)
{
	if (ferror(stdout) || fflush(stdout) != 0)
		supervisor_cancel();
}

/* Text from the machine may hold what would end a line or a YAML string. */
static void put_quoted(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		putchar(*text >= 0x20 && *text < 0x7f ? *text : '?');
	}
	putchar('"');
}

static void put_pair(const char *key, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	printf("  %s: ", key);
	put_quoted(text);
	putchar('\n');
}

static void tell_start(const struct options *options)
{
	planned = options->check_count;
	printf("TAP version 14\n1..%u\n# check-native %s seed %llu\n", planned, CHECKER_VERSION,
	       (unsigned long long)options->seed);
	finish();
}

static void tell_machine(const struct machine *machine)
{
	printf("# kernel %s (%s), %ld CPUs, allowed %s, area %s\n", machine->release, machine->arch,
	       machine->cpus_online, machine->cpus_allowed, machine->registration);
	finish();
}

static void tell_progress(const struct check *check, const struct outcome *outcome, uint64_t elapsed_ms)
{
	(void)check;
	(void)outcome;
	(void)elapsed_ms;
}

static void tell_sample(const struct check *check, const struct sample *sample)
{
	printf("# %s stale in trial %u: on CPU %u, told %u\n", check->name, sample->trial, sample->g1, sample->r3);
	finish();
}

static void tell_log(const char *level, const char *text)
{
	printf("# %s: %s\n", level, text);
	finish();
}

static void put_counts(const struct outcome *outcome)
{
	const struct findings *found = &outcome->findings;
	const struct counts *counts = &outcome->counts;
	const struct {
		const char *key;
		uint32_t count;
	} rows[] = {
		{ "trials", counts->trials },
		{ "effective", counts->effective },
		{ "equal", counts->equal },
		{ "stale", counts->stale },
		{ "raced", counts->raced },
		{ "lost", counts->lost },
		{ "healed", counts->healed },
		{ "moved", counts->moved },
		{ "marker_trials", found->marker_trials },
		{ "survivors", found->survivors },
	};

	for (size_t row = 0; row < sizeof rows / sizeof *rows; row++)
		printf("  %s: %u\n", rows[row].key, rows[row].count);
	printf("  controls: { detector: %s, follow: %s, guards: %s }\n", control_name(found->detector),
	       control_name(found->follow), control_name(found->guards));
	if (outcome_has_bounds(outcome))
		printf("  miss_bound: %.3g\n  stale_rate_limit: %.3g\n", verdict_miss_bound(outcome->proving_trials),
		       3.0 / outcome->proving_trials);
}

static void tell_result(const struct check *check, const struct outcome *outcome, uint64_t duration_ms)
{
	const bool ok = outcome->status == STATUS_PASS || outcome->status == STATUS_SKIP;

	printf("%s %u - %s", ok ? "ok" : "not ok", ++told, check->name);
	if (outcome->status == STATUS_SKIP)
		printf(" # SKIP %s", outcome->reason);
	else if (outcome->status == STATUS_INCONCLUSIVE)
		printf(" # TODO %s", outcome->reason);
	printf("\n  ---\n");
	put_pair("title", check->title);
	put_pair("kind", check->kind);
	put_pair("fix", check->fix);
	put_pair("reason", outcome->reason);
	put_pair("detail", outcome->detail);
	put_pair("method", outcome->method);
	put_pair("boost", outcome->boost);
	if (check->judge || outcome->counts.trials > 0)
		put_counts(outcome);
	printf("  duration_ms: %llu\n  ...\n", (unsigned long long)duration_ms);
	finish();
}

static void tell_end(const struct run_end *end)
{
	if (end->cancelled && told < planned)
		printf("Bail out! cancelled\n");
	if (end->has_verdict)
		printf("# verdict %s%s%s, expected %s\n", verdict_name(end->verdict), *end->reason ? " " : "",
		       end->reason, end->expected);
	finish();
}

const struct report report_tap = { tell_start, tell_machine, tell_progress, tell_sample,
				   tell_log,   tell_result,  tell_end };
