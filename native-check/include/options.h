/*
 * Options of the command line, parsed and bounded.
 *
 * A refused option is told on stderr and answered with EXIT_WRONG_USAGE; nothing runs on a guess.
 */
#ifndef PT_OPTIONS_H
#define PT_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu-mask.h"

enum { EXIT_WRONG_USAGE = 64, EXIT_FAULT = 70 };
enum method { METHOD_AUTO, METHOD_PLACEMENT, METHOD_MARKER };
enum { CHECK_ROOM = 32 };

struct check;

struct options {
	bool tap, list, help, show_version, no_boost, has_cpus;
	const struct check *checks[CHECK_ROOM];
	unsigned check_count;
	unsigned time_s;
	uint32_t effective;
	enum method method;
	struct cpu_mask cpus;
	uint64_t seed;
};

bool options_parse(int argc, char **argv, struct options *options);
void options_help(void);

#endif
