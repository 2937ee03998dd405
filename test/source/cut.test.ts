/** What was cut short, or lost, when it was read first is read again, and the whole mail is the one that counts. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ingest } from '../../ingest/pipeline.ts';
import { openGit } from '../../ingest/source/git.ts';
import { openMbox } from '../../ingest/source/mbox.ts';
import { openStore } from '../../ingest/store/open.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';
import { commit } from '../support/inbox.ts';
import { runTool, toolOptions } from '../support/tools.ts';

const line = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';
const whole = `${line}${smallMail('a')}\n${line}${smallMail('b', 'first words\nlast words\n')}\n`;

test('a file that ends within the headers of a mail keeps that mail for later', async (t) => {
  const folder = makeFolder(t, { 'all.mbox': whole.slice(0, whole.lastIndexOf('Date:')) });
  const source = openMbox(join(folder, 'all.mbox'), '');
  const first = await pull(source);
  assert.deepEqual([first.mails, first.troubles], [['a'], [`byte ${whole.lastIndexOf(line)} mail-cut`]]);
  writeFileSync(join(folder, 'all.mbox'), whole);
  const second = await pull(source, first.cursor);
  assert.deepEqual([second.mails, second.troubles], [['b'], []]);
});

test('of a mail that was cut short and came again whole the whole one is shown, in either order', async (t) => {
  const cut = whole.slice(0, whole.indexOf('last words'));
  for (const files of [
    [cut, whole],
    [whole, cut],
  ]) {
    const folder = makeFolder(t, { 'first.mbox': files[0] ?? '', 'second.mbox': files[1] ?? '' });
    const store = await openStore(':memory:');
    const sources = ['first', 'second'].map((name) => openMbox(join(folder, `${name}.mbox`), ''));
    await ingest({ store, sources, nowMs: () => 0 });
    const raw = (await store.getRaw(['b@example.org'])).get('b@example.org');
    assert.match(Buffer.from(raw ?? []).toString(), /first words\nlast words\n$/);
    assert.equal((await store.getRawCopies('b@example.org')).length, 2);
    await store.close();
  }
});

test('an object that a repository lost is asked for again once it is back', toolOptions('git'), async (t) => {
  const folder = makeFolder(t);
  const repository = join(folder, '0.git');
  commit(
    repository,
    ['a', 'b', 'c'].map((id) => ({ m: smallMail(id) })),
  );
  const blob = runTool('git', ['-C', repository, 'rev-parse', 'HEAD~1:m']).trim();
  const path = join(repository, 'objects', blob.slice(0, 2), blob.slice(2));
  const source = openGit(repository, '');
  const bytes = readFileSync(path);
  rmSync(path);
  const first = await pull(source);
  assert.deepEqual([first.mails.length, first.troubles.length], [2, 1]);
  writeFileSync(path, bytes);
  const second = await pull(source, first.cursor);
  assert.deepEqual([...new Set([...first.mails, ...second.mails])].sort(), ['a', 'b', 'c']);
  assert.deepEqual((await pull(source, second.cursor)).mails, []);
});
