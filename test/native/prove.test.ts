/**
 * The proof on real kernels takes minutes, so it is not run here; how it refuses to start is.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder } from './checker.ts';

const start = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) => {
  const ran = spawnSync(process.execPath, [`${folder}prove/${program}`, ...args], { encoding: 'utf8', env });
  return { exit: ran.status, told: ran.stderr };
};

test('a proof with a wrong option says what is right', () => {
  const rows: ReadonlyArray<readonly [string[], RegExp]> = [
    [['--arch', 'mips'], /--arch is one of x86_64, arm64/],
    [['--boots', '0'], /--boots is a number from 1/],
    [['--cpus', '1,9'], /--cpus is a list of numbers from 1 to 8/],
    [['--methods', 'guess'], /--methods is a list of placement, marker, family/],
    [['--nonsense'], /--nonsense/],
  ];
  for (const [args, told] of rows) {
    const ran = start('prove.mjs', args);
    assert.equal(ran.exit, 64, args.join(' '));
    assert.match(ran.told, told);
  }
});

test('a proof without its tools names the packages to install', () => {
  const bare = { PATH: '/nonexistent', XDG_CACHE_HOME: join(tmpdir(), 'patchtrail-no-such-cache') };
  const ran = start('prove.mjs', ['--arch', 'arm64'], bare);
  assert.equal(ran.exit, 69);
  for (const name of ['qemu-system-arm', 'make', 'gcc', 'flex', 'bison', 'bc', 'patch'])
    assert.match(ran.told, new RegExp(` ${name}( |$)`, 'm'));
});

test('a boot of a kernel that is not there is refused before anything is built', () => {
  const ran = start('boot-one.mjs', ['/no/such/kernel']);
  assert.deepEqual([ran.exit, ran.told], [64, 'boot-one: no kernel at /no/such/kernel\n']);
});
