/*
 * Workers: one forked process a check, so that a crash is an answer and a hang has an end.
 *
 * The supervisor never handles a signal asynchronously: all it cares for are blocked and taken by a timed
 * wait. It is the subreaper of whatever a worker leaves behind, and kills that group before it goes on, so
 * that nothing survives a run; should the supervisor itself be killed, the parent-death signal takes the
 * worker.
 */
#include "worker.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel-call.h"

enum { TICK_MS = 100, CANCEL_GRACE_MS = 400 };

static sigset_t awaited, before;
static bool cancelled;

void supervisor_start(void)
{
	sigemptyset(&awaited);
	sigaddset(&awaited, SIGTERM);
	sigaddset(&awaited, SIGINT);
	sigaddset(&awaited, SIGHUP);
	sigaddset(&awaited, SIGCHLD);
	/* An inherited SIG_IGN would make children vanish without a status. */
	signal(SIGCHLD, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &awaited, &before);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

bool supervisor_cancelled(void)
{
	return cancelled;
}

void supervisor_cancel(void)
{
	cancelled = true;
}

static void take_signal(long wait_ms)
{
	struct timespec wait = { 0, wait_ms * 1000000 };
	int signal = sigtimedwait(&awaited, NULL, &wait);

	if (signal == SIGTERM || signal == SIGINT || signal == SIGHUP)
		cancelled = true;
}

static void forbid_core_file(void)
{
	struct rlimit core;

	/* 1, not 0: a limit of 0 still starts a crash handler that reads the dump from a pipe. */
	if (getrlimit(RLIMIT_CORE, &core) == 0) {
		core.rlim_cur = core.rlim_max > 0 ? 1 : 0;
		setrlimit(RLIMIT_CORE, &core);
	}
	prctl(PR_SET_DUMPABLE, 0);
}

static void work(const struct check *check, struct context *context, pid_t supervisor)
{
	const char *lacking;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != supervisor)
		_exit(EXIT_FAILURE);
	signal(SIGTERM, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGHUP, SIG_DFL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	forbid_core_file();

	lacking = needs_unmet(context, check->needs);
	if (lacking)
		outcome_set(context->outcome, STATUS_SKIP, lacking, "the surroundings lack what this check needs");
	else
		check->run(context);
	_exit(EXIT_SUCCESS);
}

/* Whoever is left of the worker's group, and whatever was handed to the subreaper. */
static void clean_up(pid_t worker)
{
	const uint64_t limit = now_ms() + CANCEL_GRACE_MS;

	kill(-worker, SIGKILL);
	for (;;) {
		pid_t reaped = waitpid(-1, NULL, WNOHANG);

		if (reaped < 0 && errno != EINTR)
			return;
		if (reaped == 0) {
			if (now_ms() >= limit)
				return;
			sleep_us(1000);
		}
	}
}

static void watch(pid_t worker, const struct check *check, struct context *context, uint64_t limit_ms,
		  worker_tick tick, struct ending *ending)
{
	const uint64_t start = now_ms();
	uint64_t kill_at = start + limit_ms;
	int status;

	while (waitpid(worker, &status, WNOHANG) == 0) {
		if (cancelled && !ending->cancelled) {
			ending->cancelled = true;
			context->outcome->cancel = 1;
			kill_at = now_ms() + CANCEL_GRACE_MS;
		}
		if (now_ms() >= kill_at) {
			ending->timed_out = !ending->cancelled;
			kill(-worker, SIGKILL);
			kill(worker, SIGKILL);
			while (waitpid(worker, &status, 0) < 0 && errno == EINTR)
				continue;
			status = 0;
			break;
		}
		take_signal(TICK_MS);
		tick(check, context->outcome, now_ms() - start);
	}
	ending->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	ending->exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

struct ending worker_run(const struct check *check, struct context *context, uint64_t limit_ms,
			 worker_tick tick)
{
	const uint64_t start = now_ms();
	const pid_t supervisor = getpid();
	struct ending ending = { 0 };
	struct cpu_mask after;
	pid_t worker = fork();

	if (worker == 0)
		work(check, context, supervisor);
	if (worker < 0) {
		ending.start_error = errno;
		return ending;
	}
	watch(worker, check, context, limit_ms, tick, &ending);
	clean_up(worker);
	ending.cpus_changed = cpu_mask_read(&after) == 0 && !cpu_mask_equal(&after, &context->allowed);
	ending.duration_ms = now_ms() - start;
	return ending;
}
