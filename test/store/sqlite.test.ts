/** The SQLite engine: the contract of every store, and what only a file can show. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Database from 'better-sqlite3';
import { openStore } from '../../ingest/store/open.ts';
import { storeContract } from './contract.ts';
import { killWriter } from './kill-writer.ts';
import { letter, source } from './letters.ts';

function folder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'patchtrail-store-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

storeContract('sqlite', async () => {
  const { path, remove } = folder();
  const location = join(path, 'store.db');
  let store = await openStore(location);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openStore(location);
      return store;
    },
    close: async () => {
      await store.close();
      remove();
    },
  };
});

describe('a store in a file', () => {
  async function inFolder(story: (location: string) => Promise<void>): Promise<void> {
    const { path, remove } = folder();
    try {
      await story(join(path, 'store.db'));
    } finally {
      remove();
    }
  }

  function withFile(location: string, action: (database: Database.Database) => void): void {
    const database = new Database(location);
    action(database);
    database.close();
  }

  it('is refused in words when a newer Patchtrail wrote it', () =>
    inFolder(async (location) => {
      await (await openStore(location)).close();
      withFile(location, (database) => database.pragma('user_version = 99'));
      await assert.rejects(openStore(location), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'store-newer');
        assert.match(
          error.message,
          /written by a newer Patchtrail \(its tables are version 99, this program knows \d+\)/,
        );
        return true;
      });
    }));

  it('is refused when another program made it', () =>
    inFolder(async (location) => {
      withFile(location, (database) => database.exec('CREATE TABLE recipe (name)'));
      await assert.rejects(openStore(location), {
        code: 'store-failed',
        what: 'This is a SQLite file of another program',
      });
      withFile(location, (database) => {
        assert.equal(database.pragma('journal_mode', { simple: true }), 'delete', 'left as it was');
      });
    }));

  it('is not made when it is opened for reading only', () =>
    inFolder(async (location) => {
      await assert.rejects(openStore(location, { readOnly: true }), { code: 'store-failed' });
    }));

  it('is read while another writes, and refuses to be written', () =>
    inFolder(async (location) => {
      const writer = await openStore(location);
      const reader = await openStore(location, { readOnly: true });
      await writer.putMails([letter({ id: 'a' })], source(), 1);
      assert.equal((await reader.info()).messages, 1);
      await assert.rejects(reader.putMails([letter({ id: 'b' })], source(), 1), { code: 'store-failed' });
      await reader.close();
      await writer.close();
    }));

  it('gives mail as it is after another program moved it', () =>
    inFolder(async (location) => {
      const writer = await openStore(location);
      const reader = await openStore(location, { readOnly: true });
      const read = async (id: string) => String((await reader.getRaw([id])).get(id));
      await writer.putMails([letter({ id: 'a' }), letter({ id: 'b' })], source(), 1);
      assert.match(await read('b'), /<b>/);
      await writer.removeMails(['a'], source(), 2);
      await writer.putMails([letter({ id: 'c' })], source(), 3);
      assert.match(await read('b'), /<b>/);
      assert.match(await read('c'), /<c>/);
      await reader.close();
      await writer.close();
    }));

  it('tells a full disk in words and keeps what it had', () =>
    inFolder(async (location) => {
      await (await openStore(location)).close();
      const store = await openStore(location);
      await store.putMails([letter({ id: 'a' })], source({ cursor: '1' }), 1);
      await store.close();
      const full = await openStore(location, { pagesMost: 80 });
      const noise = (at: number) =>
        Array.from({ length: 9000 }, (_, i) => ((i * i * at) % 7919).toString(36)).join(' ');
      const many = Array.from({ length: 60 }, (_, at) => letter({ id: `m${at}`, body: noise(at + 1) }));
      await assert.rejects(full.putMails(many, source({ cursor: '2' }), 2), { code: 'store-full' });
      assert.equal((await full.info()).messages, 1);
      assert.equal((await full.getSources())[0]?.cursor, '1');
      await full.close();
    }));

  it('is whole after its writer was killed, whenever that was', () =>
    inFolder(async (location) => {
      for (const batches of [1, 4]) {
        const path = `${location}-${batches}`;
        await killWriter(path, batches);
        const store = await openStore(path);
        const [row] = await store.getSources();
        assert.equal((await store.info()).messages, row?.mails);
        assert.deepEqual(
          (await store.verify()).filter((finding) => !finding.includes('still wait')),
          [],
        );
        await store.close();
      }
    }));

  it('tells in words what is damaged', () =>
    inFolder(async (location) => {
      const store = await openStore(location);
      await store.putMails([letter({ id: 'a' }), letter({ id: 'b' })], source(), 1);
      await store.clearWaiting('thread', ['a', 'b']);
      await store.close();
      withFile(location, (database) => {
        database.exec(`DELETE FROM raw WHERE raw_key = 1`);
        database.exec(
          `DELETE FROM search WHERE rowid = (SELECT search_key FROM message WHERE message_key = 2)`,
        );
      });
      const hurt = await openStore(location);
      assert.deepEqual(await hurt.verify(), [
        '1 messages have lost their raw mail; ingest their sources again.',
        '1 messages are not in the search index; run `patchtrail rebuild`.',
      ]);
      await hurt.close();
    }));
});
