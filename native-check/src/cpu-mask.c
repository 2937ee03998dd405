/*
 * CPU masks: sets, lists ("0-3,8") and the two affinity calls.
 */
#include "cpu-mask.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool cpu_mask_has(const struct cpu_mask *mask, unsigned cpu)
{
	return cpu < CPU_MASK_ROOM && (mask->words[cpu / CPU_WORD_BITS] >> (cpu % CPU_WORD_BITS) & 1) != 0;
}

void cpu_mask_add(struct cpu_mask *mask, unsigned cpu)
{
	if (cpu < CPU_MASK_ROOM)
		mask->words[cpu / CPU_WORD_BITS] |= 1UL << (cpu % CPU_WORD_BITS);
}

unsigned cpu_mask_count(const struct cpu_mask *mask)
{
	unsigned count = 0;

	for (unsigned cpu = 0; cpu < CPU_MASK_ROOM; cpu++)
		count += cpu_mask_has(mask, cpu);
	return count;
}

unsigned cpu_mask_nth(const struct cpu_mask *mask, unsigned n)
{
	for (unsigned cpu = 0; cpu < CPU_MASK_ROOM; cpu++)
		if (cpu_mask_has(mask, cpu) && n-- == 0)
			return cpu;
	return 0;
}

bool cpu_mask_equal(const struct cpu_mask *a, const struct cpu_mask *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

int cpu_mask_read(struct cpu_mask *mask)
{
	memset(mask, 0, sizeof *mask);
	return sched_getaffinity(0, sizeof *mask, (cpu_set_t *)mask) == 0 ? 0 : -errno;
}

int cpu_mask_apply(const struct cpu_mask *mask)
{
	return sched_setaffinity(0, sizeof *mask, (const cpu_set_t *)mask) == 0 ? 0 : -errno;
}

int cpu_pin(unsigned cpu)
{
	struct cpu_mask one = { { 0 } };

	cpu_mask_add(&one, cpu);
	return cpu_mask_apply(&one);
}

static bool parse_number(const char **text, unsigned long *number)
{
	char *end;

	if (**text < '0' || **text > '9')
		return false;
	*number = strtoul(*text, &end, 10);
	*text = end;
	return *number < CPU_MASK_ROOM;
}

bool cpu_list_parse(const char *text, struct cpu_mask *mask)
{
	unsigned long first, last;

	memset(mask, 0, sizeof *mask);
	for (;;) {
		if (!parse_number(&text, &first))
			return false;
		last = first;
		if (*text == '-') {
			text++;
			if (!parse_number(&text, &last) || last < first)
				return false;
		}
		for (unsigned long cpu = first; cpu <= last; cpu++)
			cpu_mask_add(mask, (unsigned)cpu);
		if (*text == '\0')
			return true;
		if (*text++ != ',')
			return false;
	}
}

void cpu_list_render(const struct cpu_mask *mask, char *text, size_t room)
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned cpu = 0; cpu < CPU_MASK_ROOM; cpu++) {
		unsigned last = cpu;
		char range[32];

		if (!cpu_mask_has(mask, cpu))
			continue;
		while (cpu_mask_has(mask, last + 1))
			last++;
		if (last == cpu)
			snprintf(range, sizeof range, "%s%u", used ? "," : "", cpu);
		else
			snprintf(range, sizeof range, "%s%u-%u", used ? "," : "", cpu, last);
		if (used + strlen(range) + 1 > room)
			return;
		memcpy(text + used, range, strlen(range) + 1);
		used += strlen(range);
		cpu = last;
	}
}
