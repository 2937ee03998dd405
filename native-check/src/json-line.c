/*
 * JSON lines: see ../include/json-line.h for what a line promises.
 */
#include "json-line.h"

#include <stdio.h>
#include <string.h>

/* Room kept for closing brackets and the newline, so that a full line still ends well. */
enum { TAIL_ROOM = 16, VALUE_ROOM = 1200 };

static bool append(struct json_line *line, const char *piece)
{
	size_t length = strlen(piece);

	if (line->length + length + TAIL_ROOM > sizeof line->text)
		return false;
	memcpy(line->text + line->length, piece, length + 1);
	line->length += length;
	return true;
}

static void quote(const char *value, char *into, size_t room)
{
	size_t used = 0;

	into[used++] = '"';
	for (; *value && used + 8 < room; value++) {
		unsigned char byte = (unsigned char)*value;

		if (byte == '"' || byte == '\\') {
			into[used++] = '\\';
			into[used++] = (char)byte;
		} else if (byte < 0x20) {
			used += (size_t)snprintf(into + used, 8, "\\u%04x", byte);
		} else {
			into[used++] = byte < 0x7f ? (char)byte : '?';
		}
	}
	into[used++] = '"';
	into[used] = '\0';
}

static void add(struct json_line *line, const char *key, const char *value)
{
	char pair[VALUE_ROOM + 64];

	if (key)
		snprintf(pair, sizeof pair, "%s\"%s\":%s", line->comma ? "," : "", key, value);
	else
		snprintf(pair, sizeof pair, "%s%s", line->comma ? "," : "", value);
	if (append(line, pair))
		line->comma = true;
}

void json_begin(struct json_line *line, const char *type)
{
	line->length = 0;
	line->comma = false;
	append(line, "{");
	json_text(line, "type", type);
}

void json_text(struct json_line *line, const char *key, const char *value)
{
	char quoted[VALUE_ROOM];

	if (value == NULL || *value == '\0')
		return;
	quote(value, quoted, sizeof quoted);
	add(line, key, quoted);
}

void json_item(struct json_line *line, const char *value)
{
	json_text(line, NULL, value);
}

void json_count(struct json_line *line, const char *key, uint64_t value)
{
	char text[24];

	snprintf(text, sizeof text, "%llu", (unsigned long long)value);
	add(line, key, text);
}

void json_real(struct json_line *line, const char *key, double value)
{
	char text[32];

	snprintf(text, sizeof text, "%.3g", value);
	add(line, key, text);
}

void json_flag(struct json_line *line, const char *key, bool value)
{
	add(line, key, value ? "true" : "false");
}

void json_open(struct json_line *line, const char *key, char bracket)
{
	const char text[2] = { bracket, '\0' };

	add(line, key, text);
	line->comma = false;
}

void json_close(struct json_line *line, char bracket)
{
	line->text[line->length++] = bracket;
	line->text[line->length] = '\0';
	line->comma = true;
}

bool json_end(struct json_line *line)
{
	line->text[line->length++] = '}';
	line->text[line->length++] = '\n';
	return fwrite(line->text, 1, line->length, stdout) == line->length && fflush(stdout) == 0;
}
