/*
 * Outcome: what one check found, in memory shared by its worker and the supervisor.
 *
 * The worker fills it while it runs, so that the supervisor can show progress and still has the counts
 * when the worker is cancelled, killed or crashes. Only the supervisor writes `cancel`, only the worker
 * the rest.
 */
#ifndef PT_OUTCOME_H
#define PT_OUTCOME_H

#include <stdint.h>

#include "verdict.h"

enum status { STATUS_NONE, STATUS_PASS, STATUS_FAIL, STATUS_SKIP, STATUS_INCONCLUSIVE, STATUS_ERROR };

enum { SAMPLE_ROOM = 5, LOG_ROOM = 8, LOG_TEXT_ROOM = 160, DETAIL_ROOM = 480 };

struct counts {
	volatile uint32_t trials, effective, equal, stale, raced, lost, healed, moved, denied;
};

struct sample {
	uint32_t trial, inherited, r1, g1, g2, r3;
	bool healed;
};

struct outcome {
	volatile int cancel;
	enum status status;
	enum status status_at_limit; /* what running into the time limit means; 0: inconclusive */
	char reason[32];
	char detail[DETAIL_ROOM];
	char phase[24];
	const char *method; /* string constants: supervisor and worker are the same program image */
	const char *boost;
	uint32_t target;
	uint32_t proving_trials; /* what the statement about a miss rests on */
	struct counts counts;
	struct findings findings;
	bool judged;
	enum verdict verdict;
	volatile uint32_t samples_held;
	struct sample samples[SAMPLE_ROOM];
	volatile uint32_t logs_held;
	char logs[LOG_ROOM][LOG_TEXT_ROOM];
};

#define PT_PRINTF(text, first) __attribute__((format(printf, text, first)))

struct outcome *outcome_new(void); /* NULL when the memory cannot be had */
void outcome_free(struct outcome *outcome);

void outcome_pass(struct outcome *outcome, const char *detail, ...) PT_PRINTF(2, 3);
void outcome_set(struct outcome *outcome, enum status status, const char *reason, const char *detail, ...)
	PT_PRINTF(4, 5);
void outcome_phase(struct outcome *outcome, const char *phase, uint32_t target);
void outcome_log(struct outcome *outcome, const char *text, ...) PT_PRINTF(2, 3);

/* For a row of several expectations: the first that does not hold decides, and says what was seen. */
bool outcome_expect(struct outcome *outcome, const char *what, long expected, long got);

/* Whether "nothing was seen" is all that there is to say, and rests on trials. */
bool outcome_has_bounds(const struct outcome *outcome);

const char *status_name(enum status status);

#endif
