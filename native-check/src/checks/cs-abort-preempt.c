/*
 * cs-abort-preempt: being preempted must abort a critical section (mainline 411c1cf43039).
 *
 * A busy child on the same CPU forces the preemption; without an abort the time limit ends the check as a
 * failure.
 */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "critical-section.h"
#include "kernel-call.h"
#include "registration.h"

enum { ABORTS = 5 };

static void be_busy(pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (getppid() == parent)
		continue;
	_exit(0);
}

void run_cs_abort_preempt(struct context *context)
{
	struct outcome *outcome = context->outcome;
	const pid_t self = getpid();
	pid_t rival;
	uint64_t start;

	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		return;
	if (cpu_pin(cpu_mask_nth(&context->allowed, 0)) != 0) {
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "sched_setaffinity was refused");
		return;
	}
	outcome->status_at_limit = STATUS_FAIL;
	rival = fork();
	if (rival == 0)
		be_busy(self);
	if (rival < 0) {
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "no rival could be started");
		return;
	}
	start = now_ms();
	for (int n = 0; n < ABORTS && !outcome->cancel; n++) {
		section_loop_run(registered_area());
		if (!outcome_expect(outcome, "rseq_cs after the abort", 0, (long)registered_area()->rseq_cs))
			break;
	}
	if (outcome->status == STATUS_NONE)
		outcome_pass(outcome, "%d aborts in %llu ms", ABORTS, (unsigned long long)(now_ms() - start));
	kill(rival, SIGKILL);
	waitpid(rival, NULL, 0);
	registration_drop();
}
