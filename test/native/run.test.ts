/**
 * Whole runs on this machine: each ends in a verdict or in a named reason, in lines that hold to the protocol.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checker, folder, lineOf, prepared, type Run, run } from './checker.ts';
import { findFaults, shapes } from './line-shape.ts';

const only = ['--check', 'new-task-cpu-id'];
const exits: Readonly<Record<string, number>> = {
  fixed: 0,
  broken: 1,
  inconclusive: 2,
  unsupported: 3,
  'not-affected': 4,
};

function assertWellEnded(ran: Run): void {
  assert.deepEqual(ran.lines.flatMap(findFaults), []);
  for (const line of ran.stdout.split('\n')) assert.ok(line.length < 4095, 'a line is too long');
  assert.doesNotMatch(ran.stdout, /[^\n\x20-\x7e]/, 'only ASCII');
  const end = lineOf(ran, 'end');
  assert.equal(ran.lines.at(-1), end, 'end is the last line');
  assert.equal(end.exit, ran.exit);
  if (end.verdict === undefined) return;
  assert.equal(exits[String(end.verdict)], ran.exit);
  if (end.verdict !== 'fixed' && end.verdict !== 'broken') assert.ok(end.reason, 'a reason is named');
}

test('all checks together end in a verdict or a named reason', async (t) => {
  if (!prepared(t)) return;
  const ran = await run(['--seed', '7']);
  assertWellEnded(ran);
  const results = ran.lines.filter((line) => line.type === 'result');
  assert.deepEqual(
    results.map((line) => line.check),
    lineOf(ran, 'start').checks,
  );
  const listed = await run(['--list']);
  assert.deepEqual(
    listed.lines.map((line) => line.name),
    lineOf(ran, 'start').checks,
  );
  assert.deepEqual(listed.lines.flatMap(findFaults), []);
  for (const result of results)
    assert.ok(['pass', 'skip', 'inconclusive'].includes(String(result.status)), JSON.stringify(result));
});

test('on one CPU the marker answers, or the reason is named', async (t) => {
  if (!prepared(t, 'taskset')) return;
  const ran = await run(only, { wrapper: ['taskset', '-c', '0'] });
  assertWellEnded(ran);
  const result = lineOf(ran, 'result');
  if (result.status === 'inconclusive') assert.equal(result.reason, 'one-cpu');
  else if (result.status === 'pass') assert.equal(result.method, 'marker');
});

test('on one CPU placement alone has no answer', async (t) => {
  if (!prepared(t, 'taskset')) return;
  const ran = await run([...only, '--method', 'placement'], { wrapper: ['taskset', '-c', '0'] });
  assertWellEnded(ran);
  if (ran.exit !== 3) assert.deepEqual([ran.exit, lineOf(ran, 'end').reason], [2, 'one-cpu']);
});

test('--cpus 0 is the same as one CPU, and --no-boost runs plain forks', async (t) => {
  if (!prepared(t)) return;
  const one = await run([...only, '--method', 'placement', '--cpus', '0']);
  assertWellEnded(one);
  assert.equal(lineOf(one, 'machine').cpus_allowed, '0');
  const plain = await run([...only, '--no-boost', '--time', '3']);
  assertWellEnded(plain);
  const result = lineOf(plain, 'result');
  if (result.boost !== undefined) assert.equal(result.boost, 'none');
});

test('where the program cannot be started anew it reads the area of libc, and never writes it', async (t) => {
  if (!prepared(t)) return;
  const ran = await run([...only, '--method', 'auto'], {
    env: { ...process.env, PATCHTRAIL_CHECK_RESTARTED: '1' },
  });
  assertWellEnded(ran);
  if (lineOf(ran, 'machine').registration === 'glibc') assert.equal(lineOf(ran, 'result').marker_trials, 0);
});

test('the detector alone sees what nobody rewrites', async (t) => {
  if (!prepared(t)) return;
  const ran = await run(['--check', 'control-detector']);
  assertWellEnded(ran);
  const result = lineOf(ran, 'result');
  if (result.status === 'pass') assert.ok(Number(result.stale) >= 25);
  else assert.match(String(result.reason), /^(one-cpu|few-effective|syscall-denied)$/);
});

test('a wrong option is told on stderr and runs nothing', async (t) => {
  if (!prepared(t)) return;
  const rows: ReadonlyArray<readonly [string[], RegExp]> = [
    [['--nonsense'], /no option "--nonsense"/],
    [['--check', 'no-such-check'], /does not take "no-such-check"/],
    [['--time', '0'], /does not take "0"/],
    [['--time'], /needs a value/],
    [['--cpus', '0-'], /does not take "0-"/],
    [['--cpus', '8191'], /may be used here/],
    [['--effective', '-1'], /does not take "-1"/],
  ];
  for (const [args, told] of rows) {
    const ran = await run(args);
    assert.deepEqual([ran.exit, ran.stdout], [64, ''], args.join(' '));
    assert.match(ran.stderr, told);
  }
});

test('TAP is well formed: a plan, one point a check, a closed YAML block under each', async (t) => {
  if (!prepared(t)) return;
  const ran = await run([
    '--tap',
    ...only,
    '--check',
    'auxv',
    '--check',
    'slice-extension',
    '--check',
    'inherit',
  ]);
  const lines = ran.stdout.trimEnd().split('\n');
  assert.deepEqual(lines.slice(0, 2), ['TAP version 14', '1..4']);
  const points = lines.filter((line) => /^(not )?ok /.test(line));
  assert.deepEqual(
    points.map((line) =>
      /^(?:not )?ok (\d+) - ([a-z-]+)(?: # (?:SKIP|TODO) [a-z0-9-]+)?$/.exec(line)?.slice(1),
    ),
    [
      ['1', 'new-task-cpu-id'],
      ['2', 'auxv'],
      ['3', 'slice-extension'],
      ['4', 'inherit'],
    ],
  );
  let inside = false;
  for (const line of lines.slice(2)) {
    if (line === '  ---') inside = true;
    else if (line === '  ...') inside = false;
    else if (inside) assert.match(line, /^ {2}[a-z_]+: (".*"|[0-9.e+-]+|\{ .* \})$/);
    else assert.match(line, /^(#|ok |not ok )/);
  }
  assert.equal(inside, false);
});

test('every line type and every key stands in PROTOCOL.md', () => {
  const text = readFileSync(`${folder}PROTOCOL.md`, 'utf8');
  const words = Object.entries(shapes).flatMap(([type, shape]) => [type, ...Object.keys(shape)]);
  assert.deepEqual(
    words.filter((word) => !text.includes(`\`${word}\``)),
    [],
  );
});

test('the checker is one file that needs no other', (t) => {
  if (!prepared(t)) return;
  const image = readFileSync(checker);
  assert.equal(image.subarray(1, 4).toString(), 'ELF');
  assert.ok(image.length < 4 << 20);
});
