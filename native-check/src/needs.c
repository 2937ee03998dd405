/*
 * Needs: what a check asks of its surroundings, and the reason given when it cannot have it.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "critical-section.h"
#include "registration.h"

static const char *lacks_own_area(const struct context *context)
{
	int error;

	(void)context;
	if (!registration_is_own())
		return "no-own-area";
	error = registration_take(RSEQ_LENGTH_FIRST);
	registration_drop();
	if (error == 0)
		return NULL;
	return error == ENOSYS ? "rseq-enosys" : error == EPERM ? "rseq-denied" : "rseq-refused";
}

static const char *lacks_cpus(const struct context *context)
{
	return context->cpus >= 2 ? NULL : "one-cpu";
}

static const char *lacks_sections(const struct context *context)
{
	(void)context;
	return section_loop_known() ? NULL : "no-section-code-for-architecture";
}

static const char *lacks_mm_cid(const struct context *context)
{
	return context->machine->feature_size >= 28 ? NULL : "no-mm-cid";
}

static const struct {
	enum need need;
	const char *name;
	const char *(*lacking)(const struct context *context);
} needs_table[] = {
	{ NEED_OWN_AREA, "own-area", lacks_own_area },
	{ NEED_TWO_CPUS, "two-cpus", lacks_cpus },
	{ NEED_SECTIONS, "section-code", lacks_sections },
	{ NEED_MM_CID, "mm-cid", lacks_mm_cid },
};

const char *needs_unmet(const struct context *context, unsigned needs)
{
	for (size_t row = 0; row < sizeof needs_table / sizeof *needs_table; row++) {
		const char *reason = needs & needs_table[row].need ? needs_table[row].lacking(context) : NULL;

		if (reason)
			return reason;
	}
	return NULL;
}

void needs_render(unsigned needs, char *text, size_t room)
{
	size_t used = 0;

	text[0] = '\0';
	for (size_t row = 0; row < sizeof needs_table / sizeof *needs_table; row++)
		if (needs & needs_table[row].need && used < room)
			used += (size_t)snprintf(text + used, room - used, "%s%s", used ? "," : "",
						 needs_table[row].name);
}
