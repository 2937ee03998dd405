/*
 * The rseq area as the kernel sees it, and the numbers of its system call.
 *
 * Own definition instead of <linux/rseq.h>: the checker must build with headers older than the kernel it
 * judges. Offsets are ABI since 4.18 (node_id, mm_cid since 6.3). Every field is volatile because the
 * kernel writes it between two instructions of ours.
 */
#ifndef PT_RSEQ_AREA_H
#define PT_RSEQ_AREA_H

#include <stddef.h>
#include <stdint.h>

struct rseq_area {
	volatile uint32_t cpu_id_start;
	volatile uint32_t cpu_id;
	volatile uint64_t rseq_cs;
	volatile uint32_t flags;
	volatile uint32_t node_id;
	volatile uint32_t mm_cid;
	volatile uint32_t later_fields[57];
};

_Static_assert(offsetof(struct rseq_area, rseq_cs) == 8, "rseq_cs is at 8");
_Static_assert(offsetof(struct rseq_area, node_id) == 20, "node_id is at 20");
_Static_assert(offsetof(struct rseq_area, mm_cid) == 24, "mm_cid is at 24");
_Static_assert(sizeof(struct rseq_area) == 256, "room for what later kernels add");

/* Descriptor of a critical section, ABI as well; must itself be 32-byte aligned. */
struct rseq_section {
	uint32_t version;
	uint32_t flags;
	uint64_t start_ip;
	uint64_t post_commit_offset;
	uint64_t abort_ip;
};

#define RSEQ_AREA_ALIGNED __attribute__((aligned(256)))
#define RSEQ_SECTION_ALIGNED __attribute__((aligned(32)))

enum {
	RSEQ_LENGTH_FIRST = 32, /* the only length kernels before 6.3 take */
	RSEQ_UNREGISTER = 1,
};

#define RSEQ_CPU_UNREGISTERED ((uint32_t)-1)

/* The word before an abort address must be the one libc registered, so each architecture has its own. */
#if defined(__x86_64__) || defined(__i386__)
#define RSEQ_SIGNATURE 0x53053053u
#elif defined(__aarch64__)
#define RSEQ_SIGNATURE 0xd428bc00u
#elif defined(__arm__)
#define RSEQ_SIGNATURE 0xe7f5def3u
#elif defined(__riscv)
#define RSEQ_SIGNATURE 0xf1401073u
#elif defined(__powerpc__)
#define RSEQ_SIGNATURE 0x0fe5000bu
#elif defined(__s390__)
#define RSEQ_SIGNATURE 0xb2ff0fffu
#else
#define RSEQ_SIGNATURE 0x50415443u
#endif

#endif
