/**
 * Pulling only the mail of some time.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { realParts } from '../../server/cli/real-parts.ts';
import { makeFolder, smallMail } from '../support/folders.ts';
import { runCommand } from '../support/terminal.ts';

const mbox = (...days: number[]) =>
  days
    .map((day) => {
      const mail = smallMail(`d${day}`).replace('Mon, 6 Jul', `${day} Jul`);
      return `From mboxrd@z Thu Jan  1 00:00:00 1970\n${mail}\n`;
    })
    .join('');

test('a first pull since a day leaves older mail alone, later ones bring what is new; a look back fills in', async (t) => {
  const folder = makeFolder(t, { 'x.mbox': mbox(9, 1, 7, 3, 5, 2) });
  const store = join(folder, 'store.db');
  const run = (...words: string[]) =>
    runCommand([...words, '--store', store, '--json', '--quiet'], realParts);
  const ingest = async (...words: string[]) => {
    const { out, status } = await run('ingest', join(folder, 'x.mbox'), ...words);
    assert.equal(status, 0);
    const { added, known } = JSON.parse(out);
    return [added, known];
  };
  const held = async () => {
    const { items } = JSON.parse((await run('search', 'f:ada')).out);
    return items
      .map((item: { message: { messageId: string } }) => Number.parseInt(item.message.messageId.slice(1), 10))
      .sort();
  };
  assert.deepEqual(await ingest('--since', '2020-07-05'), [3, 0]);
  assert.deepEqual(await held(), [5, 7, 9]);
  assert.deepEqual(await ingest(), [0, 0], 'the older mail stays away');
  assert.deepEqual(await ingest('--since', '2020-07-02', '--until', '2020-07-03'), [2, 0]);
  assert.deepEqual(await held(), [2, 3, 5, 7, 9]);
  assert.deepEqual(await ingest('--until', '2020-07-05'), [1, 3]);
  assert.deepEqual(await held(), [1, 2, 3, 5, 7, 9]);
  assert.deepEqual(await ingest(), [0, 0]);
  const wrong = await run('ingest', join(folder, 'x.mbox'), '--since', 'some.day');
  assert.deepEqual([wrong.status, JSON.parse(wrong.err).what], [2, 'The dates cannot be understood']);
});

test('a first pull until a day leaves the rest to the next pull', async (t) => {
  const folder = makeFolder(t, { 'x.mbox': mbox(1, 9, 2) });
  const words = ['ingest', join(folder, 'x.mbox'), '--store', join(folder, 'store.db'), '--json', '--quiet'];
  const added = async (...more: string[]) =>
    JSON.parse((await runCommand([...words, ...more], realParts)).out).added;
  assert.deepEqual([await added('--until', '2020-07-05'), await added(), await added()], [2, 1, 0]);
});
