/*
 * Kernel releases: reading `uname -r`, and what the published history says of the fix ce3614daabea.
 *
 * Pure. The expectation is only ever shown beside a verdict, never turned into one: vendors carry fixes
 * in kernels whose number says nothing about it.
 */
#ifndef PT_RELEASE_H
#define PT_RELEASE_H

#include <stdbool.h>

struct release {
	bool known;
	bool vendor; /* text after the numbers: a distributor's or local build */
	int major, minor, patch, rc; /* rc 0: not a candidate */
};

struct release release_parse(const char *text);
bool release_before(const struct release *release, int major, int minor);

/* "fixed", "broken", "not-affected" or "unknown". */
const char *release_expectation(const struct release *release);

#endif
