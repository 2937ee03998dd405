/**
 * Boots: one start of one kernel under qemu, with the checker as its only work.
 *
 * In: kernel, guest files, number of CPUs, the checker's arguments. Out: the checker's lines and exit status, or
 * `undefined` for both when the guest gave no result: a boot that fails is never a verdict. Emulated (TCG), since nested
 * virtualisation is missing or broken on too many hosts and the kernel under proof cannot tell the difference; ACCEL=kvm
 * in the environment asks for KVM.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crossPrefix } from './arches.mjs';
import { Fault } from './fault.mjs';
import { renderGuestFiles } from './guest-files.mjs';
import { runCommand } from './run-command.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));
const initSource = fileURLToPath(new URL('./guest-init.c', import.meta.url));
const bootLimitMs = 180_000;

async function demand(command, args) {
  const { status, output } = await runCommand(command, args);
  if (status !== 0) throw new Fault(70, `${command} ${args.join(' ')} failed:\n${output}`);
}

/** Builds checker and first process for the guest; the files live in a folder of their own until `remove`. */
export async function prepareGuest(arch) {
  const prefix = crossPrefix(arch);
  const own = prefix === '';
  const place = mkdtempSync(join(tmpdir(), 'patchtrail-prove-'));
  const remove = () => rmSync(place, { recursive: true, force: true });
  process.once('exit', remove);
  const init = join(place, 'init');
  await demand(`${prefix}gcc`, ['-O2', '-Wall', '-static', '-o', init, initSource]);
  await demand('make', ['-s', '-C', folder, own ? 'all' : arch.checkerTarget]);
  const checker = readFileSync(join(folder, 'build', own ? '' : arch.checkerTarget, 'check-native'));
  if (checker.includes('/lib64/ld-linux') || checker.includes('/lib/ld-linux')) assertStatic(checker);
  const files = join(place, 'files.cpio');
  writeFileSync(files, renderGuestFiles(readFileSync(init), checker));
  return { files, remove };
}

/** The guest has no libc: a program that asks for an interpreter (ELF segment type 3) cannot start there. */
function assertStatic(image) {
  const headers = Number(image.readBigUInt64LE(32));
  for (let n = 0; n < image.readUInt16LE(56); n++)
    if (image.readUInt32LE(headers + n * image.readUInt16LE(54)) === 3)
      throw new Fault(
        69,
        'the checker was linked dynamically; the guest needs it static (Debian: libc6-dev)',
      );
}

/** KVM runs guests of the host's own kind only. */
function accelerator(arch, wished = 'tcg') {
  if (wished === 'tcg') return ['-accel', 'tcg', '-cpu', 'max'];
  if (wished === 'kvm' && crossPrefix(arch) === '') return ['-accel', 'kvm', '-cpu', 'host'];
  throw new Fault(64, `ACCEL is tcg, or kvm where the guest is of this machine's own architecture`);
}

/** All arguments of qemu but its name. */
export function guestArguments({ arch, kernel, files, cpus, args }, accel) {
  const append = `${arch.append} quiet panic=-1 -- ${args.join(' ')}`;
  const fixed = ['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-serial', 'stdio'];
  const machine = [...arch.qemu.args, ...accelerator(arch, accel), '-m', '256', '-smp', arch.smp(cpus)];
  const guest = ['-kernel', kernel, '-initrd', files, '-append', append];
  return [...fixed, '-monitor', 'none', ...machine, ...guest];
}

export async function bootKernel(boot) {
  const started = performance.now();
  const { output } = await runCommand(boot.arch.qemu.command, guestArguments(boot, process.env.ACCEL), {
    timeoutMs: bootLimitMs,
    nice: true,
  });
  const wallMs = Math.round(performance.now() - started);
  const text = output.replaceAll('\r', '');
  const end = /^PT-GUEST-END (exit|signal) (\d+)$/m.exec(text);
  if (end === null) return { exit: undefined, lines: [], text, wallMs };
  const between = text.slice(text.indexOf('PT-GUEST-BEGIN'), end.index);
  const lines = between
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap(parseLine);
  return { exit: Number(end[2]) + (end[1] === 'signal' ? 128 : 0), lines, text, wallMs };
}

/** The kernel writes to the same console: a line it broke into is lost, and its absence shows. */
function parseLine(text) {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
