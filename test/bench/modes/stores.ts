/**
 * Stores: one corpus in SQLite and in PostgreSQL, in one run: what a mail costs, what answers cost, and whether both
 * engines give the same ones.
 *
 * The PostgreSQL server is started for it, with `fsync` off, on this machine. `cpuMs` is the processor time of the program
 * that asks, `serverCpuMs` that of PostgreSQL: what a plan for more machines is made of, whatever else runs on this one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportHash } from '../../../ingest/move.ts';
import { ingest } from '../../../ingest/pipeline.ts';
import { parseQuery } from '../../../ingest/search/query.ts';
import { openStore } from '../../../ingest/store/open.ts';
import type { Store } from '../../../ingest/store/store.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { firstMails } from '../mail-range.ts';
import { type BenchMode, record, tell, withFolder } from '../mode.ts';
import { median, quantile } from '../quantile.ts';
import { usedByTree } from '../server-meter.ts';

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
const workerProgram = fileURLToPath(new URL('../store-worker.ts', import.meta.url));

interface Measured {
  readonly engine: string;
  readonly exported: string;
  readonly answers: string;
}

interface Run {
  readonly corpus: string;
  readonly most: number;
  readonly server: PostgresServer;
}

export const storesMode: BenchMode = {
  name: 'stores',
  says: 'ingest, search, queue and series of one corpus in SQLite and in PostgreSQL; --workers: programs that fill one',
  options: { mails: { type: 'string', default: 'all' }, workers: { type: 'string', default: '' } },
  run: ({ corpus, mails = 'all', workers = '' }) =>
    withFolder(async (folder) => {
      const most = mails === 'all' ? Number.MAX_SAFE_INTEGER : Number(mails);
      const server = await startPostgres(['shared_buffers=512MB', 'max_wal_size=4GB']);
      const run = { corpus, most, server };
      try {
        const both: Measured[] = [];
        for (const location of [join(folder, 'bench.db'), await server.makeDatabase('bench')]) {
          const store = await openStore(location);
          both.push(await measure(store, run));
          await store.close();
        }
        const [one, other] = both;
        tell(`exports ${one?.exported === other?.exported ? 'are the same' : 'DIFFER'}`);
        tell(`searches ${one?.answers === other?.answers ? 'give the same in the same order' : 'DIFFER'}`);
        for (const count of workers.split(',').map(Number).filter(Boolean)) {
          await fillTogether(join(folder, `together-${count}.db`), run, count);
          await fillTogether(await server.makeDatabase(`together_${count}`), run, count);
        }
      } finally {
        server.stop();
      }
    }),
};

/** Several programs fill one store. */
async function fillTogether(location: string, { corpus, most }: Run, workers: number): Promise<void> {
  const startMs = performance.now();
  const children = Array.from({ length: workers }, (_, which) =>
    spawn(
      process.execPath,
      ['--import', 'tsx', workerProgram, location, corpus, String(most), String(workers), String(which)],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    ),
  );
  const statuses = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  const wallMs = performance.now() - startMs;
  const store = await openStore(location);
  const { engine, messages } = await store.info();
  await store.close();
  record({ op: 'fill together', engine, workers, mails: messages, wallMs, statuses });
  tell(
    `${engine}: ${workers} programs filled ${messages} mails in ${(wallMs / 1000).toFixed(1)} s (${statuses.join(' ')})`,
  );
}

async function measure(store: Store, { corpus, most, server }: Run): Promise<Measured> {
  const { engine } = await store.load();
  const cost = meter(server);
  const { added } = await ingest({ store, sources: [await firstMails(corpus, most)], nowMs: Date.now });
  const used = cost();
  const { sizeBytes, rawMails, postings, series, facts } = await store.info();
  record({ op: 'ingest', engine, mails: added, ...used, sizeBytes, rawMails, postings, series, facts });
  tell(
    `${engine}: ${added} mails in ${(used.wallMs / 1000).toFixed(1)} s, ${(sizeBytes / 1e6).toFixed(0)} MB`,
  );
  const answers: string[] = [];
  for (const order of ['newest', 'relevance'] as const) {
    await time(engine, server, `search ${order}`, queries, async (text) => {
      const { items } = await store.search(parseQuery(text, Date.now()), order, { limit: 50 });
      answers.push(items.map((hit) => hit.messageId).join(' '));
    });
  }
  await time(engine, server, 'queue', ['waiting', 'newest'] as const, (order) =>
    store.listSeries({}, order, { limit: 50 }),
  );
  const { items } = await store.listSeries({}, 'newest', { limit: 20 });
  await time(engine, server, 'series', items, async ({ id }) => {
    const revisions = await store.getRevisionsOfSeries([id]);
    const thread = await store.getThreadsOf(revisions.flatMap(({ postings: ids }) => ids));
    const ids = thread.map((entry) => entry.messageId);
    await store.getPlacements(ids);
    await store.getFacts({ kinds: ['trailer', 'point'], subjects: ids });
  });
  const newest = await store.listMessages({}, { limit: 50 });
  await time(engine, server, 'thread', newest.items, async ({ thread }) => {
    const entries = await store.getThread(thread);
    await store.getRaw(entries.slice(0, 20).map(({ messageId }) => messageId));
  });
  return { engine, exported: await exportHash(store), answers: answers.join('\n') };
}

/** Time that passes and that is used from now on. */
function meter(server: PostgresServer) {
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  const serverMs = usedByTree(server.pid);
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return {
      wallMs: Math.round(performance.now() - startMs),
      cpuMs: Math.round((user + system) / 1000),
      serverCpuMs: usedByTree(server.pid) - serverMs,
    };
  };
}

/** p50 and p95 of one call for each of these, in rounds, and what a call uses. */
async function time<T>(
  engine: string,
  server: PostgresServer,
  op: string,
  given: readonly T[],
  call: (one: T) => Promise<unknown>,
): Promise<void> {
  const times: number[] = [];
  const cost = meter(server);
  for (let round = 0; round < rounds; round++) {
    for (const one of given) {
      const startMs = performance.now();
      await call(one);
      times.push(performance.now() - startMs);
    }
  }
  const { cpuMs, serverCpuMs } = cost();
  const each = (ms: number) => ms / times.length;
  const [p50Ms, p95Ms] = [median(times), quantile(times, 0.95)];
  record({ op, engine, p50Ms, p95Ms, cpuMs: each(cpuMs), serverCpuMs: each(serverCpuMs) });
  tell(
    `${engine}: ${op} p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms; processor ${each(cpuMs).toFixed(1)} + ${each(serverCpuMs).toFixed(1)} ms`,
  );
}
