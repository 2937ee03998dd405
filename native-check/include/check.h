/*
 * Checks: the row each one fills in the table of ../src/checks.c, and what it gets to work with.
 *
 * A check runs in a forked worker of its own: it may crash, hang or be killed without harm to the others.
 */
#ifndef PT_CHECK_H
#define PT_CHECK_H

#include "cpu-mask.h"
#include "machine.h"
#include "options.h"
#include "outcome.h"

/* Needs are tested in the worker before `run`; an unmet one is a skip with its reason. */
enum need {
	NEED_OWN_AREA = 1,
	NEED_TWO_CPUS = 2,
	NEED_SECTIONS = 4,
	NEED_MM_CID = 8,
};

struct context {
	const struct options *options;
	const struct machine *machine;
	struct cpu_mask allowed;
	unsigned cpus;
	struct outcome *outcome;
	uint64_t deadline_ms;
};

/* How a worker ended, as the supervisor saw it. */
struct ending {
	int exit_status;
	int signal;
	bool timed_out, cancelled, cpus_changed;
	int start_error; /* errno of a refused fork */
	uint64_t duration_ms;
};

struct check {
	const char *name;
	const char *title;
	const char *kind; /* "fix": a tracked fix, "abi": promised behaviour, "info": no promise broken */
	unsigned needs;
	const char *fix; /* mainline commit, NULL when the row is not about one */
	void (*run)(struct context *context);
	/* NULL: the worker's own status stands. */
	void (*judge)(const struct context *context, const struct ending *ending);
};

extern const struct check checks[];
extern const unsigned checks_count;

const struct check *check_find(const char *name);
void needs_render(unsigned needs, char *text, size_t room);
const char *needs_unmet(const struct context *context, unsigned needs);

#define CHECK_RUN(name) void name(struct context *context)

CHECK_RUN(run_new_task_cpu_id);
CHECK_RUN(run_control_detector);
CHECK_RUN(run_clone_vm_unregisters);
CHECK_RUN(run_unregister_flags);
CHECK_RUN(run_unregister_resets);
CHECK_RUN(run_register_errors);
CHECK_RUN(run_inherit);
CHECK_RUN(run_follow_affinity);
CHECK_RUN(run_sched_getcpu);
CHECK_RUN(run_cs_abort_signal);
CHECK_RUN(run_cs_abort_preempt);
CHECK_RUN(run_cs_abort_migrate);
CHECK_RUN(run_cs_lazy_clear);
CHECK_RUN(run_bad_signature);
CHECK_RUN(run_membarrier_rseq);
CHECK_RUN(run_mm_cid_unique);
CHECK_RUN(run_auxv);
CHECK_RUN(run_slice_extension);

void judge_new_task_cpu_id(const struct context *context, const struct ending *ending);

#endif
