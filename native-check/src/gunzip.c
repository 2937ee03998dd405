/*
 * Gunzip: inflate as in RFC 1951, within the header of RFC 1952. The checksum is not verified: the file comes
 * from the running kernel's own memory.
 */
#include "gunzip.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { MAX_BITS = 15, LITERALS = 288, DISTANCES = 32 };

struct stream {
	const unsigned char *in;
	size_t in_size, at;
	uint32_t held;
	unsigned held_bits;
	unsigned char *out;
	size_t room, written;
	bool damaged;
};

/* Canonical Huffman code: how many codes of each length, and the symbols in code order. */
struct code {
	uint16_t count[MAX_BITS + 1];
	uint16_t symbol[LITERALS];
};

static unsigned take_bits(struct stream *s, unsigned wanted)
{
	unsigned value;

	while (s->held_bits < wanted) {
		if (s->at >= s->in_size) {
			s->damaged = true;
			return 0;
		}
		s->held |= (uint32_t)s->in[s->at++] << s->held_bits;
		s->held_bits += 8;
	}
	value = s->held & ((1u << wanted) - 1);
	s->held >>= wanted;
	s->held_bits -= wanted;
	return value;
}

static void make_code(struct code *code, const unsigned char *lengths, unsigned symbols)
{
	uint16_t place[MAX_BITS + 2] = { 0 };

	memset(code, 0, sizeof *code);
	for (unsigned n = 0; n < symbols; n++)
		code->count[lengths[n]]++;
	code->count[0] = 0;
	for (unsigned bits = 1; bits <= MAX_BITS; bits++)
		place[bits + 1] = (uint16_t)(place[bits] + code->count[bits]);
	for (unsigned n = 0; n < symbols; n++)
		if (lengths[n])
			code->symbol[place[lengths[n]]++] = (uint16_t)n;
}

static unsigned take_symbol(struct stream *s, const struct code *code)
{
	unsigned value = 0, first = 0, index = 0;

	for (unsigned bits = 1; bits <= MAX_BITS; bits++) {
		value |= take_bits(s, 1);
		if (s->damaged)
			return 0;
		if (value < first + code->count[bits])
			return value >= first && index + value - first < LITERALS ? code->symbol[index + value - first]
										  : 0;
		index += code->count[bits];
		first = (first + code->count[bits]) << 1;
		value <<= 1;
	}
	s->damaged = true;
	return 0;
}

static void put(struct stream *s, unsigned char byte)
{
	if (s->written >= s->room)
		s->damaged = true;
	else
		s->out[s->written++] = byte;
}

static void copy_back(struct stream *s, const struct code *distances, unsigned length_symbol)
{
	static const uint16_t length_base[] = { 3,  4,  5,  6,  7,  8,	9,  10, 11,  13,  15,  17,  19,	 23, 27,
						31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258 };
	static const uint16_t distance_base[] = { 1,   2,   3,	 4,   5,   7,	 9,    13,   17,   25,
						  33,  49,  65,	 97,  129, 193,	 257,  385,  513,  769,
						  1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577 };
	unsigned length, distance, symbol;

	if (length_symbol >= 29) {
		s->damaged = true;
		return;
	}
	length = length_base[length_symbol];
	if (length_symbol >= 8 && length_symbol < 28)
		length += take_bits(s, (length_symbol - 4) / 4);
	symbol = take_symbol(s, distances);
	if (symbol >= 30) {
		s->damaged = true;
		return;
	}
	distance = distance_base[symbol];
	if (symbol >= 4)
		distance += take_bits(s, symbol / 2 - 1);
	if (distance > s->written)
		s->damaged = true;
	while (!s->damaged && length-- > 0)
		put(s, s->out[s->written - distance]);
}

static void inflate_codes(struct stream *s, const struct code *literals, const struct code *distances)
{
	while (!s->damaged) {
		unsigned symbol = take_symbol(s, literals);

		if (symbol == 256)
			return;
		if (symbol < 256)
			put(s, (unsigned char)symbol);
		else
			copy_back(s, distances, symbol - 257);
	}
}

static void inflate_stored(struct stream *s)
{
	unsigned length;

	s->held = 0;
	s->held_bits = 0;
	length = take_bits(s, 16);
	take_bits(s, 16);
	while (!s->damaged && length-- > 0)
		put(s, (unsigned char)take_bits(s, 8));
}

static void inflate_fixed(struct stream *s)
{
	unsigned char lengths[LITERALS];
	struct code literals, distances;

	memset(lengths, 8, 144);
	memset(lengths + 144, 9, 112);
	memset(lengths + 256, 7, 24);
	memset(lengths + 280, 8, 8);
	make_code(&literals, lengths, LITERALS);
	memset(lengths, 5, DISTANCES);
	make_code(&distances, lengths, DISTANCES);
	inflate_codes(s, &literals, &distances);
}

static void inflate_dynamic(struct stream *s)
{
	static const unsigned char order[] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };
	unsigned literal_count = take_bits(s, 5) + 257, distance_count = take_bits(s, 5) + 1;
	unsigned order_count = take_bits(s, 4) + 4, total = literal_count + distance_count;
	unsigned char lengths[LITERALS + DISTANCES] = { 0 };
	struct code literals, distances;

	if (literal_count > LITERALS || distance_count > DISTANCES) {
		s->damaged = true;
		return;
	}
	for (unsigned n = 0; n < order_count; n++)
		lengths[order[n]] = (unsigned char)take_bits(s, 3);
	make_code(&literals, lengths, 19);
	memset(lengths, 0, sizeof lengths);
	for (unsigned n = 0; n < total && !s->damaged;) {
		unsigned symbol = take_symbol(s, &literals), repeat = 1;
		unsigned char length = (unsigned char)symbol;

		if (symbol == 16) {
			length = n > 0 ? lengths[n - 1] : 0;
			repeat = 3 + take_bits(s, 2);
		} else if (symbol > 16) {
			length = 0;
			repeat = symbol == 17 ? 3 + take_bits(s, 3) : 11 + take_bits(s, 7);
		}
		if (n + repeat > total)
			s->damaged = true;
		while (!s->damaged && repeat-- > 0)
			lengths[n++] = length;
	}
	make_code(&literals, lengths, literal_count);
	make_code(&distances, lengths + literal_count, distance_count);
	inflate_codes(s, &literals, &distances);
}

static bool skip_header(struct stream *s)
{
	unsigned flags;

	if (s->in_size < 18 || s->in[0] != 0x1f || s->in[1] != 0x8b || s->in[2] != 8)
		return false;
	flags = s->in[3];
	s->at = 10;
	if (flags & 4)
		s->at += 2 + s->in[10] + ((size_t)s->in[11] << 8);
	/* Name and comment, each ended by a zero byte. */
	for (unsigned text = 8; text <= 16; text <<= 1)
		if (flags & text)
			while (s->at < s->in_size && s->in[s->at++] != 0)
				continue;
	if (flags & 2)
		s->at += 2;
	return s->at < s->in_size;
}

long gunzip(const unsigned char *in, size_t in_size, unsigned char *out, size_t room)
{
	struct stream s = { .in = in, .in_size = in_size, .out = out, .room = room };
	bool last = false;

	if (!skip_header(&s))
		return -1;
	while (!last && !s.damaged) {
		unsigned kind;

		last = take_bits(&s, 1);
		kind = take_bits(&s, 2);
		if (kind == 0)
			inflate_stored(&s);
		else if (kind == 1)
			inflate_fixed(&s);
		else if (kind == 2)
			inflate_dynamic(&s);
		else
			s.damaged = true;
	}
	return s.damaged ? -1 : (long)s.written;
}
