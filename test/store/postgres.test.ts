/** The PostgreSQL engine: the contract of every store, on a server that the test starts. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { openStore } from '../../ingest/store/open.ts';
import { type PostgresServer, postgresOptions, startPostgres } from '../support/postgres.ts';
import { type OpenedStore, storeContract } from './contract.ts';
import { letter, source } from './letters.ts';

describe('a store in PostgreSQL', postgresOptions, () => {
  let server: PostgresServer;
  let made = 0;
  before(async () => {
    server = await startPostgres();
    // A copy of made tables takes a fraction of the time of making them.
    await (await openStore(await server.makeDatabase('empty'))).close();
  });
  after(() => server.stop());

  storeContract('postgres', async (): Promise<OpenedStore> => {
    const name = `store_${++made}`;
    const location = await server.makeDatabase(name, 'empty');
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
        await server.dropDatabase(name);
      },
    };
  });

  it('is refused in words when a newer Patchtrail wrote it', async () => {
    const location = await server.makeDatabase('newer', 'empty');
    await tell(location, 'UPDATE patchtrail SET version = 99');
    await assert.rejects(openStore(location), { code: 'store-newer' });
  });

  it('is not made when it is opened for reading only', async () => {
    const location = await server.makeDatabase('nothing');
    await assert.rejects(openStore(location, { readOnly: true }), { code: 'store-failed' });
  });

  it('is read while another writes, and refuses to be written', async () => {
    const location = await server.makeDatabase('shared', 'empty');
    const writer = await openStore(location);
    const reader = await openStore(location, { readOnly: true });
    await writer.putMails([letter({ id: 'a' })], source(), 1);
    assert.equal((await reader.info()).messages, 1);
    await assert.rejects(reader.putMails([letter({ id: 'b' })], source(), 1), { code: 'store-failed' });
    await reader.close();
    await writer.close();
  });

  it('is made once where several programs open it at once', async () => {
    const location = await server.makeDatabase('raced');
    const stores = await Promise.all([1, 2, 3].map(() => openStore(location)));
    for (const store of stores) await store.close();
  });

  it('numbers events without gaps where several programs write', async () => {
    const location = await server.makeDatabase('events', 'empty');
    const stores = await Promise.all([1, 2, 3].map(() => openStore(location)));
    await Promise.all(
      stores.flatMap((store, at) =>
        [1, 2, 3].map((n) => store.putMails([letter({ id: `m${at}-${n}` })], source(), 1)),
      ),
    );
    const events = (await stores[0]?.getEvents(0, 99)) ?? [];
    assert.deepEqual(
      events.map(({ sequence }) => sequence),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
    assert.deepEqual(
      (await stores[0]?.verify())?.filter((finding) => !finding.includes('still wait')),
      [],
    );
    for (const store of stores) await store.close();
  });

  it('tells of what another program commits, also after the connection was cut', async () => {
    const location = await server.makeDatabase('told', 'empty');
    const [writer, reader] = [await openStore(location), await openStore(location)];
    let hear: (newest: number) => void = () => {};
    const heard = (least: number) =>
      new Promise<number>((resolve) => {
        hear = (newest) => newest >= least && resolve(newest);
      });
    const first = heard(0);
    const stop = reader.watchEvents((newest) => hear(newest));
    assert.equal(await first, 0);
    const second = heard(1);
    await writer.putMails([letter({ id: 'a' })], source(), 1);
    assert.equal(await second, 1);
    const third = heard(2);
    await tell(
      location,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'patchtrail events'",
      async () => {
        await writer.putMails([letter({ id: 'b' })], source(), 1);
      },
    );
    assert.equal(await third, 2);
    stop?.();
    await reader.close();
    await writer.close();
  });

  it('ends a search that takes too long, in words', async () => {
    const location = await server.makeDatabase('slow', 'empty');
    const writer = await openStore(location);
    const store = await openStore(location, { searchBudgetMs: 50 });
    await writer.putMails([letter({ id: 'a' })], source(), 1);
    // A lock that another program holds is the surest slow query.
    await tell(location, 'BEGIN; LOCK TABLE message; SELECT pg_sleep(0)', async () => {
      await assert.rejects(store.search({ op: 'all' }, 'newest', { limit: 5 }), { code: 'limit-exceeded' });
    });
    assert.equal((await store.search({ op: 'all' }, 'newest', { limit: 5 })).items.length, 1);
    await store.close();
    await writer.close();
  });

  it('tells in words that no server is there, without the password', async () => {
    await assert.rejects(openStore('postgres://ada:secret@127.0.0.1:1/none'), (error: Error) => {
      assert.match(error.message, /The database cannot be reached/);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  });
});

/** Runs SQL on a connection of its own, which stays open while `meanwhile` runs. */
async function tell(location: string, sql: string, meanwhile?: () => Promise<void>): Promise<void> {
  const client = new pg.Client(location);
  await client.connect();
  try {
    await client.query(sql);
    await meanwhile?.();
  } finally {
    await client.end();
  }
}
