/*
 * Kernel calls: the few system calls whose raw form matters here.
 *
 * Each returns 0 (or a pid) or -errno. libc's wrappers are avoided on purpose: fork handlers, a cached
 * CPU number or the vDSO would put other code between the kernel and what is measured.
 */
#ifndef PT_KERNEL_CALL_H
#define PT_KERNEL_CALL_H

#include <stdint.h>
#include <sys/types.h>

struct rseq_area;

int call_rseq(struct rseq_area *area, uint32_t length, int flags, uint32_t signature);
int call_getcpu(uint32_t *cpu, uint32_t *node);
pid_t call_fork(void);

void sleep_us(long us);
uint64_t now_ms(void);

#endif
