/** `backup` and `restore`: a whole copy while an ingest runs, and the store made from it again. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Database from 'better-sqlite3';
import { restoreStore } from '../../ingest/store/backup.ts';
import { openStore } from '../../ingest/store/open.ts';
import { realParts } from '../../server/cli/real-parts.ts';
import {
  assertSound,
  exportOf,
  ingestHere,
  makeWorld,
  newStore,
  startCommand,
  type World,
} from '../faults/world.ts';
import { runCommand } from '../support/terminal.ts';

let world: World;
before(async () => {
  world = await makeWorld(2);
});
after(() => world.remove());

async function run(store: string, ...words: string[]) {
  return runCommand([...words, '--store', store], realParts);
}

async function countMails(store: string): Promise<number> {
  const opened = await openStore(store, { readOnly: true });
  try {
    return (await opened.info()).messages;
  } finally {
    await opened.close();
  }
}

test('a backup made while an ingest runs is a store from which the ingest goes on', async () => {
  const store = newStore(world, 'running');
  const file = join(world.folder, 'running.backup');
  const ingest = startCommand(['ingest', world.mbox, '--store', store]);
  let isOver = false;
  const ended = ingest.ended.finally(() => {
    isOver = true;
  });
  const sizes = new Set<number>();
  while (!isOver) {
    const { status, err } = existsSync(store) ? await run(store, 'backup', file) : { status: 1, err: '' };
    if (status !== 0) {
      // The process has made the file, not its tables yet.
      if (err !== '') assert.match(err, /no store|older tables|another program/i);
      continue;
    }
    sizes.add(await countMails(file));
  }
  assert.equal((await ended).status, 0);
  assert.ok(sizes.size > 0, 'some backups were made');
  const again = newStore(world, 'again');
  assert.equal((await run(again, 'restore', file)).status, 0);
  await assertSound(world, again);
  await assertSound(world, store);
});

test('a store is restored over one that is there only with --replace, and its readers see the new one', async () => {
  const store = newStore(world, 'replaced');
  const file = join(world.folder, 'whole.backup');
  await ingestHere(store, world.mbox);
  assert.match((await run(store, 'backup', file)).err, /holds the store, \d+\.\d MB/);
  const opened = await openStore(store);
  await opened.removeMails(
    (await opened.listMessageIds(null, 20)).map((row) => row.messageId),
    (await opened.getSources())[0] ?? assert.fail(),
    1,
  );
  const refused = await run(store, 'restore', file);
  assert.deepEqual([refused.status, /give --replace/.test(refused.err)], [2, true]);
  const { status, err } = await run(store, 'restore', file, '--replace');
  assert.deepEqual([status, /holds 170 mails and \d+ series again/.test(err)], [0, true], err);
  assert.equal((await opened.info()).messages, 170);
  await opened.close();
  assert.equal(await exportOf(store), world.expected);
});

test('a backup replaces an older one and no other file, and leaves nothing beside it', async () => {
  const store = newStore(world, 'kept');
  await ingestHere(store, world.mbox);
  const file = join(world.folder, 'kept', 'nightly.backup');
  assert.equal((await run(store, 'backup', file)).status, 0);
  assert.equal((await run(store, 'backup', file)).status, 0);
  const notes = join(world.folder, 'kept', 'notes.txt');
  writeFileSync(notes, 'words that nobody else has\n');
  const { status, err } = await run(store, 'backup', notes);
  assert.deepEqual([status, /damaged or no store at all/.test(err)], [1, true], err);
  assert.equal(readFileSync(notes, 'utf8'), 'words that nobody else has\n');
  const names = readdirSync(join(world.folder, 'kept')).filter((name) => !name.startsWith('store.db'));
  assert.deepEqual(names.sort(), ['nightly.backup', 'notes.txt']);
});

test('what is no backup, damaged, newer or missing is refused and changes nothing', async () => {
  const store = newStore(world, 'sound');
  await ingestHere(store, world.mbox);
  const file = join(world.folder, 'sound', 'a.backup');
  await run(store, 'backup', file);
  const missing = await run(store, 'restore', `${file}.missing`, '--replace');
  assert.deepEqual([missing.status, /no such backup/.test(missing.err)], [1, true]);
  const newer = new Database(file);
  const version = newer.pragma('user_version', { simple: true });
  newer.pragma('user_version = 9999');
  newer.close();
  assert.match((await run(store, 'restore', file, '--replace')).err, /written by a newer Patchtrail/);
  const cut = new Database(file);
  cut.pragma(`user_version = ${Number(version)}`);
  cut.close();
  truncateSync(file, 200_000);
  assert.match((await run(store, 'restore', file, '--replace')).err, /damaged/);
  await assertSound(world, store);
});

test('a store that another program writes to is not restored over', async () => {
  const store = newStore(world, 'busy');
  await ingestHere(store, world.mbox);
  const file = join(world.folder, 'busy', 'a.backup');
  await run(store, 'backup', file);
  const writer = new Database(store);
  writer.exec('BEGIN IMMEDIATE');
  await assert.rejects(restoreStore(file, store, { replace: true, patienceMs: 20 }), { code: 'store-busy' });
  writer.exec('ROLLBACK');
  writer.close();
  await assertSound(world, store);
});
