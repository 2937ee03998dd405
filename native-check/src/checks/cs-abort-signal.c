/*
 * cs-abort-signal: a signal must abort a critical section before its handler runs (arm64 did not in 6.19
 * to 7.0.13, mainline 411c1cf43039).
 *
 * The section never ends by itself, so a kernel that does not abort runs into the time limit: a failure.
 */
#include <signal.h>
#include <sys/time.h>

#include "check.h"
#include "critical-section.h"
#include "registration.h"

/* The short one fits into the time slice of a crowded CPU. */
enum { ATTEMPTS = 50, LONG_US = 20000, SHORT_US = 1500 };

static volatile sig_atomic_t handler_ran;
static volatile uint64_t seen_in_handler;

static void look(int signal)
{
	(void)signal;
	seen_in_handler = registered_area()->rseq_cs;
	handler_ran = 1;
}

static void set_timer(long us)
{
	const struct itimerval once = { { 0, 0 }, { 0, us } };

	setitimer(ITIMER_REAL, &once, NULL);
}

void run_cs_abort_signal(struct context *context)
{
	const struct sigaction action = { .sa_handler = look };
	struct outcome *outcome = context->outcome;
	int attempt = 0;

	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		return;
	outcome->status_at_limit = STATUS_FAIL;
	sigaction(SIGALRM, &action, NULL);
	/* A preemption may abort the section before the timer does: again, until the signal was the one. */
	while (!handler_ran && attempt++ < ATTEMPTS && !outcome->cancel) {
		set_timer(attempt % 2 ? LONG_US : SHORT_US);
		section_loop_run(registered_area());
		set_timer(0);
	}
	if (!handler_ran)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "no-signal", "preemption came first %d times", ATTEMPTS);
	else if (outcome_expect(outcome, "rseq_cs in the handler", 0, (long)seen_in_handler) &&
		 outcome_expect(outcome, "rseq_cs after the abort", 0, (long)registered_area()->rseq_cs))
		outcome_pass(outcome, "aborted by a signal in attempt %d", attempt);
	registration_drop();
}
