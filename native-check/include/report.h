/*
 * Reports: what a run tells, in one of two forms (JSON lines, TAP 14). The lines are in ../PROTOCOL.md
 */
#ifndef PT_REPORT_H
#define PT_REPORT_H

#include "check.h"

struct run_end {
	bool has_verdict;
	enum verdict verdict;
	const char *reason;
	int exit_status;
	const char *expected;
	int agrees; /* -1: nothing to compare */
	bool cancelled;
	uint64_t duration_ms;
};

struct report {
	void (*start)(const struct options *options);
	void (*machine)(const struct machine *machine);
	void (*progress)(const struct check *check, const struct outcome *outcome, uint64_t elapsed_ms);
	void (*sample)(const struct check *check, const struct sample *sample);
	void (*log)(const char *level, const char *text);
	void (*result)(const struct check *check, const struct outcome *outcome, uint64_t duration_ms);
	void (*end)(const struct run_end *end);
};

extern const struct report report_json, report_tap;

void report_json_checks(void); /* the table of checks, one line each */

#define CHECKER_VERSION "0.1.0"

#endif
