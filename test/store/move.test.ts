/** Moving a store: between the engines and back, on with what a stop left, and never over something else. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exportHash, moveStore } from '../../ingest/move.ts';
import { ingest } from '../../ingest/pipeline.ts';
import { openSources } from '../../ingest/source/open.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { MovableStore } from '../../ingest/store/store.ts';
import { type PostgresServer, postgresOptions, startPostgres } from '../support/postgres.ts';

const folder = fileURLToPath(new URL('../../ingest/sample/mail/', import.meta.url));
const nowMs = () => Date.UTC(2024, 6, 20);

describe('a store that is moved', postgresOptions, () => {
  let server: PostgresServer;
  let sample: MovableStore;
  const opened: MovableStore[] = [];
  const open = async (location: string) => {
    const store = await openStore(location);
    opened.push(store);
    return store;
  };
  before(async () => {
    server = await startPostgres();
    sample = await open(':memory:');
    await ingest({ store: sample, sources: await openSources(folder), nowMs });
    await sample.tracker.addRecord('account', 'ada', { name: 'Ada' });
  });
  after(async () => {
    for (const store of opened) await store.close();
    server.stop();
  });

  /** What readers would notice: numbers of patches and people, words, cursors. */
  async function asked(store: MovableStore): Promise<unknown> {
    const window = { offset: 0, limit: 50 };
    const words = { op: 'words', field: 'any', tokens: ['meter'], isPrefix: false } as const;
    return {
      patches: await store.tracker.listPatches({ isCover: false }, { by: 'id', isDescending: false }, window),
      sources: await store.getSources(),
      records: await store.tracker.getRecords('account'),
      found: (await store.search(words, 'newest', { limit: 50 })).items.map((hit) => hit.messageId),
      verified: await store.verify(),
    };
  }

  it('goes to PostgreSQL and back with all its numbers', async () => {
    const server1 = await open(await server.makeDatabase('there'));
    const there = await moveStore({ from: sample, to: server1, fromName: 'sample' });
    assert.equal(there.exportHash, await exportHash(sample));
    assert.deepEqual(await asked(server1), await asked(sample));
    const back = await open(':memory:');
    await moveStore({ from: server1, to: back, fromName: 'there' });
    assert.deepEqual(await asked(back), await asked(sample));
    assert.deepEqual(await back.tracker.getRecords('move'), []);
    // What comes later gets numbers of its own.
    const { number } = await server1.tracker.addRecord('account', 'bo', {});
    assert.ok(number > ((await sample.tracker.getRecords('account')).at(-1)?.number ?? 0));
  });

  it('goes on where it was stopped', async () => {
    const to = await open(await server.makeDatabase('stopped'));
    const stop = new AbortController();
    const onProgress = (table: string) => {
      if (table === 'posting') stop.abort(new Error('stopped'));
    };
    const move = { from: sample, to, fromName: 'sample' };
    await assert.rejects(moveStore({ ...move, onProgress, signal: stop.signal }), /stopped/);
    await assert.rejects(moveStore({ ...move, fromName: 'another' }), { code: 'usage' });
    await moveStore(move);
    assert.deepEqual(await asked(to), await asked(sample));
  });

  it('does not go over a store that holds mail', async () => {
    const to = await open(':memory:');
    await ingest({ store: to, sources: await openSources(folder), nowMs });
    await assert.rejects(moveStore({ from: sample, to, fromName: 'sample' }), { code: 'usage' });
  });
});
