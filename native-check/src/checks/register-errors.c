/*
 * register-errors: each wrong registration gets the documented error, and changes nothing.
 */
#include <errno.h>

#include "check.h"
#include "kernel-call.h"
#include "registration.h"

static struct rseq_area area RSEQ_AREA_ALIGNED, other RSEQ_AREA_ALIGNED;

struct row {
	const char *what;
	struct rseq_area *area;
	uint32_t length;
	int flags;
	uint32_t signature;
	int answer;
};

static bool hold(struct outcome *outcome, const struct row *rows, size_t count)
{
	for (size_t n = 0; n < count; n++) {
		const struct row *row = &rows[n];
		int got = call_rseq(row->area, row->length, row->flags, row->signature);

		if (!outcome_expect(outcome, row->what, row->answer, got))
			return false;
	}
	return true;
}

void run_register_errors(struct context *context)
{
	enum { SIG = 0x11223344, OTHER_SIG = 0x55667788, LEN = RSEQ_LENGTH_FIRST };
	struct rseq_area *unaligned = (struct rseq_area *)(void *)((char *)&area + 8);
	const struct row rows[] = {
		{ "unregister before register", &area, LEN, RSEQ_UNREGISTER, SIG, -EINVAL },
		{ "unaligned address", unaligned, LEN, 0, SIG, -EINVAL },
		{ "length 16", &area, 16, 0, SIG, -EINVAL },
		{ "length 31", &area, 31, 0, SIG, -EINVAL },
		{ "flags 4", &area, LEN, 4, SIG, -EINVAL },
		{ "register", &area, LEN, 0, SIG, 0 },
		{ "register again", &area, LEN, 0, SIG, -EBUSY },
		{ "register with another signature", &area, LEN, 0, OTHER_SIG, -EPERM },
		{ "register another address", &other, LEN, 0, SIG, -EINVAL },
		{ "register with another length", &area, 64, 0, SIG, -EINVAL },
		{ "unregister", &area, LEN, RSEQ_UNREGISTER, SIG, 0 },
	};
	const size_t count = sizeof rows / sizeof *rows;

	if (hold(context->outcome, rows, count))
		outcome_pass(context->outcome, "%zu answers as documented", count);
}
