/** Mails made to cost more than they weigh: each is read, bounded, and told as odd. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parseMessage } from '../../ingest/mail/mime.ts';
import { limits } from '../../ingest/model/limits.ts';
import { openMbox } from '../../ingest/source/mbox.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';
import { Probe } from './probe.ts';

const head =
  'From: Ada <ada@example.org>\nMessage-ID: <bomb@example.org>\nDate: Mon, 6 Jul 2020 17:08:32 +0000\n';

const nested = (depth: number): string => {
  let text = '';
  for (let at = 0; at < depth; at++) text += `Content-Type: multipart/mixed; boundary="b${at}"\n\n--b${at}\n`;
  return `${text}\nthe innermost words\n`;
};

const bombs: readonly (readonly [name: string, mail: () => string, trouble: string])[] = [
  ['parts nested 10,000 deep', () => head + nested(10_000), 'mime-unsplittable'],
  [
    '100,000 parts',
    () => `${head}Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(100_000)}--b--\n`,
    'mime-many',
  ],
  ['100,000 headers', () => `${head}${'X-Flood: 1\n'.repeat(100_000)}\nbody\n`, 'header-long'],
  ['a header of 10 MB', () => `${head}Subject: ${'a '.repeat(5_000_000)}\n\nbody\n`, 'header-long'],
  ['a header of 100,000 folds', () => `${head}Subject: a\n${' b\n'.repeat(100_000)}\nbody\n`, 'subject-long'],
  [
    '100,000 recipients',
    () => `${head}To: ${'a@example.org, '.repeat(30_000)}b@example.org\n\nbody\n`,
    'recipients-many',
  ],
];

for (const [name, make, trouble] of bombs) {
  test(`${name}: read, and told as odd`, async () => {
    const raw = Buffer.from(make());
    const message = await parseMessage(raw);
    assert.equal(message.messageId, 'bomb@example.org');
    const codes = message.troubles.map(({ code }) => code);
    assert.ok(codes.includes(trouble), [...new Set(codes)].join(' '));
    await new Probe().read(raw);
  });
}

test('a mail longer than the limit is read up to it, one line of 50 MB included', async () => {
  const message = await parseMessage(Buffer.from(`${head}\n${'x'.repeat(50 * 1024 * 1024)}`));
  assert.ok(message.troubles.some(({ code }) => code === 'mail-long'));
  assert.ok(message.body.length <= limits.bodyBytes * 2);
});

test('a line of 1 MB goes through every reader', async () => {
  for (const start of ['', '> ', 'On ']) {
    const probe = new Probe();
    await probe.read(Buffer.from(`${head}Subject: [PATCH] x\n\nfirst words\n`));
    await probe.read(Buffer.from(`${head}Subject: Re: [PATCH] x\n\n${start}${'a '.repeat(500_000)}\n`));
  }
});

test('a file that grows a thousandfold when it is unpacked is told, and what stood before is kept', async (t) => {
  const line = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';
  const start = `${line}${smallMail('a')}\n${line}${smallMail('b')}\n${line}${smallMail('c')}`;
  const bomb = gzipSync(Buffer.concat([Buffer.from(start), Buffer.alloc(300 * 1024 * 1024, 0x20)]));
  const folder = makeFolder(t, { 'bomb.mbox.gz': bomb });
  const { mails, troubles } = await pull(openMbox(join(folder, 'bomb.mbox.gz'), ''));
  assert.deepEqual(mails, ['a', 'b']);
  assert.match(troubles.join(), /gzip-broken/);
});
