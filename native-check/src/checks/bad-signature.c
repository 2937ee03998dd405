/*
 * bad-signature: an abort address without the registered signature before it must kill the process, or the
 * area would be a way to jump anywhere.
 *
 * From 6.19 on the kernel may look only when it would really jump, so a cleared descriptor is right as
 * well.
 */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "kernel-call.h"
#include "registration.h"

enum { CLEARED = 0, STILL_SET = 1, REFUSED = 2, ATTEMPTS = 100 };

static void tempt_kernel(void)
{
	static const uint32_t unsigned_words[] = { ~RSEQ_SIGNATURE, 0 };
	static struct rseq_section forged RSEQ_SECTION_ALIGNED;
	struct rseq_area *area = registered_area();

	/* A handler (a sanitizer has one) would turn the death into an exit status. */
	signal(SIGSEGV, SIG_DFL);
	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		_exit(REFUSED);
	forged.start_ip = (uint64_t)(uintptr_t)&forged;
	forged.post_commit_offset = 4;
	forged.abort_ip = (uint64_t)(uintptr_t)&unsigned_words[1];
	area->rseq_cs = (uint64_t)(uintptr_t)&forged;
	for (int n = 0; n < ATTEMPTS && area->rseq_cs != 0; n++)
		sleep_us(1000);
	_exit(area->rseq_cs == 0 ? CLEARED : STILL_SET);
}

void run_bad_signature(struct context *context)
{
	struct outcome *outcome = context->outcome;
	const bool may_clear = !release_before(&context->machine->parsed, 6, 19);
	int status = 0;
	pid_t child = fork();

	if (child == 0)
		tempt_kernel();
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	if (child < 0)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "no child could be started");
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV)
		outcome_pass(outcome, "killed by SIGSEGV");
	else if (WIFEXITED(status) && WEXITSTATUS(status) == CLEARED && may_clear)
		outcome_pass(outcome, "cleared without a jump");
	else
		outcome_set(outcome, STATUS_FAIL, "not-killed", "expected SIGSEGV, got wait status 0x%x", status);
}
