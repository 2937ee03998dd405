/*
 * Trials: one child after the other (or in bursts), each proving on which CPU it woke and what it was
 * told.
 *
 * A child is `stale` only by a proof no race can fake: it pins itself to the CPU it already runs on, so
 * nothing migrates or preempts, and from then on a correct kernel must show that CPU for ever (every later
 * switch rewrites the field). A move by hotplug or a cpuset would show in the CPU asked for before and
 * after the read.
 */
#include "trial.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cpu-mask.h"
#include "kernel-call.h"

enum slot_outcome { SLOT_EMPTY, SLOT_EQUAL, SLOT_STALE, SLOT_RACED, SLOT_DENIED };

struct slot {
	volatile uint32_t r1, g1, g2, r3, r4, answered;
	volatile enum slot_outcome outcome;
};

static void leave(struct slot *slot, enum slot_outcome outcome)
{
	slot->outcome = outcome;
	_exit(0);
}

/* Nothing here may print, allocate or lock: the child is a copy of a process it knows nothing about. */
static void child_look(struct slot *slot, uint32_t (*read)(void))
{
	uint32_t r1 = read();
	uint32_t g1, g2, g3, r3;

	slot->r1 = r1;
	/* A filter that fails getcpu leaves the number unset: unchecked, every trial would look stale. */
	if (call_getcpu(&g1, NULL) != 0)
		leave(slot, SLOT_DENIED);
	slot->g1 = g1;
	slot->answered = 1;
	if (read() == g1)
		leave(slot, SLOT_EQUAL);
	if (cpu_pin(g1) != 0)
		leave(slot, SLOT_DENIED);
	if (call_getcpu(&g2, NULL) != 0)
		leave(slot, SLOT_DENIED);
	r3 = read();
	if (call_getcpu(&g3, NULL) != 0)
		leave(slot, SLOT_DENIED);
	slot->g2 = g2;
	slot->r3 = r3;
	if (g2 != g1 || g3 != g1 || r3 == g1)
		leave(slot, SLOT_RACED);
	/* 1 ms, since a shorter sleep may end without a switch; whether it heals is evidence, not a condition. */
	sleep_us(1000);
	slot->r4 = read();
	leave(slot, SLOT_STALE);
}

static void on_heartbeat(int signal)
{
	(void)signal;
}

void heartbeat_start(void)
{
	struct sigaction wake = { .sa_handler = on_heartbeat };
	struct itimerval beat = { { 0, 100000 }, { 0, 100000 } };

	sigaction(SIGALRM, &wake, NULL);
	setitimer(ITIMER_REAL, &beat, NULL);
}

void heartbeat_stop(void)
{
	struct itimerval none = { { 0, 0 }, { 0, 0 } };

	setitimer(ITIMER_REAL, &none, NULL);
}

enum reaped child_reap(pid_t child, const volatile int *cancel)
{
	const uint64_t limit = now_ms() + CHILD_LIMIT_MS;

	while (waitpid(child, NULL, 0) != child) {
		enum reaped end = cancel && *cancel ? REAP_CANCELLED : REAP_LOST;

		if (errno == EINTR && end == REAP_LOST && now_ms() < limit)
			continue;
		kill(child, SIGKILL);
		while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
			continue;
		return end;
	}
	return REAPED;
}

static void keep_sample(struct outcome *into, uint32_t trial, uint32_t inherited, const struct slot *slot)
{
	struct sample *sample;

	if (into == NULL || into->samples_held >= SAMPLE_ROOM)
		return;
	sample = &into->samples[into->samples_held];
	*sample = (struct sample){ trial,    inherited, slot->r1, slot->g1, slot->g2, slot->r3,
				   slot->r4 == slot->g1 };
	into->samples_held++;
}

static void count_slot(const struct series *series, uint32_t inherited, const struct slot *slot)
{
	struct counts *counts = series->counts;

	counts->trials++;
	if (slot->answered && slot->g1 != inherited)
		counts->effective++;
	switch (slot->outcome) {
	case SLOT_EQUAL:
		counts->equal++;
		break;
	case SLOT_RACED:
		counts->raced++;
		break;
	case SLOT_DENIED:
		counts->denied++;
		break;
	case SLOT_STALE:
		counts->stale++;
		counts->healed += slot->r4 == slot->g1;
		keep_sample(series->samples, counts->trials, inherited, slot);
		break;
	default:
		counts->lost++;
	}
}

/* The number a child will inherit; -1 when the parent itself is not where its area says. */
static int settle_parent(const struct series *series, uint32_t *inherited)
{
	uint32_t cpu;

	if (call_getcpu(&cpu, NULL) != 0) {
		series->counts->denied++;
		return -1;
	}
	if (series->prepare)
		series->prepare(cpu);
	*inherited = series->read();
	if (*inherited == cpu)
		return 0;
	series->counts->moved++;
	sleep_us(1000);
	return -1;
}

static void run_burst(const struct series *series, struct slot *slots)
{
	pid_t children[BURST_ROOM];
	uint32_t inherited[BURST_ROOM];
	unsigned started = 0;

	memset((void *)slots, 0, BURST_ROOM * sizeof *slots);
	while (started < series->burst && settle_parent(series, &inherited[started]) == 0) {
		pid_t child = call_fork();

		if (child == 0)
			child_look(&slots[started], series->read);
		if (child < 0) {
			series->counts->denied++;
			break;
		}
		children[started++] = child;
	}
	for (unsigned n = 0; n < started; n++) {
		enum reaped end = child_reap(children[n], series->cancel);

		/* A child that hung after its answer has given it: only a cancelled one proves nothing. */
		if (end != REAP_CANCELLED)
			count_slot(series, inherited[n], &slots[n]);
	}
}

void series_run(const struct series *series)
{
	struct slot *slots = mmap(NULL, BURST_ROOM * sizeof *slots, PROT_READ | PROT_WRITE,
				  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const uint32_t effective_end = series->counts->effective + series->stop_effective;
	const uint32_t stale_end = series->counts->stale + series->stop_stale;

	if (slots == MAP_FAILED) {
		series->counts->denied++;
		return;
	}
	heartbeat_start();
	while (series->counts->effective < effective_end && series->counts->stale < stale_end) {
		if ((series->cancel && *series->cancel) || now_ms() >= series->deadline_ms)
			break;
		/* A refusal will not go away by trying ten thousand times more. */
		if (series->counts->denied >= DENIED_ENOUGH)
			break;
		run_burst(series, slots);
	}
	heartbeat_stop();
	munmap(slots, BURST_ROOM * sizeof *slots);
}
