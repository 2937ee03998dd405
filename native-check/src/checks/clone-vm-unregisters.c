/*
 * clone-vm-unregisters: a child that shares the parent's memory must start unregistered (mainline
 * 463f550fb47b).
 *
 * Else parent and child would have one area between them, and the kernel would write the numbers of both
 * into it.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "kernel-call.h"
#include "registration.h"

static struct rseq_area child_area RSEQ_AREA_ALIGNED;
static char stack[64 * 1024] __attribute__((aligned(16)));

struct answers {
	int unregister_parents, register_own;
};

static int look(void *into)
{
	struct answers *answers = into;

	answers->unregister_parents =
		call_rseq(registered_area(), RSEQ_LENGTH_FIRST, RSEQ_UNREGISTER, RSEQ_SIGNATURE);
	answers->register_own = call_rseq(&child_area, RSEQ_LENGTH_FIRST, 0, RSEQ_SIGNATURE);
	call_rseq(&child_area, RSEQ_LENGTH_FIRST, RSEQ_UNREGISTER, RSEQ_SIGNATURE);
	_exit(0);
}

void run_clone_vm_unregisters(struct context *context)
{
	struct outcome *outcome = context->outcome;
	struct answers answers = { 1, 1 };
	pid_t child;

	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		return;
	child = clone(look, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &answers);
	if (child < 0) {
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "clone was refused");
		return;
	}
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		continue;
	if (outcome_expect(outcome, "child unregisters the parent's area", -EINVAL, answers.unregister_parents) &&
	    outcome_expect(outcome, "child registers an area of its own", 0, answers.register_own))
		outcome_pass(outcome, "the child started unregistered");
	registration_drop();
}
