/*
 * Kernel configuration: was rseq left out when this kernel was built?
 *
 * The only proof that "no such system call" means "not affected" and not "somebody filters it".
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gunzip.h"
#include "machine.h"

/* Debian's configuration is 260 kB, packed 65 kB. */
enum { PACKED_ROOM = 1 << 20, TEXT_ROOM = 4 << 20 };

static size_t read_whole(const char *path, unsigned char *into, size_t room)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	size_t held = 0;
	ssize_t got;

	if (file < 0)
		return 0;
	while (held < room && (got = read(file, into + held, room - held)) > 0)
		held += (size_t)got;
	close(file);
	return held;
}

enum config_rseq kernel_config_scan(const char *text)
{
	static const char off[] = "# CONFIG_RSEQ is not set\n", on[] = "CONFIG_RSEQ=y\n";

	for (const char *line = text; *line;) {
		const char *next = strchr(line, '\n');

		if (strncmp(line, off, sizeof off - 1) == 0)
			return CONFIG_OFF;
		if (strncmp(line, on, sizeof on - 1) == 0)
			return CONFIG_ON;
		if (next == NULL)
			break;
		line = next + 1;
	}
	return CONFIG_UNKNOWN;
}

enum config_rseq kernel_config_rseq(const char *release)
{
	enum config_rseq answer = CONFIG_UNKNOWN;
	unsigned char *packed = malloc(PACKED_ROOM), *text = malloc(TEXT_ROOM);
	char path[128];

	if (packed && text) {
		size_t size = read_whole("/proc/config.gz", packed, PACKED_ROOM);
		long length = size > 0 ? gunzip(packed, size, text, TEXT_ROOM - 1) : -1;

		if (length < 0) {
			snprintf(path, sizeof path, "/boot/config-%s", release);
			length = (long)read_whole(path, text, TEXT_ROOM - 1);
		}
		text[length] = '\0';
		answer = kernel_config_scan((const char *)text);
	}
	free(packed);
	free(text);
	return answer;
}
