/*
 * Machine facts, each from the one file or call that holds it; a fact that cannot be read stays empty.
 */
#include "machine.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#include "registration.h"

static bool read_start(const char *path, char *text, size_t room)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	size_t held = 0;
	ssize_t got;

	text[0] = '\0';
	if (file < 0)
		return false;
	while (held + 1 < room && (got = read(file, text + held, room - 1 - held)) > 0)
		held += (size_t)got;
	text[held] = '\0';
	close(file);
	return held > 0;
}

static void read_line(const char *path, char *text, size_t room)
{
	read_start(path, text, room);
	text[strcspn(text, "\n")] = '\0';
}

/* The value of "Key: value" or "key\t: value", as /proc writes them. */
static bool find_field(const char *text, const char *key, char *value, size_t room)
{
	for (const char *line = text; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
		const char *rest = line + strlen(key);

		if (strncmp(line, key, strlen(key)) != 0)
			continue;
		rest += strspn(rest, " \t");
		if (*rest != ':')
			continue;
		rest += 1 + strspn(rest + 1, " \t");
		snprintf(value, room, "%.*s", (int)strcspn(rest, "\n"), rest);
		return true;
	}
	return false;
}

static void read_cpu(struct machine *machine)
{
	char text[16384], flags[4096];

	if (!read_start("/proc/cpuinfo", text, sizeof text))
		return;
	if (!find_field(text, "model name", machine->cpu_model, sizeof machine->cpu_model) &&
	    !find_field(text, "uarch", machine->cpu_model, sizeof machine->cpu_model))
		find_field(text, "CPU part", machine->cpu_model, sizeof machine->cpu_model);
	machine->hypervisor =
		find_field(text, "flags", flags, sizeof flags) && strstr(flags, " hypervisor") != NULL;
}

static void read_container(struct machine *machine)
{
	static const struct {
		const char *path, *word, *name;
	} hints[] = {
		{ "/proc/version", "gVisor", "gvisor" },
		{ "/.dockerenv", NULL, "docker" },
		{ "/run/.containerenv", NULL, "podman" },
		{ "/proc/self/cgroup", "kubepods", "kubernetes" },
		{ "/proc/self/cgroup", "docker", "docker" },
		{ "/proc/self/cgroup", "lxc", "lxc" },
	};
	char text[4096];

	for (size_t row = 0; row < sizeof hints / sizeof *hints; row++) {
		bool seen = hints[row].word ? read_start(hints[row].path, text, sizeof text) &&
						      strstr(text, hints[row].word) != NULL
					    : access(hints[row].path, F_OK) == 0;

		if (seen) {
			snprintf(machine->container, sizeof machine->container, "%s", hints[row].name);
			return;
		}
	}
	snprintf(machine->container, sizeof machine->container, "none");
}

static void read_status(struct machine *machine)
{
	char text[8192], value[32];

	machine->seccomp = -1;
	if (!read_start("/proc/self/status", text, sizeof text))
		return;
	if (find_field(text, "Seccomp", value, sizeof value))
		machine->seccomp = atoi(value);
	if (find_field(text, "TracerPid", value, sizeof value))
		machine->tracer_pid = atoi(value);
}

void machine_read(struct machine *machine, const struct cpu_mask *allowed)
{
	struct utsname names;

	memset(machine, 0, sizeof *machine);
	if (uname(&names) == 0) {
		snprintf(machine->release, sizeof machine->release, "%s", names.release);
		snprintf(machine->version, sizeof machine->version, "%s", names.version);
		snprintf(machine->arch, sizeof machine->arch, "%s", names.machine);
	}
	machine->parsed = release_parse(machine->release);
	machine->cpus_online = sysconf(_SC_NPROCESSORS_ONLN);
	cpu_list_render(allowed, machine->cpus_allowed, sizeof machine->cpus_allowed);
	read_cpu(machine);
	read_line("/sys/class/dmi/id/sys_vendor", machine->dmi_vendor, sizeof machine->dmi_vendor);
	read_container(machine);
	read_status(machine);
	read_line("/proc/sys/kernel/random/boot_id", machine->boot_id, sizeof machine->boot_id);
#ifdef __GLIBC__
	snprintf(machine->libc, sizeof machine->libc, "%s", gnu_get_libc_version());
#endif
	machine->registration = registration_is_own() ? "own" : "glibc";
	machine->feature_size = rseq_feature_size();
	machine->alignment = rseq_alignment();
}
