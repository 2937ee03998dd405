/**
 * Other builds of the checker: under sanitizers, and for the architectures a report may come from.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { built, folder, lacks, lineOf, make, run } from './checker.ts';

const found = (tool: string): boolean => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

test('all checks run clean under the address and undefined-behaviour sanitizers', async (t) => {
  if (lacks(t, 'cc', 'make')) return;
  make('sanitize');
  const ran = await run(['--time', '5'], { program: built('check-native-sanitize') });
  assert.doesNotMatch(ran.stderr, /ERROR: AddressSanitizer|runtime error:/);
  const failed = ran.lines.filter((line) => line.status === 'fail' || line.status === 'error');
  assert.deepEqual(failed, []);
  assert.ok(ran.exit !== null && ran.exit <= 4, ran.stderr);
});

test('cppcheck finds nothing to say', (t) => {
  if (lacks(t, 'cppcheck')) return;
  const args = ['--enable=warning,performance,portability', '--std=c11', '--quiet', '--error-exitcode=1'];
  const places = ['src', 'tests', 'prove'].map((name) => `${folder}${name}`);
  const ran = spawnSync('cppcheck', [...args, `-I${folder}include`, ...places], { encoding: 'utf8' });
  assert.equal(ran.status, 0, ran.stderr);
});

const machines: ReadonlyArray<readonly [arch: string, elfMachine: number]> = [
  ['aarch64', 183],
  ['riscv64', 243],
];

for (const [arch, elfMachine] of machines)
  test(`it builds for ${arch}, and an emulator without rseq is unsupported`, async (t) => {
    const compiler = `${arch}-linux-gnu-gcc`;
    // Optional even on CI: no release is built by this.
    if (!found(compiler) || !found('make')) return t.skip(`${compiler} is not installed`);
    make(arch);
    const image = built(`${arch}/check-native`);
    assert.equal(readFileSync(image).readUInt16LE(18), elfMachine);
    const emulator = `qemu-${arch}-static`;
    if (!found(emulator)) return t.skip(`built; ${emulator} is not installed`);
    const ran = await run(['--check', 'new-task-cpu-id'], { wrapper: [emulator], program: image });
    const end = lineOf(ran, 'end');
    assert.deepEqual([ran.exit, end.verdict, end.reason], [3, 'unsupported', 'rseq-enosys']);
  });
