/*
 * inherit: a thread starts unregistered, a fork child keeps the registration, an exec drops it.
 */
#include <errno.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "inner.h"
#include "kernel-call.h"
#include "registration.h"
#include "trial.h"

static struct rseq_area thread_area RSEQ_AREA_ALIGNED;

static void *register_in_thread(void *into)
{
	*(int *)into = call_rseq(&thread_area, RSEQ_LENGTH_FIRST, 0, RSEQ_SIGNATURE);
	call_rseq(&thread_area, RSEQ_LENGTH_FIRST, RSEQ_UNREGISTER, RSEQ_SIGNATURE);
	return NULL;
}

static bool thread_starts_unregistered(struct outcome *outcome)
{
	pthread_t thread;
	int answer = 1;

	if (pthread_create(&thread, NULL, register_in_thread, &answer) != 0) {
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "no thread could be started");
		return false;
	}
	pthread_join(thread, NULL);
	return outcome_expect(outcome, "a thread registers anew", 0, answer);
}

/* The child answers by its exit status: 1 for the first wrong answer, 2 for the second. */
static bool fork_keeps_registration(struct outcome *outcome)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		if (call_rseq(registered_area(), RSEQ_LENGTH_FIRST, 0, RSEQ_SIGNATURE) != -EBUSY)
			_exit(1);
		_exit(call_rseq(&thread_area, RSEQ_LENGTH_FIRST, 0, RSEQ_SIGNATURE) == -EINVAL ? 0 : 2);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	return outcome_expect(outcome, "a fork child is still registered (1: same area, 2: another)", 0,
			      child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -ECHILD);
}

static bool exec_starts_unregistered(struct outcome *outcome)
{
	int32_t answer = -1;
	size_t got = 0;
	int status;

	if (!inner_run("register", false, &answer, sizeof answer, &got, &status) || got != sizeof answer) {
		outcome_set(outcome, STATUS_INCONCLUSIVE, "no-exec", "this program could not be started once more");
		return false;
	}
	return outcome_expect(outcome, "an exec starts unregistered", 0, -answer);
}

void run_inherit(struct context *context)
{
	struct outcome *outcome = context->outcome;

	if (registration_take(RSEQ_LENGTH_FIRST) != 0)
		return;
	if (thread_starts_unregistered(outcome) && fork_keeps_registration(outcome) &&
	    exec_starts_unregistered(outcome))
		outcome_pass(outcome, "thread and exec start unregistered, a fork child stays registered");
	registration_drop();
}
