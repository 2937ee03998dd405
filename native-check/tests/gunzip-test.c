/*
 * Gunzip as a filter: stdin unpacked to stdout; exit 1 when it is damaged. The test packs with gzip or zlib.
 */
#include <stdio.h>
#include <stdlib.h>

#include "gunzip.h"

enum { ROOM = 8 << 20 };

int main(void)
{
	unsigned char *in = malloc(ROOM), *out = malloc(ROOM);
	long length;

	if (in == NULL || out == NULL)
		return 70;
	length = gunzip(in, fread(in, 1, ROOM, stdin), out, ROOM);
	if (length < 0)
		return 1;
	return fwrite(out, 1, (size_t)length, stdout) == (size_t)length ? 0 : 70;
}
