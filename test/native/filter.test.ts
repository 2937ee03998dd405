/**
 * Seccomp filters, as containers have them: a refused call is never mistaken for a property of the kernel.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runChecker } from '../../server/check/run-checker.ts';
import { built, checker, lineOf, prepared, run } from './checker.ts';
import { findFaults } from './line-shape.ts';

const rows: ReadonlyArray<
  readonly [call: string, action: string, exit: number, verdict: string, reason: string]
> = [
  ['rseq', 'enosys', 3, 'unsupported', 'rseq-enosys'],
  ['rseq', 'eperm', 3, 'unsupported', 'rseq-denied'],
  ['sched_setaffinity', 'eperm', 2, 'inconclusive', 'syscall-denied'],
  ['getcpu', 'eperm', 2, 'inconclusive', 'syscall-denied'],
  ['clone', 'eperm', 2, 'inconclusive', 'syscall-denied'],
];

for (const [call, action, exit, verdict, reason] of rows)
  test(`${call} answered with ${action} is ${verdict}: ${reason}`, async (t) => {
    if (!prepared(t)) return;
    const ran = await run(['--check', 'new-task-cpu-id'], { wrapper: [built('with-filter'), call, action] });
    assert.deepEqual(ran.lines.flatMap(findFaults), []);
    const end = lineOf(ran, 'end');
    // A kernel that was built without rseq says so in its configuration, and that is the better answer.
    if (call === 'rseq' && end.verdict === 'not-affected') return;
    assert.deepEqual([ran.exit, end.verdict, end.reason], [exit, verdict, reason]);
  });

test('a filter that kills at rseq leaves a death by SIGSYS and no end line', async (t) => {
  if (!prepared(t)) return;
  const ran = await run(['--check', 'new-task-cpu-id'], { wrapper: [built('with-filter'), 'rseq', 'kill'] });
  // A libc that registers nothing gets as far as the worker, which is then the one that dies.
  if (ran.signal === null) assert.deepEqual([ran.exit, lineOf(ran, 'end').reason], [3, 'killed-by-filter']);
  else assert.deepEqual([ran.signal, ran.stdout], ['SIGSYS', '']);
});

test('whoever runs the checker takes such a death for an answer', async (t) => {
  if (!prepared(t)) return;
  const report = await runChecker({
    checker: { path: built('with-filter'), first: ['rseq', 'kill', checker] },
    seconds: 1,
    nowMs: () => 7,
    onLine: () => {},
  });
  assert.deepEqual([report.verdict, report.reason], ['unsupported', 'killed-by-filter']);
});

test('under a filter the other checks are skipped with its reason, and none fails', async (t) => {
  if (!prepared(t)) return;
  const ran = await run([], { wrapper: [built('with-filter'), 'rseq', 'enosys'] });
  const results = ran.lines.filter((line) => line.type === 'result');
  assert.deepEqual(
    results.filter((line) => line.status === 'fail' || line.status === 'error'),
    [],
  );
  assert.equal(results.find((line) => line.check === 'inherit')?.reason, 'rseq-enosys');
});

test('gVisor, which names itself in /proc/version, is no kernel that could be judged', async (t) => {
  if (!prepared(t, 'unshare', 'mount')) return;
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-gvisor-'));
  const version = join(folder, 'version');
  writeFileSync(version, 'Linux version 4.4.0 (gVisor)\n');
  const own = ['unshare', '--map-root-user', '--mount', '--'];
  try {
    if (spawnSync(own[0] ?? '', [...own.slice(1), 'mount', '--bind', version, '/proc/version']).status !== 0)
      return t.skip('no mounts of its own may be made here');
    const shell = `mount --bind ${version} /proc/version && exec "$@"`;
    const ran = await run(['--check', 'new-task-cpu-id', '--time', '2'], {
      wrapper: [...own, 'sh', '-c', shell, 'sh'],
    });
    assert.equal(lineOf(ran, 'machine').container, 'gvisor');
    const end = lineOf(ran, 'end');
    assert.deepEqual([ran.exit, end.verdict, end.reason], [3, 'unsupported', 'not-linux']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
