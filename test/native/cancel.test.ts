/**
 * Ending a run early: what was found is still told, quickly, and no process stays behind.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lineOf, prepared, run } from './checker.ts';

const long = ['--check', 'new-task-cpu-id', '--effective', '100000000', '--time', '30'];
const mark = `pt-cancel-${process.pid}`;

/** Processes that carry this test's mark in their environment: the checker and all its children. */
function findMarked(): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, 'latin1').includes(`PT_MARK=${mark}`);
    } catch {
      return false; // ended between the two looks, or somebody else's
    }
  });
}

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  test(`${signal} in the middle of a run gives its end within a second and leaves no child`, async (t) => {
    if (!prepared(t)) return;
    let sent = 0;
    const ran = await run(long, {
      env: { ...process.env, PT_MARK: mark },
      underWay: (pid) => {
        sent = performance.now();
        process.kill(pid, signal);
      },
    });
    const tookMs = performance.now() - sent;
    if (sent === 0) return t.skip(`no trials here: ${String(lineOf(ran, 'end').reason)}`);
    assert.ok(tookMs < 1000, `took ${tookMs} ms`);
    const end = lineOf(ran, 'end');
    // A broken kernel has shown itself by then, and a proof outlives the cancel.
    if (end.verdict !== 'broken')
      assert.deepEqual([ran.exit, end.verdict, end.reason], [2, 'inconclusive', 'cancelled']);
    assert.equal(ran.lines.filter((line) => line.type === 'result').length, 1);
    assert.deepEqual(findMarked(), []);
  });

test('a killed run has no end line, and its workers die with it', async (t) => {
  if (!prepared(t)) return;
  let sent = false;
  const ran = await run(long, {
    env: { ...process.env, PT_MARK: mark },
    underWay: (pid) => {
      sent = true;
      process.kill(pid, 'SIGKILL');
    },
  });
  if (!sent) return t.skip('no trials here');
  assert.equal(ran.signal, 'SIGKILL');
  assert.equal(
    ran.lines.find((line) => line.type === 'end'),
    undefined,
  );
  for (let waited = 0; waited < 1000 && findMarked().length > 0; waited += 20)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(findMarked(), []);
});
