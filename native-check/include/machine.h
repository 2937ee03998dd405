/*
 * Machine facts: what identifies the kernel and the surroundings a report was made in.
 *
 * Host and user names are never read: a report may be published.
 */
#ifndef PT_MACHINE_H
#define PT_MACHINE_H

#include <stdbool.h>

#include "cpu-mask.h"
#include "release.h"
#include "verdict.h"

struct machine {
	char release[96];
	char version[160];
	char arch[65];
	char cpu_model[96];
	long cpus_online;
	char cpus_allowed[256];
	bool hypervisor;
	char dmi_vendor[64];
	char container[24];
	int seccomp;
	int tracer_pid;
	char boot_id[40];
	char libc[40];
	const char *registration; /* "own", "glibc" or "none" */
	unsigned long feature_size, alignment;
	struct release parsed;
};

void machine_read(struct machine *machine, const struct cpu_mask *allowed);

/* Looks at /proc/config.gz, then /boot: only worth it when the kernel refuses rseq. */
enum config_rseq kernel_config_rseq(const char *release);
enum config_rseq kernel_config_scan(const char *text);

#endif
