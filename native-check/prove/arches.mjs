/**
 * Architectures a proof can run on, one row each: how its kernel is built and how qemu starts it.
 *
 * In: a name of `--arch`. Out: the row. The options go on top of the kernel's own `tinyconfig`: little more than what
 * a static program, a console and several CPUs need, so that a build takes minutes and a boot seconds.
 */

const common = [
  'SMP=y',
  'NR_CPUS=8',
  'EXPERT=y',
  'RSEQ=y',
  'MEMBARRIER=y',
  'MULTIUSER=y',
  'FUTEX=y',
  'POSIX_TIMERS=y',
  'HIGH_RES_TIMERS=y',
  'HZ_1000=y',
  'SHMEM=y',
  'BLK_DEV_INITRD=y',
  'BINFMT_ELF=y',
  'PRINTK=y',
  'TTY=y',
  'PROC_FS=y',
  'SYSFS=y',
];

export const arches = {
  x86_64: {
    host: 'x86_64',
    kernelArch: 'x86',
    goal: 'bzImage',
    image: 'arch/x86/boot/bzImage',
    cross: { prefix: 'x86_64-linux-gnu-', packages: ['gcc-x86-64-linux-gnu', 'libc6-dev-amd64-cross'] },
    checkerTarget: 'x86_64',
    qemu: { command: 'qemu-system-x86_64', package: 'qemu-system-x86', args: ['-machine', 'pc'] },
    // Without ACPI the guest learns its CPUs from SeaBIOS, which lists one for each socket.
    smp: (cpus) => `${cpus},sockets=${cpus},cores=1,threads=1`,
    // A loaded host makes the emulated timer too slow for the boot-time test of it, which then panics.
    append: 'console=ttyS0 reboot=t no_timer_check',
    options: [...common, '64BIT=y', 'X86_MPPARSE=y', 'SERIAL_8250=y', 'SERIAL_8250_CONSOLE=y'],
  },
  arm64: {
    host: 'aarch64',
    kernelArch: 'arm64',
    goal: 'Image',
    image: 'arch/arm64/boot/Image',
    cross: { prefix: 'aarch64-linux-gnu-', packages: ['gcc-aarch64-linux-gnu', 'libc6-dev-arm64-cross'] },
    checkerTarget: 'aarch64',
    qemu: { command: 'qemu-system-aarch64', package: 'qemu-system-arm', args: ['-machine', 'virt'] },
    smp: (cpus) => `${cpus}`,
    append: 'console=ttyAMA0',
    options: [...common, 'SERIAL_AMBA_PL011=y', 'SERIAL_AMBA_PL011_CONSOLE=y'],
  },
};

/** The compiler prefix: empty where the guest is of the host's own architecture. */
export function crossPrefix(arch) {
  const host = { x64: 'x86_64', arm64: 'aarch64' }[process.arch] ?? process.arch;
  return host === arch.host ? '' : arch.cross.prefix;
}
