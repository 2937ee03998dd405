/*
 * The endless critical section, in assembler: its addresses must be exact, and the word before the abort
 * address must be the registered signature (written as an instruction that no program executes).
 *
 * x86_64 and aarch64 so far; elsewhere the checks that need it are skipped.
 */
#include "critical-section.h"

#if defined(__x86_64__) || defined(__aarch64__)

/*
 * Global and hidden: out of three local labels aarch64's linker makes one slot of the address table, and they
 * come out equal.
 */
#define HIDDEN __attribute__((visibility("hidden")))

extern HIDDEN const char pt_section_start[], pt_section_end[], pt_section_abort[];
HIDDEN void pt_section_enter(volatile uint64_t *descriptor_field, uint64_t descriptor);

#define GLOBALS                                                                                          \
	".text\n"                                                                                        \
	".balign 16\n"                                                                                   \
	".globl pt_section_enter, pt_section_start, pt_section_end, pt_section_abort\n"                  \
	".hidden pt_section_enter, pt_section_start, pt_section_end, pt_section_abort\n"

#if defined(__x86_64__)
__asm__(GLOBALS
	".type pt_section_enter, @function\n"
	"pt_section_enter:\n"
	"	movq %rsi, (%rdi)\n"
	"pt_section_start:\n"
	"	pause\n"
	"	jmp pt_section_start\n"
	"pt_section_end:\n"
	"	.byte 0x0f, 0xb9, 0x3d\n" /* ud1 with the signature as displacement: disassemblers stay in step */
	"	.long 0x53053053\n"
	"pt_section_abort:\n"
	"	ret\n"
	".size pt_section_enter, . - pt_section_enter\n");
#else
__asm__(GLOBALS
	".type pt_section_enter, %function\n"
	"pt_section_enter:\n"
	"	str x1, [x0]\n"
	"pt_section_start:\n"
	"	yield\n"
	"	b pt_section_start\n"
	"pt_section_end:\n"
	"	.inst 0xd428bc00\n"
	"pt_section_abort:\n"
	"	ret\n"
	".size pt_section_enter, . - pt_section_enter\n");
#endif

bool section_loop_known(void)
{
	return true;
}

void section_loop_run(struct rseq_area *area)
{
	static struct rseq_section loop RSEQ_SECTION_ALIGNED;

	loop.start_ip = (uint64_t)(uintptr_t)pt_section_start;
	loop.post_commit_offset = (uintptr_t)pt_section_end - (uintptr_t)pt_section_start;
	loop.abort_ip = (uint64_t)(uintptr_t)pt_section_abort;
	pt_section_enter(&area->rseq_cs, (uint64_t)(uintptr_t)&loop);
}

#else

bool section_loop_known(void)
{
	return false;
}

void section_loop_run(struct rseq_area *area)
{
	(void)area;
}

#endif
