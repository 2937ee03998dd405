/*
 * Trials: start a child, see which CPU number it believes in on its first instruction.
 *
 * One series serves placement, the detector control and sched_getcpu(): they differ only in what is read.
 * The proof of each step: ../src/trial.c
 */
#ifndef PT_TRIAL_H
#define PT_TRIAL_H

#include <stdint.h>
#include <sys/types.h>

#include "outcome.h"

enum { BURST_ROOM = 8, CHILD_LIMIT_MS = 5000, DENIED_ENOUGH = 16 };

struct series {
	uint32_t (*read)(void);
	void (*prepare)(uint32_t cpu); /* before each clone, in the parent; may be NULL */
	unsigned burst;
	uint32_t stop_effective, stop_stale;
	uint64_t deadline_ms;
	const volatile int *cancel;
	struct counts *counts;
	struct outcome *samples; /* NULL: keep none */
};

void series_run(const struct series *series);

enum reaped { REAPED, REAP_LOST, REAP_CANCELLED };

/* Waits for one child; a child past its limit, or any child after a cancel, is killed and reaped. */
enum reaped child_reap(pid_t child, const volatile int *cancel);

/* Wakes waits ten times a second, so that neither a cancel nor a lost child can hang the worker. */
void heartbeat_start(void);
void heartbeat_stop(void);

#endif
