/*
 * Inner programs: the parts of a check that must run in a freshly executed image of this program.
 *
 * `check-native --inner NAME FD` is not for people: it starts with libc's own rseq area, or proves that an
 * exec begins without one.
 */
#ifndef PT_INNER_H
#define PT_INNER_H

#include <stdbool.h>
#include <stddef.h>

/* Runs NAME in a child; its answer (at most `room` bytes) and exit status come back. False: not started. */
bool inner_run(const char *name, bool with_libc_area, void *answer, size_t room, size_t *got, int *status);
int inner_main(const char *name, int answer_fd);

int inner_sched_getcpu(int answer_fd);
int inner_register(int answer_fd);

#endif
