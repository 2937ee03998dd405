/*
 * The verdict: does this kernel give a new task the right cpu_id? Pure rules over counts and surroundings.
 *
 * In: what the worker found and what the supervisor saw around it. Out: verdict and reason. The exit status
 * is the verdict's own number, so that both can never disagree. How the counts come about:
 * ../src/placement.c, ../src/marker.c
 */
#ifndef PT_VERDICT_H
#define PT_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "release.h"

enum verdict {
	VERDICT_FIXED,
	VERDICT_BROKEN,
	VERDICT_INCONCLUSIVE,
	VERDICT_UNSUPPORTED,
	VERDICT_NOT_AFFECTED,
};

enum reason {
	REASON_NONE,
	REASON_ONE_CPU,
	REASON_FEW_EFFECTIVE,
	REASON_FEW_STALE,
	REASON_TRACED,
	REASON_CONTROL_FAILED,
	REASON_SYSCALL_DENIED,
	REASON_CANCELLED,
	REASON_TIMEOUT,
	REASON_CPUS_CHANGED,
	REASON_LOST_CHILDREN,
	REASON_RSEQ_ENOSYS,
	REASON_RSEQ_DENIED,
	REASON_KILLED_BY_FILTER,
	REASON_BEFORE_RSEQ,
	REASON_CONFIG_OFF,
	REASON_NOT_LINUX,
};

enum control { CONTROL_NOT_RUN, CONTROL_INCOMPLETE, CONTROL_GOOD, CONTROL_FAILED };

enum config_rseq { CONFIG_UNKNOWN, CONFIG_ON, CONFIG_OFF };

enum {
	VERDICT_MIN_STALE = 3, /* one or two could be a fault of ours; three race-free proofs are not */
	VERDICT_MIN_TRIALS = 300,
};

struct findings {
	bool registered;
	int register_error; /* errno of the refused registration */
	uint32_t effective; /* least over the registration lengths that were tried */
	uint32_t stale;
	uint32_t marker_trials;
	uint32_t survivors;
	uint32_t lost;
	uint32_t denied; /* system calls that a trial needed and that were refused */
	enum control detector, follow, guards;
};

struct surroundings {
	struct release release;
	enum config_rseq config;
	unsigned cpus;
	bool traced, cancelled, timed_out, cpus_changed;
	bool not_linux; /* another program answers system calls in a kernel's place */
	int worker_signal;
};

struct judgement {
	enum verdict verdict;
	enum reason reason;
	bool by_marker;
};

struct judgement verdict_decide(const struct findings *found, const struct surroundings *around);

/* Chance that a broken kernel shows nothing in this many trials, if one in twenty shows it. */
double verdict_miss_bound(uint32_t effective);

const char *verdict_name(enum verdict verdict);
const char *reason_name(enum reason reason);
const char *control_name(enum control control);

#endif
