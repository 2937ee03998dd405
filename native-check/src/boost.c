/*
 * Boosts: ways to make children start on another CPU than their parent, the best first.
 *
 * A SCHED_FIFO parent keeps its CPU, so the scheduler must put each child elsewhere: every trial counts.
 * It needs a privilege; without it, bursts of eight children crowd the parent's CPU and most of them are
 * moved.
 */
#include <sched.h>

#include "method.h"
#include "trial.h"

struct boost boost_start(const struct context *context)
{
	const struct sched_param lowest = { .sched_priority = 1 };

	if (context->options->no_boost)
		return (struct boost){ "none", 1 };
	if (sched_setscheduler(0, SCHED_FIFO, &lowest) == 0)
		return (struct boost){ "fifo", 1 };
	return (struct boost){ "burst", BURST_ROOM };
}

void boost_stop(void)
{
	const struct sched_param none = { .sched_priority = 0 };

	if (sched_getscheduler(0) == SCHED_FIFO)
		sched_setscheduler(0, SCHED_OTHER, &none);
}
