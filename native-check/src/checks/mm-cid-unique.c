/*
 * mm-cid-unique: two threads of one process must never hold the same concurrency id at the same time.
 *
 * A publisher stores its id with a running number; the observer notes its own id, waits until the number
 * grew by two (so the second id was surely read inside that window) and looks again. Only a window in
 * which the observer was never switched out proves anything. A lock per id would be wrong: a preempted
 * holder gives its id back.
 */
#include <pthread.h>
#include <sys/resource.h>

#include "check.h"
#include "kernel-call.h"
#include "registration.h"

enum { RUN_MS = 500, CROWDED_RUN_MS = 2500, ENOUGH_WINDOWS = 100, THREADS = 2 };

static struct rseq_area areas[THREADS] RSEQ_AREA_ALIGNED;
static volatile uint64_t published; /* running number << 8 | id */
static volatile int over;

static void *publish(void *answer)
{
	int *refused = answer;
	uint64_t number = 0;

	*refused = call_rseq(&areas[1], RSEQ_LENGTH_FIRST, 0, RSEQ_SIGNATURE);
	while (*refused == 0 && !over)
		__atomic_store_n(&published, ++number << 8 | (areas[1].mm_cid & 0xff), __ATOMIC_SEQ_CST);
	call_rseq(&areas[1], RSEQ_LENGTH_FIRST, RSEQ_UNREGISTER, RSEQ_SIGNATURE);
	return NULL;
}

static long switch_count(void)
{
	struct rusage usage;

	getrusage(RUSAGE_THREAD, &usage);
	return usage.ru_nvcsw + usage.ru_nivcsw;
}

struct tally {
	uint32_t windows, shared, too_high;
};

/* One window; false when the publisher no longer runs. */
static bool watch_window(struct tally *tally, uint64_t limit)
{
	const long switches = switch_count();
	const uint32_t id = areas[0].mm_cid;
	const uint64_t first = __atomic_load_n(&published, __ATOMIC_SEQ_CST) >> 8;
	uint64_t word;

	do {
		word = __atomic_load_n(&published, __ATOMIC_SEQ_CST);
		if ((word >> 8) % 4096 == 0 && now_ms() >= limit)
			return false;
	} while (word >> 8 < first + 2);
	if (areas[0].mm_cid != id || switch_count() != switches)
		return true;
	tally->windows++;
	tally->shared += (word & 0xff) == (id & 0xff);
	tally->too_high += id >= THREADS;
	return true;
}

static void observe(struct outcome *outcome, struct tally *tally)
{
	const uint64_t start = now_ms(), limit = start + CROWDED_RUN_MS;

	while (published == 0 && now_ms() < limit)
		sleep_us(100);
	while (!outcome->cancel && watch_window(tally, limit))
		if (now_ms() >= (tally->windows < ENOUGH_WINDOWS ? limit : start + RUN_MS))
			break;
}

void run_mm_cid_unique(struct context *context)
{
	struct outcome *outcome = context->outcome;
	struct tally tally = { 0 };
	pthread_t publisher;
	int refused = 0;

	if (call_rseq(&areas[0], RSEQ_LENGTH_FIRST, 0, RSEQ_SIGNATURE) != 0)
		return;
	if (pthread_create(&publisher, NULL, publish, &refused) != 0) {
		outcome_set(outcome, STATUS_INCONCLUSIVE, "syscall-denied", "no thread could be started");
		return;
	}
	observe(outcome, &tally);
	over = 1;
	pthread_join(publisher, NULL);
	call_rseq(&areas[0], RSEQ_LENGTH_FIRST, RSEQ_UNREGISTER, RSEQ_SIGNATURE);
	if (tally.shared > 0 || tally.too_high > 0)
		outcome_set(outcome, STATUS_FAIL, "id-not-unique", "%u windows: %u with one id twice, %u too high",
			    tally.windows, tally.shared, tally.too_high);
	else if (tally.windows < ENOUGH_WINDOWS)
		outcome_set(outcome, STATUS_INCONCLUSIVE, "few-windows", "only %u windows", tally.windows);
	else
		outcome_pass(outcome, "never twice in %u windows", tally.windows);
}
