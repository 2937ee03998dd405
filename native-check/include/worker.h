/*
 * Workers: one forked process a check, watched, limited, cancelled and cleaned up after.
 */
#ifndef PT_WORKER_H
#define PT_WORKER_H

#include "check.h"

typedef void (*worker_tick)(const struct check *check, const struct outcome *outcome, uint64_t elapsed_ms);

void supervisor_start(void);
bool supervisor_cancelled(void); /* a signal asked for the end */
void supervisor_cancel(void);
struct ending worker_run(const struct check *check, struct context *context, uint64_t limit_ms,
			 worker_tick tick);

#endif
