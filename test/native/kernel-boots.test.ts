/**
 * The checker on kernels: Debian's packaged cloud kernel, booted with the checker as its first program; and, where they
 * were built before, the two kernels of `npm run prove:native`.
 *
 * The package is fetched once into a cache outside of the checkout and unpacked, not installed. It is some 27 MB and the
 * boot is emulated, so this runs on CI, or where PATCHTRAIL_BOOT=1 asks for it.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { folder, lacks, parseLines } from './checker.ts';

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'patchtrail', 'packages');

/** The newest cloud kernel's package, from the cache or from Debian's archive. */
function packagedKernel(): string {
  mkdirSync(cache, { recursive: true });
  const held = () =>
    readdirSync(cache)
      .filter((name) => /^linux-image-.*-cloud-amd64_.*\.deb$/.test(name))
      .sort();
  if (held().length === 0) {
    const depends = spawnSync('apt-cache', ['depends', 'linux-image-cloud-amd64'], { encoding: 'utf8' });
    const name = /Depends: (linux-image-\S+-cloud-amd64)\s/.exec(depends.stdout)?.[1];
    assert.ok(name, 'apt knows no linux-image-cloud-amd64: run apt-get update');
    const fetched = spawnSync('apt-get', ['download', name], { cwd: cache, encoding: 'utf8' });
    assert.equal(fetched.status, 0, fetched.stderr);
  }
  return join(cache, held().at(-1) ?? '');
}

const load = (name: string) => import(pathToFileURL(`${folder}prove/${name}`).href);

const isAsked = process.env.CI === 'true' || process.env.PATCHTRAIL_BOOT === '1';

test("Debian's cloud kernel has the fix, told by a boot of its package", async (t) => {
  if (!isAsked) return t.skip('boots a kernel: set PATCHTRAIL_BOOT=1');
  if (process.arch !== 'x64') return t.skip('the package is for x86_64');
  if (lacks(t, 'cc', 'make', 'qemu-system-x86_64', 'dpkg-deb', 'apt-get')) return;
  const args = [
    `${folder}prove/boot-one.mjs`,
    packagedKernel(),
    '--',
    '--check',
    'new-task-cpu-id',
    '--time',
    '100',
  ];
  const ran = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(ran.status, 0, `${ran.stdout}${ran.stderr}`);
  const lines = parseLines(ran.stdout);
  const machine = lines.find((line) => line.type === 'machine');
  const end = lines.find((line) => line.type === 'end');
  assert.match(String(machine?.release), /-cloud-amd64$/);
  assert.deepEqual([end?.verdict, end?.exit], ['fixed', 0]);
});

test('kernels with and without the fix are told apart on every boot', async (t) => {
  if (!isAsked) return t.skip('boots 54 kernels: set PATCHTRAIL_BOOT=1');
  if (lacks(t, 'cc', 'make', 'qemu-system-x86_64')) return;
  const { arches } = await load('arches.mjs');
  const { findKernels } = await load('kernel-build.mjs');
  if (!findKernels(arches.x86_64).complete)
    return t.skip('the kernels are not built: npm run prove:native builds and keeps them');
  const ran = spawnSync(process.execPath, [`${folder}prove/prove.mjs`], { encoding: 'utf8' });
  assert.equal(ran.status, 0, `${ran.stdout}${ran.stderr}`);
  assert.match(ran.stderr, /54 of 54 boots as demanded/);
});
