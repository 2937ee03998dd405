/**
 * The verdict's rules and the unpacker, as C programs of their own: each row of the table is a sentence.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { built, prepared } from './checker.ts';

test('every row of the verdict table holds', (t) => {
  if (!prepared(t)) return;
  const ran = spawnSync(built('verdict-test'), { encoding: 'utf8' });
  const rows = ran.stdout.split('\n').filter((line) => /^(not )?ok /.test(line));
  assert.deepEqual(
    rows.filter((row) => row.startsWith('not ok')),
    [],
    ran.stdout,
  );
  assert.equal(`1..${rows.length}`, ran.stdout.split('\n')[0]);
  assert.equal(ran.status, 0);
});

const unpack = (packed: Uint8Array): { status: number | null; text: string } => {
  const ran = spawnSync(built('gunzip-test'), { input: packed, maxBuffer: 16 << 20 });
  return { status: ran.status, text: ran.stdout.toString('latin1') };
};

test('a packed kernel configuration comes out as it went in', (t) => {
  if (!prepared(t)) return;
  const options = Array.from(
    { length: 9000 },
    (_, n) => `CONFIG_OPTION_${(n * 7919) % 9000}=${'ymn'[n % 3]}\n`,
  );
  const text = `${options.join('')}# CONFIG_RSEQ is not set\n`;
  for (const level of [0, 1, 6, 9]) {
    const packed = gzipSync(Buffer.from(text), { level });
    assert.deepEqual(unpack(packed), { status: 0, text }, `level ${level}`);
  }
  const fixed = gzipSync(Buffer.from('aaaaaaaab'), { strategy: constants.Z_FIXED });
  assert.deepEqual(unpack(fixed), { status: 0, text: 'aaaaaaaab' });
});

test('a damaged packed configuration is refused and never read past its end', (t) => {
  if (!prepared(t)) return;
  const packed = gzipSync(Buffer.from('CONFIG_RSEQ=y\n'.repeat(400)));
  assert.equal(unpack(packed.subarray(0, packed.length / 2)).status, 1, 'cut in half');
  assert.equal(unpack(Buffer.alloc(0)).status, 1, 'empty');
  assert.equal(unpack(deflateRawSync(Buffer.from('no header here'))).status, 1, 'no header');
  for (let at = 10; at < packed.length; at += 3) {
    const damaged = Buffer.from(packed);
    damaged[at] = (damaged[at] ?? 0) ^ 0x5a;
    assert.ok([0, 1].includes(unpack(damaged).status ?? -1), `byte ${at} changed: ended by a signal`);
  }
});
