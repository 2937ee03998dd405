/**
 * Mails made odd: no reader falls over, none takes long, memory stays bounded. `npm run fuzz` reads a million of them,
 * made of the corpora where those are at hand; here some thousand, made of the sample.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleMails } from './base-mails.ts';
import { fuzz } from './fuzz.ts';
import { Probe } from './probe.ts';

test('mutated mails are read without a crash, each within its time, in bounded memory', async () => {
  const { slow, crashed, peakBytes } = await fuzz(sampleMails(), {
    seed: Number(process.env.FUZZ_SEED ?? 1),
    mails: Number(process.env.FUZZ_MAILS ?? 10_000),
  });
  assert.deepEqual({ slow, crashed }, { slow: [], crashed: [] });
  assert.ok(peakBytes < 800e6, `${peakBytes} bytes`);
});

test('any bytes at all are read', async () => {
  const probe = new Probe();
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), (bytes) => probe.read(Buffer.from(bytes))),
    { numRuns: 500 },
  );
});
