/**
 * The proof on real kernels takes minutes, so it is not run here; how it refuses to start is.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
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

test('what is no kernel is refused before anything is built, with what to give', () => {
  const place = mkdtempSync(join(tmpdir(), 'patchtrail-no-kernel-'));
  const path = join(place, 'vmlinuz');
  writeFileSync(path, 'not a kernel');
  const ran = start('boot-one.mjs', [path]);
  rmSync(place, { recursive: true });
  assert.equal(ran.exit, 64);
  assert.match(ran.told, /is no bzImage and no arm64 Image; --arch says/);
});

test('the architecture of a kernel stands in its header', async () => {
  const { readKernelArch } = await load('kernel-arch.mjs');
  const place = mkdtempSync(join(tmpdir(), 'patchtrail-kernel-head-'));
  const archOf = (at: number, text: string) => {
    const bytes = Buffer.alloc(2048);
    bytes.write(text, at, 'latin1');
    writeFileSync(join(place, 'image'), bytes);
    return readKernelArch(join(place, 'image'));
  };
  assert.deepEqual(
    [archOf(0x202, 'HdrS'), archOf(56, 'ARMd'), archOf(0, '\x1f\x8b\x08'), archOf(0, 'MZ')],
    ['x86_64', 'arm64', 'arm64', undefined],
  );
  rmSync(place, { recursive: true });
});

test('a guest is emulated; KVM is for who asks, and for guests of this machine alone', async () => {
  const { guestArguments } = await load('boot.mjs');
  const { arches } = await load('arches.mjs');
  const own = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const other = own === 'arm64' ? 'x86_64' : 'arm64';
  const argumentsOf = (arch: string, accel?: string): string =>
    guestArguments(
      { arch: arches[arch], kernel: '/k', files: '/f', cpus: 2, args: ['--check', 'auxv'] },
      accel,
    ).join(' ');
  assert.match(argumentsOf('x86_64'), / -accel tcg -cpu max .* -smp 2,sockets=2,cores=1,threads=1 /);
  assert.match(argumentsOf('arm64'), / -accel tcg -cpu max .* -- --check auxv$/);
  assert.match(argumentsOf(own, 'kvm'), / -accel kvm -cpu host /);
  assert.throws(() => argumentsOf(other, 'kvm'), /ACCEL is tcg, or kvm where/);
  assert.throws(() => argumentsOf(own, 'yes'), /ACCEL is tcg/);
});

interface Boot {
  readonly exit: number | undefined;
  readonly lines: readonly object[];
  readonly wallMs: number;
}

const load = (name: string) => import(pathToFileURL(`${folder}prove/${name}`).href);

const bootOf = (verdict: string, exit: number, ...others: object[]): Boot => ({
  exit,
  wallMs: 1500,
  lines: [
    { type: 'progress', check: 'new-task-cpu-id', effective: 0, stale: 0 },
    { type: 'result', check: 'new-task-cpu-id', effective: 40, stale: 25, marker_trials: 29, survivors: 25 },
    ...others,
    { type: 'end', verdict, exit },
  ],
});

test('a boot is judged by its verdict, its exit status and the checks that may not fail', async () => {
  const { findFaults, listCells } = await load('cells.mjs');
  const cells = listCells([1, 2], ['placement', 'family']);
  assert.deepEqual(
    cells.map((cell: Record<string, unknown>) =>
      [cell.variant, cell.method, cell.cpus, cell.demanded].join(' '),
    ),
    [
      'stock placement 1 inconclusive one-cpu',
      'stock placement 2 fixed',
      'stock family 1 fixed',
      'stock family 2 fixed',
      'reverted placement 1 inconclusive one-cpu',
      'reverted placement 2 broken',
      'reverted family 1 broken',
      'reverted family 2 broken',
    ],
  );
  const stock = { variant: 'stock', demanded: 'fixed' };
  const reverted = { variant: 'reverted', demanded: 'broken' };
  const wrongCpu = { type: 'result', check: 'sched-getcpu', status: 'fail', detail: 'wrong' };
  const inherit = { type: 'result', check: 'inherit', status: 'fail', detail: 'wrong' };
  assert.deepEqual(findFaults(stock, bootOf('fixed', 0)), []);
  assert.deepEqual(findFaults(stock, bootOf('broken', 1)), ['broken instead of fixed']);
  assert.deepEqual(findFaults(stock, bootOf('fixed', 0, wrongCpu)), ['sched-getcpu fail: wrong']);
  assert.deepEqual(findFaults(reverted, bootOf('broken', 1, wrongCpu)), []);
  assert.deepEqual(findFaults(reverted, bootOf('broken', 1, inherit)), ['inherit fail: wrong']);
  assert.deepEqual(findFaults(reverted, { exit: undefined, lines: [], wallMs: 9 }), ['no result']);
});

test('the table sums what the result lines say, not what the progress lines said', async () => {
  const { renderTable } = await load('table.mjs');
  const cell = { variant: 'reverted', method: 'placement', cpus: 2, demanded: 'broken' };
  const boots = [bootOf('broken', 1), bootOf('broken', 1)].map((boot) => ({ ...boot, faults: [] }));
  assert.equal(
    renderTable([{ cell, boots }]),
    [
      'kernel    method     cpus  demanded  as demanded  effective  stale  marked  survivors  s/boot',
      'reverted  placement  2     broken    2 of 2       80         50     58      50         1.5',
    ].join('\n'),
  );
});
