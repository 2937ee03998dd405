/**
 * A crowded machine: four busy loops may slow the run, but it still ends in a verdict.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { test } from 'node:test';
import { lineOf, prepared, run } from './checker.ts';

test('beside four busy loops there is still a verdict', async (t) => {
  if (!prepared(t)) return;
  const loops: ChildProcess[] = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['-e', 'const end = Date.now() + 20000; while (Date.now() < end);']),
  );
  try {
    const ran = await run(['--check', 'new-task-cpu-id', '--time', '10']);
    const end = lineOf(ran, 'end');
    assert.ok(['fixed', 'broken', 'unsupported', 'not-affected'].includes(String(end.verdict)), ran.stdout);
    assert.ok(Number(end.duration_ms) < 13000);
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
  }
});
