/*
 * membarrier-rseq: can a process make all its threads restart their critical sections? (Offered since 5.10.)
 */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "check.h"

/* Numbers of <linux/membarrier.h>, newer than many installed headers. */
enum { QUERY = 0, EXPEDITED_RSEQ = 1 << 7, REGISTER_EXPEDITED_RSEQ = 1 << 8 };

static long membarrier(int command)
{
	long answer = syscall(SYS_membarrier, command, 0, 0);

	return answer < 0 ? -errno : answer;
}

void run_membarrier_rseq(struct context *context)
{
	const int both = EXPEDITED_RSEQ | REGISTER_EXPEDITED_RSEQ;
	const long offered = membarrier(QUERY);

	if (offered < 0 || (offered & both) != both)
		outcome_set(context->outcome, STATUS_SKIP, "absent", "query answers %ld", offered);
	else if (outcome_expect(context->outcome, "register", 0, membarrier(REGISTER_EXPEDITED_RSEQ)) &&
		 outcome_expect(context->outcome, "expedited", 0, membarrier(EXPEDITED_RSEQ)))
		outcome_pass(context->outcome, "query answers 0x%lx", (unsigned long)offered);
}
