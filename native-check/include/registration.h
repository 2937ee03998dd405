/*
 * Registration: whose rseq area this process reads, and how it gets one of its own.
 *
 * libc registers an area before main; to have our own the program starts itself once more with libc's
 * switched off. Where that is impossible libc's area is read instead, and is never written.
 */
#ifndef PT_REGISTRATION_H
#define PT_REGISTRATION_H

#include <stdbool.h>
#include <stdint.h>

#include "rseq-area.h"

struct rseq_area *libc_area(void); /* NULL when libc registered none */

void restart_without_libc_area(char **argv); /* returns when not needed or not possible */
void restore_libc_tunables(void);

/* An area for the calling thread, either kind. Returns 0 or errno. */
int registration_take(uint32_t length);
void registration_drop(void);
bool registration_is_own(void);

struct rseq_area *registered_area(void);
uint32_t read_registered_cpu(void);

/* Numbers the kernel advertises in the auxiliary vector since 6.3; 0 when it does not. */
unsigned long rseq_feature_size(void);
unsigned long rseq_alignment(void);

#endif
