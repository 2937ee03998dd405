/*
 * CPU masks: which CPUs this process may use, in the form of the kernel and in that of a person ("0-3,8").
 *
 * 8192 CPUs of room: libc's cpu_set_t ends at 1024, where the kernel answers a larger machine with EINVAL.
 */
#ifndef PT_CPU_MASK_H
#define PT_CPU_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CPU_MASK_ROOM = 8192, CPU_WORD_BITS = 8 * sizeof(unsigned long) };

struct cpu_mask {
	unsigned long words[CPU_MASK_ROOM / CPU_WORD_BITS];
};

bool cpu_mask_has(const struct cpu_mask *mask, unsigned cpu);
void cpu_mask_add(struct cpu_mask *mask, unsigned cpu);
unsigned cpu_mask_count(const struct cpu_mask *mask);
unsigned cpu_mask_nth(const struct cpu_mask *mask, unsigned n);
bool cpu_mask_equal(const struct cpu_mask *a, const struct cpu_mask *b);

/* Both return 0 or -errno; they act on the calling thread. */
int cpu_mask_read(struct cpu_mask *mask);
int cpu_mask_apply(const struct cpu_mask *mask);
int cpu_pin(unsigned cpu);

bool cpu_list_parse(const char *text, struct cpu_mask *mask);
void cpu_list_render(const struct cpu_mask *mask, char *text, size_t room);

#endif
