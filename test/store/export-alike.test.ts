/** The sample in both engines: the same export, byte for byte, and the same answers to searches in the same order. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exportLines } from '../../ingest/export.ts';
import { ingest } from '../../ingest/pipeline.ts';
import { parseQuery } from '../../ingest/search/query.ts';
import { openSources } from '../../ingest/source/open.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { Store } from '../../ingest/store/store.ts';
import { type PostgresServer, postgresOptions, startPostgres } from '../support/postgres.ts';

const folder = fileURLToPath(new URL('../../ingest/sample/mail/', import.meta.url));
const nowMs = () => Date.UTC(2024, 6, 20);

async function linesOf(store: Store): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLines(store)) lines.push(line);
  return lines;
}

describe('the sample, kept by SQLite and by PostgreSQL', postgresOptions, () => {
  let server: PostgresServer;
  const stores: Store[] = [];
  before(async () => {
    server = await startPostgres();
    for (const location of [':memory:', await server.makeDatabase('sample')]) {
      const store = await openStore(location);
      stores.push(store);
      await ingest({ store, sources: await openSources(folder), nowMs });
    }
  });
  after(async () => {
    for (const store of stores) await store.close();
    server.stop();
  });

  async function alike(ask: (store: Store) => Promise<unknown>, what?: string): Promise<unknown> {
    const [first, second] = await Promise.all(stores.map(ask));
    assert.deepEqual(second, first, what);
    return first;
  }

  it('gives the same export', async () => {
    const lines = (await alike(linesOf)) as string[];
    assert.ok(lines.length > 100);
  });

  it('is found alike, newest first and by relevance, page by page', async () => {
    const queries = [
      'meter',
      'thread area',
      '"thread area"',
      'meter_cpu',
      'cpu*',
      's:meter -clock',
      'f:mirela OR s:ring',
      'is:patch meter',
      'state:landed',
      'turn:author queue',
      'dfn:meter',
      '-meter',
    ];
    let hits = 0;
    for (const text of queries) {
      const query = parseQuery(text, nowMs());
      for (const order of ['newest', 'relevance'] as const) {
        const pages = async (store: Store) => {
          const found: string[] = [];
          for (let cursor: string | undefined; ; ) {
            const page = await store.search(query, order, { limit: 7, ...(cursor ? { cursor } : {}) });
            found.push(...page.items.map((hit) => hit.messageId));
            if (page.next === null) return found;
            cursor = page.next;
          }
        };
        hits += ((await alike(pages, `${text} by ${order}`)) as string[]).length;
      }
      await alike((store) => store.countSearch(query, 99), text);
    }
    assert.ok(hits > 200, `${hits} hits`);
  });

  it('is counted and listed alike', async () => {
    await alike((store) => store.readStatistics({}, nowMs(), 20));
    await alike((store) => store.listSeries({}, 'waiting', { limit: 200 }));
    await alike((store) => store.listPeople({}, { limit: 200 }));
    await alike((store) => store.getLists());
    await alike(async (store) => (await store.listMessages({}, { limit: 200 })).items);
    assert.deepEqual(await stores[1]?.verify(), []);
  });
});
