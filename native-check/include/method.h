/*
 * Methods: the two independent ways to see a stale cpu_id, their boost and their controls.
 *
 * All work on the calling thread, in a worker, and leave its mask and policy as they found them.
 */
#ifndef PT_METHOD_H
#define PT_METHOD_H

#include "check.h"

enum { STALE_ENOUGH = 25, FOLLOW_ROUNDS = 2000, DETECTOR_TRIALS = 50 };

struct boost {
	const char *name;
	unsigned burst;
};

struct boost boost_start(const struct context *context);
void boost_stop(void);

void placement_run(struct context *context, const struct boost *boost, uint32_t target, uint64_t deadline_ms);

bool marker_allowed(const struct machine *machine);
void marker_run(struct context *context, uint32_t target, uint64_t deadline_ms);

enum control control_detector(struct context *context, const struct boost *boost, struct counts *counts);
enum control control_follow(struct context *context, uint32_t rounds, uint32_t *bad);

#endif
