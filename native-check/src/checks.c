/*
 * The checks: one row each, in the order they run. A new check is one file in checks/ and one row here.
 */
#include "check.h"

#include <string.h>

const struct check checks[] = {
	{ "new-task-cpu-id", "a new task sees the CPU it runs on", "fix", 0,
	  "ce3614daabea8a2d01c1dd17ae41d1ec5e5ae7db", run_new_task_cpu_id, judge_new_task_cpu_id },
	{ "clone-vm-unregisters", "a child that shares memory starts unregistered", "fix", NEED_OWN_AREA,
	  "463f550fb47b", run_clone_vm_unregisters, NULL },
	{ "unregister-flags", "unregistering refuses unknown flags", "fix", NEED_OWN_AREA, NULL,
	  run_unregister_flags, NULL },
	{ "unregister-resets", "unregistering resets both CPU numbers", "fix", NEED_OWN_AREA, "2cb68e45120d",
	  run_unregister_resets, NULL },
	{ "register-errors", "wrong registrations get the documented errors", "abi", NEED_OWN_AREA, NULL,
	  run_register_errors, NULL },
	{ "inherit", "threads, forks and execs inherit what they should", "abi", NEED_OWN_AREA, NULL, run_inherit,
	  NULL },
	{ "follow-affinity", "the area follows the thread to each CPU", "abi", NEED_OWN_AREA, NULL,
	  run_follow_affinity, NULL },
	{ "control-detector", "the detector sees a value that nobody rewrites", "info", NEED_TWO_CPUS, NULL,
	  run_control_detector, NULL },
	{ "sched-getcpu", "libc tells a fork child the right CPU", "abi", NEED_TWO_CPUS, NULL, run_sched_getcpu,
	  NULL },
	{ "cs-abort-signal", "a signal aborts a critical section", "fix", NEED_OWN_AREA | NEED_SECTIONS,
	  "411c1cf43039", run_cs_abort_signal, NULL },
	{ "cs-abort-preempt", "preemption aborts a critical section", "fix", NEED_OWN_AREA | NEED_SECTIONS,
	  "411c1cf43039", run_cs_abort_preempt, NULL },
	{ "cs-abort-migrate", "migration aborts a critical section", "fix",
	  NEED_OWN_AREA | NEED_SECTIONS | NEED_TWO_CPUS, "411c1cf43039", run_cs_abort_migrate, NULL },
	{ "cs-lazy-clear", "a descriptor left behind is cleared", "abi", NEED_OWN_AREA, NULL, run_cs_lazy_clear,
	  NULL },
	{ "bad-signature", "an abort address without signature kills", "abi", NEED_OWN_AREA, NULL,
	  run_bad_signature, NULL },
	{ "membarrier-rseq", "membarrier restarts critical sections", "info", 0, NULL, run_membarrier_rseq, NULL },
	{ "mm-cid-unique", "two threads never hold one concurrency id", "abi",
	  NEED_OWN_AREA | NEED_TWO_CPUS | NEED_MM_CID, NULL, run_mm_cid_unique, NULL },
	{ "auxv", "the kernel advertises the size of the area", "info", 0, NULL, run_auxv, NULL },
	{ "slice-extension", "time slice extension is offered", "info", 0, NULL, run_slice_extension, NULL },
};

const unsigned checks_count = sizeof checks / sizeof *checks;

const struct check *check_find(const char *name)
{
	for (unsigned row = 0; row < checks_count; row++)
		if (strcmp(checks[row].name, name) == 0)
			return &checks[row];
	return NULL;
}
