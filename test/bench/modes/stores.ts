/**
 * Stores: one corpus in SQLite and in PostgreSQL, in one run: what a mail costs, what answers cost, and whether both
 * engines give the same ones.
 *
 * The PostgreSQL server is started for it, with `fsync` off, on this machine: its processor time is not in `cpuMs`, but
 * in the time that passed.
 */
import { join } from 'node:path';
import { exportHash } from '../../../ingest/move.ts';
import { ingest } from '../../../ingest/pipeline.ts';
import { parseQuery } from '../../../ingest/search/query.ts';
import { openStore } from '../../../ingest/store/open.ts';
import type { Store } from '../../../ingest/store/store.ts';
import { startPostgres } from '../../support/postgres.ts';
import { firstMails } from '../mail-range.ts';
import { type BenchMode, record, tell, withFolder } from '../mode.ts';
import { median, quantile } from '../quantile.ts';

/** Words that most mails have, rare ones, rows of words, and what rows of tables answer. */
const queries = [
  'patch',
  'the',
  'race',
  '"use after free"',
  's:fix',
  'reg*',
  'n:io',
  'mutex lock',
  'is:patch state:new',
];
const rounds = 5;

interface Measured {
  readonly engine: string;
  readonly exported: string;
  readonly answers: string;
}

export const storesMode: BenchMode = {
  name: 'stores',
  says: 'ingest, search, queue and series of one corpus in SQLite and in PostgreSQL; --mails 10000: its first ones',
  options: { mails: { type: 'string', default: 'all' } },
  run: ({ corpus, mails = 'all' }) =>
    withFolder(async (folder) => {
      const most = mails === 'all' ? Number.MAX_SAFE_INTEGER : Number(mails);
      const server = await startPostgres(['shared_buffers=512MB', 'max_wal_size=4GB']);
      try {
        const both: Measured[] = [];
        for (const location of [join(folder, 'bench.db'), await server.makeDatabase('bench')]) {
          const store = await openStore(location);
          both.push(await measure(store, corpus, most));
          await store.close();
        }
        const [one, other] = both;
        tell(`exports ${one?.exported === other?.exported ? 'are the same' : 'DIFFER'}`);
        tell(`searches ${one?.answers === other?.answers ? 'give the same in the same order' : 'DIFFER'}`);
      } finally {
        server.stop();
      }
    }),
};

async function measure(store: Store, corpus: string, most: number): Promise<Measured> {
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  const { added } = await ingest({ store, sources: [await firstMails(corpus, most)], nowMs: Date.now });
  const wallMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(cpu);
  const { engine, sizeBytes } = await store.info();
  record({ op: 'ingest', engine, mails: added, wallMs, cpuMs: (user + system) / 1000, sizeBytes });
  tell(`${engine}: ${added} mails in ${(wallMs / 1000).toFixed(1)} s, ${(sizeBytes / 1e6).toFixed(0)} MB`);
  const answers: string[] = [];
  for (const order of ['newest', 'relevance'] as const) {
    await time(engine, `search ${order}`, queries, async (text) => {
      const { items } = await store.search(parseQuery(text, Date.now()), order, { limit: 50 });
      answers.push(items.map((hit) => hit.messageId).join(' '));
    });
  }
  await time(engine, 'queue', ['waiting', 'newest'] as const, (order) =>
    store.listSeries({}, order, { limit: 50 }),
  );
  const { items } = await store.listSeries({}, 'newest', { limit: 20 });
  await time(engine, 'series', items, async ({ id }) => {
    const revisions = await store.getRevisionsOfSeries([id]);
    const ids = revisions.flatMap((revision) => [revision.id]);
    const thread = await store.getThreadsOf(ids);
    await store.getFacts({ kinds: ['trailer', 'point'], subjects: thread.map((entry) => entry.messageId) });
  });
  return { engine, exported: await exportHash(store), answers: answers.join('\n') };
}

/** p50 and p95 of one call for each of these, in rounds. */
async function time<T>(
  engine: string,
  op: string,
  given: readonly T[],
  call: (one: T) => Promise<unknown>,
): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const one of given) {
      const startMs = performance.now();
      await call(one);
      times.push(performance.now() - startMs);
    }
  }
  const [p50Ms, p95Ms] = [median(times), quantile(times, 0.95)];
  record({ op, engine, p50Ms, p95Ms });
  tell(`${engine}: ${op} p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms`);
}
