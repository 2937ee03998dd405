import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openMbox } from '../../ingest/source/mbox.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';

const mbox = (...ids: string[]) =>
  ids.map((id) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${smallMail(id)}\n`).join('');

test('an mbox gives its mails with list and place, and how far it is', async (t) => {
  const text = mbox('a', 'b');
  const path = join(makeFolder(t, { 'x.mbox': text }), 'x.mbox');
  const { events } = await pull(openMbox(path, 'some-list'));
  assert.deepEqual(
    events.map((event) =>
      event.type === 'mail' ? { ...event.mail, raw: event.mail.raw.toString() } : event,
    ),
    [
      { type: 'progress', done: 0, total: text.length, unit: 'bytes' },
      { raw: smallMail('a'), list: 'some-list', place: 'byte 0' },
      { raw: smallMail('b'), list: 'some-list', place: `byte ${text.length / 2}` },
      { type: 'progress', done: text.length, total: text.length, unit: 'bytes' },
    ],
  );
});

test('reading goes on behind the mail whose cursor was kept', async (t) => {
  const folder = makeFolder(t, { plain: mbox('a', 'b', 'c'), packed: gzipSync(mbox('a', 'b', 'c')) });
  for (const name of ['plain', 'packed']) {
    const source = openMbox(join(folder, name), '');
    const { events } = await pull(source);
    const cursors = events.flatMap((event) => (event.type === 'mail' ? [event.cursor] : []));
    assert.deepEqual((await pull(source, cursors[0])).mails, ['b', 'c']);
    assert.deepEqual((await pull(source, cursors[1])).mails, ['c']);
    assert.deepEqual((await pull(source, cursors[2])).mails, []);
  }
});

test('a file that grew is read from where it ended', async (t) => {
  const path = join(makeFolder(t, { x: mbox('a', 'b') }), 'x');
  const source = openMbox(path, '');
  const { cursor } = await pull(source);
  appendFileSync(path, mbox('c'));
  const grown = await pull(source, cursor);
  assert.deepEqual(grown.mails, ['c']);
  assert.deepEqual((await pull(source, grown.cursor)).mails, []);
});

test('a file that was replaced is read again', async (t) => {
  const path = join(makeFolder(t, { x: mbox('a', 'b') }), 'x');
  const source = openMbox(path, '');
  const { cursor } = await pull(source);
  writeFileSync(path, mbox('z', 'b', 'c'));
  assert.deepEqual((await pull(source, cursor)).mails, ['z', 'b', 'c']);
  writeFileSync(path, mbox('a'));
  assert.deepEqual((await pull(source, cursor)).mails, ['a']);
  // The same start, but no mail begins where the last one ended.
  writeFileSync(path, mbox('a', 'longer-name', 'c'));
  assert.deepEqual((await pull(source, cursor)).mails, ['a', 'longer-name', 'c']);
});

test('a .gz cut short gives the mails before the fault, then says so', async (t) => {
  const ids = Array.from({ length: 300 }, (_, index) => `m${index * 7919}`);
  const whole = gzipSync(mbox(...ids));
  const path = join(makeFolder(t, { x: whole.subarray(0, whole.length / 2) }), 'x');
  const { mails, troubles, events } = await pull(openMbox(path, ''));
  assert.ok(mails.length > 50 && mails.length < 250, `${mails.length} mails`);
  assert.deepEqual(mails, ids.slice(0, mails.length));
  assert.equal(troubles.length, 1);
  assert.match(troubles[0] ?? '', /^byte \d+ gzip-broken$/);
  assert.ok(events.every((event) => event.type !== 'mail' || !JSON.parse(event.cursor ?? '{}').isEnd));
});

test('a .gz that grows too much is stopped', async (t) => {
  const bomb = gzipSync(Buffer.concat([Buffer.from(mbox('a', 'b')), Buffer.alloc(30 * 1024 * 1024)]));
  const path = join(makeFolder(t, { x: bomb }), 'x');
  const { mails, troubles } = await pull(openMbox(path, ''));
  assert.deepEqual(mails, ['a']);
  assert.equal(troubles.length, 1);
});

test('several .gz members in a row are one file', async (t) => {
  const path = join(makeFolder(t, { x: Buffer.concat([gzipSync(mbox('a')), gzipSync(mbox('b'))]) }), 'x');
  assert.deepEqual((await pull(openMbox(path, ''))).mails, ['a', 'b']);
});

test('reading stops when it is asked to', async (t) => {
  const path = join(makeFolder(t, { x: mbox('a', 'b') }), 'x');
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const event of openMbox(path, '').read(null, stop.signal)) {
    seen.push(event.type);
    stop.abort();
  }
  assert.deepEqual(seen, ['progress']);
});

test('a file that cannot be read is an error with what to do', async () => {
  await assert.rejects(pull(openMbox('/nowhere/at-all', '')), {
    code: 'source-unreadable',
    message:
      'The file cannot be read: /nowhere/at-all. Check that it is there and that this user may read it.',
  });
});
