/*
 * Outcome: the shared memory a worker answers in.
 */
#include "outcome.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

struct outcome *outcome_new(void)
{
	void *memory =
		mmap(NULL, sizeof(struct outcome), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return memory == MAP_FAILED ? NULL : memory;
}

void outcome_free(struct outcome *outcome)
{
	munmap(outcome, sizeof *outcome);
}

static void set_text(struct outcome *outcome, enum status status, const char *reason, const char *detail,
		     va_list values)
{
	snprintf(outcome->reason, sizeof outcome->reason, "%s", reason);
	vsnprintf(outcome->detail, sizeof outcome->detail, detail, values);
	/* Last, so that a worker killed half-way leaves no status without its text. */
	outcome->status = status;
}

void outcome_pass(struct outcome *outcome, const char *detail, ...)
{
	va_list values;

	va_start(values, detail);
	set_text(outcome, STATUS_PASS, "", detail, values);
	va_end(values);
}

void outcome_set(struct outcome *outcome, enum status status, const char *reason, const char *detail, ...)
{
	va_list values;

	va_start(values, detail);
	set_text(outcome, status, reason, detail, values);
	va_end(values);
}

void outcome_phase(struct outcome *outcome, const char *phase, uint32_t target)
{
	snprintf(outcome->phase, sizeof outcome->phase, "%s", phase);
	outcome->target = target;
}

void outcome_log(struct outcome *outcome, const char *text, ...)
{
	va_list values;

	if (outcome->logs_held >= LOG_ROOM)
		return;
	va_start(values, text);
	vsnprintf(outcome->logs[outcome->logs_held], LOG_TEXT_ROOM, text, values);
	va_end(values);
	outcome->logs_held++;
}

static void render_answer(long answer, char *text, size_t room)
{
	if (answer < 0)
		snprintf(text, room, "%ld (%s)", answer, strerror((int)-answer));
	else
		snprintf(text, room, "%ld", answer);
}

bool outcome_expect(struct outcome *outcome, const char *what, long expected, long got)
{
	char wanted[64], seen[64];

	if (expected == got)
		return true;
	if (outcome->status == STATUS_FAIL)
		return false;
	render_answer(expected, wanted, sizeof wanted);
	render_answer(got, seen, sizeof seen);
	outcome_set(outcome, STATUS_FAIL, "unexpected-answer", "%s: expected %s, got %s", what, wanted, seen);
	return false;
}

bool outcome_has_bounds(const struct outcome *outcome)
{
	return outcome->proving_trials > 0 && outcome->counts.stale == 0 && outcome->findings.survivors == 0;
}

const char *status_name(enum status status)
{
	static const char *const names[] = { "error", "pass", "fail", "skip", "inconclusive", "error" };

	return names[status];
}
