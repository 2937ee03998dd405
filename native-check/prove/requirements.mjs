/**
 * Requirements: which Debian packages a proof still lacks on this machine.
 *
 * In: the architecture, and whether kernels must be built. Out: package names, each once. The names are Debian's since
 * the kernel source is, too.
 */
import { existsSync } from 'node:fs';
import { crossPrefix } from './arches.mjs';
import { hasCommand } from './run-command.mjs';

export const sourceTar = '/usr/src/linux-source-6.1.tar.xz';

const buildTools = [
  ['flex', 'flex'],
  ['bison', 'bison'],
  ['bc', 'bc'],
  ['xz', 'xz-utils'],
  ['tar', 'tar'],
  ['patch', 'patch'],
  ['perl', 'perl'],
];

export function findMissingPackages(arch, mustBuild) {
  const prefix = crossPrefix(arch);
  const missing = [];
  const need = (present, ...packages) => {
    if (!present) missing.push(...packages);
  };
  need(hasCommand(arch.qemu.command), arch.qemu.package);
  need(hasCommand('make'), 'make');
  need(hasCommand('gcc'), 'gcc', 'libc6-dev');
  if (prefix !== '') need(hasCommand(`${prefix}gcc`), ...arch.cross.packages);
  if (mustBuild) {
    for (const [command, name] of buildTools) need(hasCommand(command), name);
    need(existsSync('/usr/include/libelf.h'), 'libelf-dev');
    need(existsSync(sourceTar), 'linux-source-6.1');
  }
  return [...new Set(missing)];
}
