/*
 * Verdict table: findings and surroundings in, verdict and reason out; releases in, expectation out.
 *
 * Prints TAP. Each row starts from a run that is in order (`sound`) and names what differs.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "verdict.h"

#define SOUND                                                                                            \
	.registered = true, .detector = CONTROL_GOOD, .follow = CONTROL_GOOD, .guards = CONTROL_GOOD
#define RELEASE .release = { .known = true, .major = 6, .minor = 1 }
#define TWO_CPUS .cpus = 2, RELEASE
#define ONE_CPU .cpus = 1, RELEASE

struct row {
	const char *sentence;
	struct findings found;
	struct surroundings around;
	enum verdict verdict;
	enum reason reason;
	bool by_marker;
};

static const struct row rows[] = {
	{ "300 effective trials without a stale one prove the fix",
	  { SOUND, .effective = 300 }, { TWO_CPUS }, VERDICT_FIXED, REASON_NONE, false },
	{ "299 do not", { SOUND, .effective = 299 }, { TWO_CPUS },
	  VERDICT_INCONCLUSIVE, REASON_FEW_EFFECTIVE, false },
	{ "three stale children prove the bug",
	  { SOUND, .effective = 40, .stale = 3 }, { TWO_CPUS }, VERDICT_BROKEN, REASON_NONE, false },
	{ "two ask for a longer run",
	  { SOUND, .effective = 4000, .stale = 2 }, { TWO_CPUS }, VERDICT_INCONCLUSIVE, REASON_FEW_STALE, false },
	{ "so does one survivor",
	  { SOUND, .effective = 4000, .marker_trials = 500, .survivors = 1 },
	  { TWO_CPUS }, VERDICT_INCONCLUSIVE, REASON_FEW_STALE, false },
	{ "a proven bug outlives a cancel",
	  { SOUND, .stale = 3 }, { TWO_CPUS, .cancelled = true }, VERDICT_BROKEN, REASON_NONE, false },
	{ "a proven bug outlives a time-out",
	  { SOUND, .stale = 25 }, { TWO_CPUS, .timed_out = true }, VERDICT_BROKEN, REASON_NONE, false },
	{ "a proven bug outlives a tracer",
	  { SOUND, .stale = 3 }, { TWO_CPUS, .traced = true }, VERDICT_BROKEN, REASON_NONE, false },
	{ "without the detector's control no number of stale children proves anything",
	  { .registered = true, .follow = CONTROL_GOOD, .detector = CONTROL_FAILED, .stale = 500 },
	  { TWO_CPUS }, VERDICT_INCONCLUSIVE, REASON_CONTROL_FAILED, false },
	{ "a failed follow control silences both methods",
	  { .registered = true, .follow = CONTROL_FAILED, .detector = CONTROL_GOOD, .guards = CONTROL_GOOD,
	    .stale = 9,
	    .survivors = 9 },
	  { TWO_CPUS }, VERDICT_INCONCLUSIVE, REASON_CONTROL_FAILED, false },
	{ "a failed detector silences the marker too",
	  { .registered = true, .follow = CONTROL_GOOD, .detector = CONTROL_FAILED, .guards = CONTROL_GOOD,
	    .marker_trials = 500 },
	  { TWO_CPUS }, VERDICT_INCONCLUSIVE, REASON_CONTROL_FAILED, false },
	{ "an unfinished detector leaves the answer to the marker",
	  { .registered = true, .follow = CONTROL_GOOD, .detector = CONTROL_INCOMPLETE, .guards = CONTROL_GOOD,
	    .marker_trials = 500 },
	  { TWO_CPUS }, VERDICT_FIXED, REASON_NONE, true },
	{ "on one CPU the marker proves the fix",
	  { .registered = true, .follow = CONTROL_GOOD, .guards = CONTROL_GOOD, .marker_trials = 300 },
	  { ONE_CPU }, VERDICT_FIXED, REASON_NONE, true },
	{ "on one CPU the marker proves the bug",
	  { .registered = true, .follow = CONTROL_GOOD, .guards = CONTROL_GOOD,
	    .marker_trials = 30, .survivors = 25 },
	  { ONE_CPU }, VERDICT_BROKEN, REASON_NONE, true },
	{ "on one CPU without the marker nothing is known",
	  { .registered = true, .follow = CONTROL_GOOD }, { ONE_CPU }, VERDICT_INCONCLUSIVE, REASON_ONE_CPU,
	  false },
	{ "survivors do not count when the guards failed",
	  { .registered = true, .follow = CONTROL_GOOD, .guards = CONTROL_FAILED, .survivors = 90 },
	  { ONE_CPU }, VERDICT_INCONCLUSIVE, REASON_CONTROL_FAILED, false },
	{ "many stale children beside an unfinished detector are not called few",
	  { .registered = true, .follow = CONTROL_GOOD, .detector = CONTROL_INCOMPLETE, .effective = 30,
	    .stale = 25 },
	  { TWO_CPUS }, VERDICT_INCONCLUSIVE, REASON_CONTROL_FAILED, false },
	{ "enough trials beside an unfinished follow control are not called few",
	  { .registered = true, .follow = CONTROL_INCOMPLETE, .detector = CONTROL_GOOD, .effective = 2000 },
	  { TWO_CPUS }, VERDICT_INCONCLUSIVE, REASON_CONTROL_FAILED, false },
	{ "a tracer heals what it watches",
	  { SOUND, .effective = 2000 }, { TWO_CPUS, .traced = true }, VERDICT_INCONCLUSIVE, REASON_TRACED, false },
	{ "a refused call forbids fixed",
	  { SOUND, .effective = 2000, .denied = 1 }, { TWO_CPUS },
	  VERDICT_INCONCLUSIVE, REASON_SYSCALL_DENIED, false },
	{ "a lost child forbids fixed",
	  { SOUND, .effective = 2000, .lost = 1 }, { TWO_CPUS }, VERDICT_INCONCLUSIVE, REASON_LOST_CHILDREN, false },
	{ "changed CPUs forbid fixed",
	  { SOUND, .effective = 2000 }, { TWO_CPUS, .cpus_changed = true },
	  VERDICT_INCONCLUSIVE, REASON_CPUS_CHANGED,
	  false },
	{ "a cancel forbids fixed",
	  { SOUND, .effective = 2000 }, { TWO_CPUS, .cancelled = true },
	  VERDICT_INCONCLUSIVE, REASON_CANCELLED, false },
	{ "a hung worker forbids fixed",
	  { SOUND, .effective = 2000 }, { TWO_CPUS, .timed_out = true },
	  VERDICT_INCONCLUSIVE, REASON_TIMEOUT, false },
	{ "ENOSYS before 4.18 means not affected",
	  { .register_error = ENOSYS }, { .release = { .known = true, .major = 4, .minor = 17 } },
	  VERDICT_NOT_AFFECTED,
	  REASON_BEFORE_RSEQ, false },
	{ "ENOSYS with the option off means not affected",
	  { .register_error = ENOSYS }, { TWO_CPUS, .config = CONFIG_OFF }, VERDICT_NOT_AFFECTED, REASON_CONFIG_OFF,
	  false },
	{ "EPERM with the option off means not affected: the kernel cannot have the bug, whoever refused",
	  { .register_error = EPERM }, { TWO_CPUS, .config = CONFIG_OFF }, VERDICT_NOT_AFFECTED, REASON_CONFIG_OFF,
	  false },
	{ "so does a worker that a filter killed",
	  { .registered = false }, { TWO_CPUS, .config = CONFIG_OFF, .worker_signal = SIGSYS },
	  VERDICT_NOT_AFFECTED, REASON_CONFIG_OFF, false },
	{ "EPERM before 4.18 is unsupported: a number alone is no proof",
	  { .register_error = EPERM }, { .release = { .known = true, .major = 4, .minor = 17 } },
	  VERDICT_UNSUPPORTED, REASON_RSEQ_DENIED, false },
	{ "ENOSYS with the option on means somebody hides it",
	  { .register_error = ENOSYS }, { TWO_CPUS, .config = CONFIG_ON }, VERDICT_UNSUPPORTED, REASON_RSEQ_ENOSYS,
	  false },
	{ "ENOSYS without a configuration means unsupported",
	  { .register_error = ENOSYS }, { TWO_CPUS }, VERDICT_UNSUPPORTED, REASON_RSEQ_ENOSYS, false },
	{ "EPERM on the first call means unsupported",
	  { .register_error = EPERM }, { TWO_CPUS }, VERDICT_UNSUPPORTED, REASON_RSEQ_DENIED, false },
	{ "SIGSYS means unsupported", { .registered = false }, { TWO_CPUS, .worker_signal = SIGSYS },
	  VERDICT_UNSUPPORTED, REASON_KILLED_BY_FILTER, false },
	{ "a cancel before the registration says cancelled",
	  { .registered = false }, { TWO_CPUS, .cancelled = true }, VERDICT_INCONCLUSIVE, REASON_CANCELLED, false },
	{ "what answers in a kernel's place proves nothing of the kernel, fixed or broken",
	  { SOUND, .effective = 2000 }, { TWO_CPUS, .not_linux = true }, VERDICT_UNSUPPORTED, REASON_NOT_LINUX, false },
	{ "not even with stale children",
	  { SOUND, .stale = 25 }, { TWO_CPUS, .not_linux = true }, VERDICT_UNSUPPORTED, REASON_NOT_LINUX, false },
	{ "any other refusal is inconclusive",
	  { .register_error = EINVAL }, { TWO_CPUS }, VERDICT_INCONCLUSIVE, REASON_SYSCALL_DENIED, false },
};

static const struct {
	const char *release, *expected;
} releases[] = {
	{ "4.17.19", "not-affected" }, { "3.10.0", "not-affected" },	{ "4.18.0", "broken" },
	{ "4.18.20", "broken" },       { "4.18.0-553.el8", "unknown" }, { "4.19.133", "broken" },
	{ "4.19.134", "fixed" },       { "4.20.17", "broken" },		{ "5.3.18", "broken" },
	{ "5.4.52", "broken" },	       { "5.4.53", "fixed" },		{ "5.4.0-42-generic", "unknown" },
	{ "5.5.19", "broken" },	       { "5.6.19", "broken" },		{ "5.7.9", "broken" },
	{ "5.7.10", "fixed" },	       { "5.8.0-rc5", "broken" },	{ "5.8-rc5", "broken" },
	{ "5.8.0-rc6", "fixed" },      { "5.8.0", "fixed" },		{ "6.1.192", "fixed" },
	{ "6.18.44-fc-v669", "unknown" }, { "7.0.7-rc1", "fixed" },	{ "", "unknown" },
	{ "nonsense", "unknown" },     { "5.", "unknown" },		{ "5.10.x", "unknown" },
};

int main(void)
{
	const size_t row_count = sizeof rows / sizeof *rows, release_count = sizeof releases / sizeof *releases;
	int bad = 0;

	printf("1..%zu\n", row_count + release_count);
	for (size_t n = 0; n < row_count; n++) {
		const struct row *row = &rows[n];
		struct judgement got = verdict_decide(&row->found, &row->around);
		bool ok = got.verdict == row->verdict && got.reason == row->reason && got.by_marker == row->by_marker;

		printf("%sok %zu - %s\n", ok ? "" : "not ", n + 1, row->sentence);
		if (!ok)
			printf("# got %s %s\n", verdict_name(got.verdict), reason_name(got.reason));
		bad += !ok;
	}
	for (size_t n = 0; n < release_count; n++) {
		struct release release = release_parse(releases[n].release);
		const char *got = release_expectation(&release);
		bool ok = strcmp(got, releases[n].expected) == 0;

		printf("%sok %zu - \"%s\" is expected to be %s\n", ok ? "" : "not ", row_count + n + 1,
		       releases[n].release, releases[n].expected);
		if (!ok)
			printf("# got %s\n", got);
		bad += !ok;
	}
	return bad > 0;
}
