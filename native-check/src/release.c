/*
 * Kernel releases and what the stable announcements say of ce3614daabea.
 *
 * "unknown" for every text after the numbers: 4.18.0-553.el8 and 5.4.0-42-generic carry or lack fixes
 * regardless of their number.
 */
#include "release.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static bool take_number(const char **text, int *number)
{
	char *end;

	if (**text < '0' || **text > '9')
		return false;
	*number = (int)strtol(*text, &end, 10);
	*text = end;
	return true;
}

struct release release_parse(const char *text)
{
	struct release release = { 0 };

	if (!take_number(&text, &release.major) || *text++ != '.' || !take_number(&text, &release.minor))
		return release;
	release.known = true;
	if (*text == '.') {
		text++;
		if (!take_number(&text, &release.patch)) {
			release.vendor = true;
			return release;
		}
	}
	if (strncmp(text, "-rc", 3) == 0 && text[3] >= '0' && text[3] <= '9') {
		text += 3;
		take_number(&text, &release.rc);
	}
	release.vendor = *text != '\0';
	return release;
}

bool release_before(const struct release *release, int major, int minor)
{
	return release->known && (release->major < major || (release->major == major && release->minor < minor));
}

/* First stable releases with the fix, by their announcements of 22 July 2020. */
static const struct {
	int major, minor, patch;
} fixed_since[] = { { 4, 19, 134 }, { 5, 4, 53 }, { 5, 7, 10 } };

const char *release_expectation(const struct release *release)
{
	if (!release->known || release->vendor)
		return "unknown";
	if (release_before(release, 4, 18))
		return "not-affected";
	if (release->major == 5 && release->minor == 8)
		return release->patch == 0 && release->rc > 0 && release->rc < 6 ? "broken" : "fixed";
	if (!release_before(release, 5, 8))
		return "fixed";
	for (size_t row = 0; row < sizeof fixed_since / sizeof *fixed_since; row++)
		if (fixed_since[row].major == release->major && fixed_since[row].minor == release->minor)
			return release->patch >= fixed_since[row].patch ? "fixed" : "broken";
	return "broken";
}
