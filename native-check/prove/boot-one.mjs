/**
 * One boot of a given kernel image, for whoever wants a verdict on a kernel that is not running.
 *
 *   node native-check/prove/boot-one.mjs KERNEL [--arch x86_64|arm64] [--cpus N] [-- checker options]
 *
 * KERNEL is an image (bzImage, Image) or a Debian linux-image package; --arch is read off it where it is not said. Out:
 * the checker's lines on stdout, as in ../PROTOCOL.md, and its exit status. 70 when the guest gave no result: the kernel
 * must hold an initramfs loader, ELF programs, /proc and a serial console, as distributors' kernels do.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { arches } from './arches.mjs';
import { bootKernel, prepareGuest } from './boot.mjs';
import { Fault } from './fault.mjs';
import { readKernelArch } from './kernel-arch.mjs';
import { unpackKernel } from './kernel-package.mjs';
import { findMissingPackages } from './requirements.mjs';

function readCommand() {
  const stop = process.argv.indexOf('--');
  const ours = process.argv.slice(2, stop < 0 ? undefined : stop);
  const args = stop < 0 ? [] : process.argv.slice(stop + 1);
  const options = { arch: { type: 'string' }, cpus: { type: 'string', default: '2' } };
  const { values, positionals } = parseArgs({ args: ours, options, allowPositionals: true });
  const [kernel] = positionals;
  const isArch = values.arch === undefined || Object.hasOwn(arches, values.arch);
  if (positionals.length !== 1 || !isArch || !/^[1-8]$/.test(values.cpus))
    throw new Fault(
      64,
      'usage: boot-one.mjs KERNEL [--arch x86_64|arm64] [--cpus 1..8] [-- checker options]',
    );
  if (!existsSync(kernel)) throw new Fault(64, `no kernel at ${kernel}`);
  return { kernel, archName: values.arch, cpus: Number(values.cpus), args };
}

/** What was said, or what the image says of itself. */
function findArch(command, image) {
  const name = command.archName ?? readKernelArch(image);
  if (name !== undefined) return arches[name];
  throw new Fault(64, `${command.kernel} is no bzImage and no arm64 Image; --arch says what else it is`);
}

/** Only an x86 processor has a flag that tells the checker of the machine around it. */
function asVirtual(line) {
  return line.type === 'machine' ? { ...line, virtualization: 'hypervisor' } : line;
}

async function main() {
  const command = readCommand();
  const kernel = await unpackKernel(command.kernel);
  const arch = findArch(command, kernel.image);
  const missing = findMissingPackages(arch, false);
  if (missing.length > 0)
    throw new Fault(69, `packages are missing: apt-get install --no-install-recommends ${missing.join(' ')}`);
  const { files, remove } = await prepareGuest(arch);
  const boot = await bootKernel({ ...command, arch, kernel: kernel.image, files });
  remove();
  kernel.remove();
  if (boot.exit === undefined) {
    const last = boot.text.trimEnd().split('\n').slice(-8).join('\n');
    throw new Fault(70, `the guest gave no result; its last lines:\n${last}`);
  }
  for (const line of boot.lines) process.stdout.write(`${JSON.stringify(asVirtual(line))}\n`);
  return boot.exit;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Fault) && !error.code?.startsWith('ERR_PARSE_ARGS')) throw error;
  process.stderr.write(`boot-one: ${error.message}\n`);
  process.exitCode = error.exit ?? 64;
}
