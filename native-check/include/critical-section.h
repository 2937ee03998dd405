/*
 * Critical section: an endless loop that only an abort by the kernel can leave.
 */
#ifndef PT_CRITICAL_SECTION_H
#define PT_CRITICAL_SECTION_H

#include <stdbool.h>

#include "rseq-area.h"

bool section_loop_known(void);

/* Points `area` at the loop's descriptor and runs it; returns when the kernel aborted it. */
void section_loop_run(struct rseq_area *area);

#endif
