/**
 * Machine proof: what this machine can prove about kernels, and what it lacks for more.
 *
 * In: facts about the machine, read from /proc and PATH. Out: sentences for `patchtrail doctor`. Nothing is started.
 */
import { accessSync, constants, readFileSync } from 'node:fs';
import { arch, availableParallelism, release } from 'node:os';
import { join } from 'node:path';
import { compareKernelReleases, type KernelRelease, parseKernelRelease } from '../../ingest/model/kernel.ts';

export interface MachineFacts {
  readonly platform: string;
  readonly arch: string;
  readonly release: string;
  readonly cpus: number;
  /** May take a realtime priority, which makes every trial count. */
  readonly mayUseRealtime: boolean;
  readonly isTraced: boolean;
  readonly isFiltered: boolean;
  readonly hasKvm: boolean;
  /** Names of the programs of `programs` that are installed. */
  readonly programs: ReadonlySet<string>;
}

const programs = [
  'cc',
  'make',
  'qemu-system-x86_64',
  'qemu-system-aarch64',
  'aarch64-linux-gnu-gcc',
  'riscv64-linux-gnu-gcc',
] as const;

/** From here on a new task keeps its parent's number on purpose, so a marker would, too: native-check/src/marker.c. */
const firstWithoutMarker: KernelRelease = { major: 6, minor: 19, patch: 0, rc: 0, local: '' };

/** CAP_SYS_NICE, as a bit of CapEff. */
const niceBit = 23n;

export function readMachineFacts(env: Readonly<Record<string, string | undefined>>): MachineFacts {
  const status = readProc('/proc/self/status');
  const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '0';
  const limit = /^Max realtime priority\s+(\S+)/m.exec(readProc('/proc/self/limits'))?.[1] ?? '0';
  const mayNice = ((BigInt(`0x${field('CapEff')}`) >> niceBit) & 1n) === 1n;
  const folders = (env.PATH ?? '').split(':').filter((folder) => folder !== '');
  return {
    platform: process.platform,
    arch: arch(),
    release: release(),
    cpus: availableParallelism(),
    mayUseRealtime: mayNice || limit === 'unlimited' || Number(limit) > 0,
    isTraced: field('TracerPid') !== '0',
    isFiltered: field('Seccomp') === '2',
    hasKvm: may('/dev/kvm', constants.R_OK | constants.W_OK),
    programs: new Set(
      programs.filter((name) => folders.some((folder) => may(join(folder, name), constants.X_OK))),
    ),
  };
}

/** One sentence for each thing that can be asked of a kernel here. */
export function describeMachine(facts: MachineFacts): string[] {
  const { platform, cpus, mayUseRealtime, isTraced, isFiltered, hasKvm } = facts;
  if (platform !== 'linux') return ['the kernel check runs on Linux only'];
  const has = (name: (typeof programs)[number]) => facts.programs.has(name);
  const canBuild = has('cc') && has('make');
  const running = parseKernelRelease(facts.release);
  const isMarked = running !== undefined && compareKernelReleases(running, firstWithoutMarker) < 0;
  const trials = mayUseRealtime ? 'at realtime priority' : 'in bursts';
  const method =
    cpus < 2
      ? `one usable CPU: ${isMarked ? 'only the marker method can answer' : 'no method can answer from Linux 6.19 on'}`
      : `${cpus} usable CPUs: ${isMarked ? 'both methods can answer' : 'the placement method can answer'}, ${trials}`;
  // A processor runs guests of its own kind only.
  const ownMachine = { x64: 'x86_64', arm64: 'aarch64' }[facts.arch];
  const acceleration = (machine: string) =>
    hasKvm && machine === ownMachine ? 'by emulation, or with KVM (ACCEL=kvm)' : 'by emulation';
  return [
    `kernel ${facts.release}, ${facts.arch}`,
    canBuild
      ? `the checker can be built here; ${method}`
      : 'the checker cannot be built here: install a C compiler and make (Debian: build-essential)',
    ...(isTraced ? ['this process is traced, which hides the bug: run the check without a tracer'] : []),
    ...(isFiltered ? ['a filter of system calls holds here (a container?): rseq may be refused'] : []),
    ...(
      [
        ['x86_64', 'qemu-system-x86_64', 'qemu-system-x86'],
        ['aarch64', 'qemu-system-aarch64', 'qemu-system-arm'],
      ] as const
    ).map(([machine, command, debian]) =>
      has(command)
        ? `other ${machine} kernels can be booted, ${acceleration(machine)}`
        : `other ${machine} kernels cannot be booted: ${command} is missing (Debian: ${debian})`,
    ),
    ...(['aarch64', 'riscv64'] as const)
      .filter((machine) => !has(`${machine}-linux-gnu-gcc`))
      .map((machine) => `no checker can be built for ${machine} (Debian: gcc-${machine}-linux-gnu)`),
  ];
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // No /proc here: nothing is known, and the sentences say less.
    return '';
  }
}

function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    // accessSync throws for what is not there or not ours.
    return false;
  }
}
