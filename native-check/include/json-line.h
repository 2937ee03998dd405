/*
 * JSON lines: builds one object a line, ASCII, shorter than 4096 bytes, flushed as soon as it is whole.
 *
 * A value that would not fit is left out, so that a line is never cut in the middle.
 */
#ifndef PT_JSON_LINE_H
#define PT_JSON_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JSON_LINE_ROOM = 4096 };

struct json_line {
	char text[JSON_LINE_ROOM];
	size_t length;
	bool comma;
};

void json_begin(struct json_line *line, const char *type);
void json_text(struct json_line *line, const char *key, const char *value); /* NULL or "": no key */
void json_count(struct json_line *line, const char *key, uint64_t value);
void json_real(struct json_line *line, const char *key, double value);
void json_flag(struct json_line *line, const char *key, bool value);
void json_open(struct json_line *line, const char *key, char bracket);
void json_item(struct json_line *line, const char *value);
void json_close(struct json_line *line, char bracket);
bool json_end(struct json_line *line); /* false when stdout takes no more */

#endif
