/**
 * Kernels: two from one source tree, one as published and one without the fix, kept for the next proof.
 *
 * In: an architecture. Out: the paths of both images. The cache key is what the images are made of: the version of the
 * source package, the options, the reverting patch and the compiler. The tree itself (1.7 GB) is removed afterwards.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crossPrefix } from './arches.mjs';
import { Fault } from './fault.mjs';
import { sourceTar } from './requirements.mjs';
import { runCommand } from './run-command.mjs';

export const variants = ['stock', 'reverted'];

const revertPatch = fileURLToPath(new URL('./without-new-task-mark.patch', import.meta.url));

function textOf(command, ...args) {
  return spawnSync(command, args, { encoding: 'utf8' }).stdout?.trim() ?? '';
}

function cacheFolder(arch) {
  const version = textOf('dpkg-query', '-W', 'linux-source-6.1').split('\t')[1] || 'unpackaged';
  const made = [
    arch.options.join('\n'),
    readFileSync(revertPatch),
    textOf(`${crossPrefix(arch)}gcc`, '--version'),
  ];
  const hash = createHash('sha256');
  for (const part of made) hash.update(part);
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const name = `${version}-${arch.kernelArch}-${hash.digest('hex').slice(0, 12)}`;
  return join(base, 'patchtrail', 'kernels', name);
}

export function findKernels(arch) {
  const folder = cacheFolder(arch);
  const images = Object.fromEntries(variants.map((variant) => [variant, join(folder, variant)]));
  return { folder, images, complete: Object.values(images).every((image) => existsSync(image)) };
}

/** A proof that was killed could not remove its tree. */
function removeLeftTrees(folder) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = Number(/^tree-(\d+)$/.exec(name)?.[1]);
    if (pid > 0 && !existsSync(`/proc/${pid}`)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

export async function buildKernels(arch, tell) {
  const { folder, images } = findKernels(arch);
  const work = join(folder, `tree-${process.pid}`);
  const log = join(folder, 'build.log');
  const step = async (sentence, command, args) => {
    tell(sentence);
    const { status } = await runCommand(command, args, { log, nice: true });
    if (status === 0) return;
    const last = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
    throw new Fault(70, `the kernel build stopped at "${sentence}", see ${log}:\n${last}`);
  };
  const source = join(work, 'linux-source-6.1');
  const objects = join(work, 'objects');
  const make = [
    '-s',
    `-j${availableParallelism()}`,
    '-C',
    source,
    `O=${objects}`,
    `ARCH=${arch.kernelArch}`,
    `CROSS_COMPILE=${crossPrefix(arch)}`,
    'KBUILD_BUILD_USER=patchtrail',
    'KBUILD_BUILD_HOST=prove',
  ];
  removeLeftTrees(folder);
  mkdirSync(objects, { recursive: true });
  try {
    await step('unpacking the source', 'tar', ['-C', work, '-xf', sourceTar]);
    await step('making the smallest configuration', 'make', [...make, 'tinyconfig']);
    appendFileSync(join(objects, '.config'), arch.options.map((option) => `CONFIG_${option}\n`).join(''));
    await step('adding what the guest needs', 'make', [...make, 'olddefconfig']);
    assertConfigured(arch, join(objects, '.config'));
    for (const variant of variants) {
      if (variant === 'reverted')
        await step('taking the fix out', 'patch', ['-d', source, '-p1', '-s', '-i', revertPatch]);
      assertMarks(join(source, 'kernel/sched/core.c'), variant === 'stock' ? 2 : 0);
      await step(`building the ${variant} kernel (minutes)`, 'make', [
        ...make,
        `LOCALVERSION=-${variant}`,
        arch.goal,
      ]);
      // Renamed into place: a build that is stopped half-way leaves no image that looks whole.
      copyFileSync(join(objects, arch.image), `${images[variant]}.new`);
      renameSync(`${images[variant]}.new`, images[variant]);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return images;
}

/** An option whose dependencies are not met is dropped silently by the kernel's own tool. */
function assertConfigured(arch, path) {
  const lines = new Set(readFileSync(path, 'utf8').split('\n'));
  const dropped = arch.options.filter((option) => !lines.has(`CONFIG_${option}`));
  if (dropped.length > 0) throw new Fault(70, `the kernel did not take: ${dropped.join(', ')}`);
}

/** Both marks of ce3614daabea, or none: a tree in between would show the right behaviour for a wrong reason. */
function assertMarks(path, wanted) {
  const found = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line === '\trseq_migrate(p);').length;
  if (found !== wanted) throw new Fault(70, `${path} holds ${found} marks of new tasks, expected ${wanted}`);
}
