/*
 * Options: one row each, parsing and help from the same table.
 */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"

static bool parse_whole(const char *text, uint64_t least, uint64_t most, uint64_t *value)
{
	char *end;

	if (*text < '0' || *text > '9' || strlen(text) > 19)
		return false;
	*value = strtoull(text, &end, 10);
	return *end == '\0' && *value >= least && *value <= most;
}

static bool set_json(struct options *options, const char *value)
{
	(void)value;
	options->tap = false;
	return true;
}

static bool set_tap(struct options *options, const char *value)
{
	(void)value;
	return options->tap = true;
}

static bool set_list(struct options *options, const char *value)
{
	(void)value;
	return options->list = true;
}

static bool set_no_boost(struct options *options, const char *value)
{
	(void)value;
	return options->no_boost = true;
}

static bool set_help(struct options *options, const char *value)
{
	(void)value;
	return options->help = true;
}

static bool set_version(struct options *options, const char *value)
{
	(void)value;
	return options->show_version = true;
}

static bool set_check(struct options *options, const char *value)
{
	const struct check *check = check_find(value);

	if (check == NULL || options->check_count >= CHECK_ROOM)
		return false;
	for (unsigned n = 0; n < options->check_count; n++)
		if (options->checks[n] == check)
			return true;
	options->checks[options->check_count++] = check;
	return true;
}

static bool set_time(struct options *options, const char *value)
{
	uint64_t seconds;

	if (!parse_whole(value, 1, 3600, &seconds))
		return false;
	options->time_s = (unsigned)seconds;
	return true;
}

static bool set_effective(struct options *options, const char *value)
{
	uint64_t trials;

	if (!parse_whole(value, 1, 100000000, &trials))
		return false;
	options->effective = (uint32_t)trials;
	return true;
}

static bool set_method(struct options *options, const char *value)
{
	static const char *const names[] = { "auto", "placement", "marker" };

	for (unsigned n = 0; n < sizeof names / sizeof *names; n++) {
		if (strcmp(names[n], value) == 0) {
			options->method = (enum method)n;
			return true;
		}
	}
	return false;
}

static bool set_cpus(struct options *options, const char *value)
{
	return options->has_cpus = cpu_list_parse(value, &options->cpus);
}

static bool set_seed(struct options *options, const char *value)
{
	return parse_whole(value, 0, UINT64_MAX, &options->seed);
}

static const struct {
	const char *name, *value, *help;
	bool (*set)(struct options *options, const char *value);
} rows[] = {
	{ "--json", NULL, "JSON lines on stdout (default)", set_json },
	{ "--tap", NULL, "TAP version 14 on stdout", set_tap },
	{ "--list", NULL, "list the checks and end", set_list },
	{ "--check", "NAME", "run this check (repeat for more; default: all)", set_check },
	{ "--time", "S", "seconds for new-task-cpu-id, 1 to 3600 (default 10)", set_time },
	{ "--effective", "N", "effective trials to reach (default 2000)", set_effective },
	{ "--method", "M", "auto, placement or marker (default auto)", set_method },
	{ "--cpus", "LIST", "use only these CPUs, as in 0-3,8", set_cpus },
	{ "--seed", "N", "order of the CPUs (default: the clock)", set_seed },
	{ "--no-boost", NULL, "plain forks: no real-time priority, no bursts", set_no_boost },
	{ "--help", NULL, "this text", set_help },
	{ "--version", NULL, "version", set_version },
};

void options_help(void)
{
	puts("check-native: does the running kernel keep its rseq promises?\n\nOptions:");
	for (size_t row = 0; row < sizeof rows / sizeof *rows; row++)
		printf("  %-11s %-5s %s\n", rows[row].name, rows[row].value ? rows[row].value : "", rows[row].help);
	puts("\nExit: 0 fixed, 1 broken, 2 inconclusive, 3 unsupported, 4 not affected, 64 wrong usage, 70 fault.\n"
	     "Without new-task-cpu-id: 0 all pass or skip, 1 any fail, 2 any inconclusive.");
}

static bool take_option(int argc, char **argv, int *at, struct options *options)
{
	const char *name = argv[*at];

	for (size_t row = 0; row < sizeof rows / sizeof *rows; row++) {
		const char *value = NULL;

		if (strcmp(rows[row].name, name) != 0)
			continue;
		if (rows[row].value && ++*at >= argc) {
			fprintf(stderr, "check-native: %s needs a value: %s\n", name, rows[row].help);
			return false;
		}
		if (rows[row].value)
			value = argv[*at];
		if (rows[row].set(options, value))
			return true;
		fprintf(stderr, "check-native: %s does not take \"%s\": %s\n", name, value, rows[row].help);
		return false;
	}
	fprintf(stderr, "check-native: no option \"%s\"; see --help\n", name);
	return false;
}

bool options_parse(int argc, char **argv, struct options *options)
{
	*options = (struct options){ .time_s = 10, .effective = 2000, .seed = (uint64_t)time(NULL) % 1000000 };
	for (int at = 1; at < argc; at++)
		if (!take_option(argc, argv, &at, options))
			return false;
	if (options->check_count == 0)
		for (unsigned row = 0; row < checks_count && row < CHECK_ROOM; row++)
			options->checks[options->check_count++] = &checks[row];
	return true;
}
