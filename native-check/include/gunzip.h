/*
 * Gunzip: the one compressed file the checker reads, /proc/config.gz.
 *
 * Bounded by the room given; every index is tested, since a damaged file must only mean "unknown".
 */
#ifndef PT_GUNZIP_H
#define PT_GUNZIP_H

#include <stddef.h>

/* Bytes written to `out`, or -1 when `in` is damaged or does not fit. */
long gunzip(const unsigned char *in, size_t in_size, unsigned char *out, size_t room);

#endif
