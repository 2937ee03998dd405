/*
 * cs-abort-migrate: being moved to another CPU must abort a critical section (mainline 411c1cf43039).
 *
 * A second process moves the worker from CPU to CPU while it spins in the section.
 */
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "critical-section.h"
#include "kernel-call.h"
#include "registration.h"

enum { MOVES = 5, ATTEMPTS = 50, PAUSE_US = 4000 };

static void move_about(const struct context *context, pid_t worker)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (unsigned nth = 0; getppid() == worker; nth++) {
		struct cpu_mask one = { { 0 } };

		cpu_mask_add(&one, cpu_mask_nth(&context->allowed, nth % 2));
		sched_setaffinity(worker, sizeof one, (const cpu_set_t *)&one);
		sleep_us(PAUSE_US);
	}
	_exit(0);
}

void run_cs_abort_migrate(struct context *context)
{
	struct outcome *outcome = context->outcome;
	const pid_t self = getpid();
	int moves = 0;
	pid_t mover;

	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		return;
	outcome->status_at_limit = STATUS_FAIL;
	mover = fork();
	if (mover == 0)
		move_about(context, self);
	if (mover < 0) {
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "no mover could be started");
		return;
	}
	for (int n = 0; n < ATTEMPTS && moves < MOVES && !outcome->cancel; n++) {
		uint32_t before = read_registered_cpu();

		section_loop_run(registered_area());
		moves += read_registered_cpu() != before;
		if (!outcome_expect(outcome, "rseq_cs after the abort", 0, (long)registered_area()->rseq_cs))
			break;
	}
	if (outcome->status == STATUS_NONE && moves > 0)
		outcome_pass(outcome, "aborted, and %d times on another CPU after it", moves);
	else if (outcome->status == STATUS_NONE)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "no-migration", "aborted, but never seen to move");
	kill(mover, SIGKILL);
	waitpid(mover, NULL, 0);
	registration_drop();
}
