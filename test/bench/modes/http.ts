/**
 * HTTP: requests a second beside public-inbox-httpd and bare Hono, and how long the slowest wait while mail comes in.
 *
 * Both hold the same mails and are asked for the same threads in turn. Rounds are interleaved, for a machine whose speed
 * drifts then favours nobody: compare the ratios of one run. public-inbox counts with the better of its numbers of workers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { openMail } from '../../../ingest/mail/plain.ts';
import { ingest } from '../../../ingest/pipeline.ts';
import { openStore } from '../../../ingest/store/open.ts';
import { everyList } from '../../../server/archive-url.ts';
import { escapeId } from '../../../server/urls.ts';
import { peerTools, startPublicInbox } from '../../support/public-inbox.ts';
import { findTool } from '../../support/tools.ts';
import { load } from '../load.ts';
import { firstMails } from '../mail-range.ts';
import { type BenchMode, ModeError, record, root, tell, withFolder } from '../mode.ts';
import { median } from '../quantile.ts';

/** As public-inbox calls it; ours are on the lists that they name, and on the one that holds all. */
const list = 'bench';
/** Threads that are asked for in turn: few enough to have a page each, enough to be no single page. */
const threadsMost = 100;
const workerCounts = [0, 1, 2] as const;

export const httpMode: BenchMode = {
  name: 'http',
  says: 'requests a second beside public-inbox-httpd and bare Hono (--only search: rows of that name); waiting while mail comes in',
  options: {
    mails: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
  },
  run: async ({ corpus, only = '', ...given }) => {
    const [mails, rounds, seconds, connections] = ['mails', 'rounds', 'seconds', 'connections'].map((name) =>
      Number(given[name]),
    );
    const missing = ['wrk', ...peerTools].filter((tool) => !findTool(tool));
    if (missing.length > 0) throw new ModeError(`not installed: ${missing.join(', ')}`);
    if (!mails || !rounds || !seconds || !connections) throw new ModeError('the options take numbers');
    const endings: (() => unknown)[] = [];
    await withFolder(async (folder) => {
      try {
        await measure({
          corpus,
          mails,
          rounds,
          seconds,
          connections,
          only,
          folder,
          after: (work) => endings.push(work),
        });
      } finally {
        for (const end of endings.reverse()) await end();
      }
    });
  },
};

interface Run {
  readonly corpus: string;
  readonly mails: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** Part of the names of the rows to measure. */
  readonly only: string;
  readonly folder: string;
  after(work: () => unknown): void;
}

interface Row {
  readonly what: string;
  /** How many times as many requests we must answer. */
  readonly bar: number;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  readonly peer: 'public-inbox' | 'hono';
}

async function measure(run: Run): Promise<void> {
  const store = join(run.folder, 'bench.db');
  const raws = await fill(store, run);
  tell(`${raws.length} mails; public-inbox indexes them`);
  const peers = await startPublicInbox(run, raws, { list, workers: workerCounts });
  const { url, process: server } = await startServer(store, run);
  const rows = makeRows(threadsOf(raws), wordsOf(raws));
  const sample = await (await fetch(`${url}/api/v1/messages?limit=50`)).text();
  const hono = await startBare(sample, run);
  const table: string[] = [];
  const beforeKb = residentKb(server);
  for (const row of rows.filter(({ what }) => what.includes(run.only)))
    table.push(await measureRow(run, row, url, row.peer === 'hono' ? [hono] : peers));
  table.push(await measureWhileIngesting(run, url, store, rows[0]?.ours ?? []));
  table.push(`memory: ${mega(beforeKb)} MB before, ${mega(residentKb(server))} MB after`);
  tell(table.join('\n'));
}

async function measureRow(run: Run, row: Row, url: string, peers: readonly string[]): Promise<string> {
  const { connections, seconds, folder } = run;
  const ours: number[] = [];
  const theirs = peers.map((): number[] => []);
  // Caches of both are warm before anything counts.
  await load({ url, paths: row.ours, connections, seconds, folder });
  for (const peer of peers) await load({ url: peer, paths: row.theirs, connections, seconds: 1, folder });
  for (let round = 1; round <= run.rounds; round++) {
    const own = await load({ url, paths: row.ours, connections, seconds, folder });
    ours.push(own.perSecond);
    record({ op: 'http', what: row.what, by: 'patchtrail', round, ...own });
    for (const [at, peer] of peers.entries()) {
      const other = await load({ url: peer, paths: row.theirs, connections, seconds, folder });
      theirs[at]?.push(other.perSecond);
      const by = row.peer === 'hono' ? 'hono' : `public-inbox -W${workerCounts[at]}`;
      record({ op: 'http', what: row.what, by, round, ...other });
    }
  }
  const best = Math.max(...theirs.map(median));
  const ratio = median(ours) / best;
  record({ op: 'http-ratio', what: row.what, ratio, bar: row.bar });
  return `${row.what.padEnd(16)} ${median(ours).toFixed(0).padStart(8)} /s  ${row.peer} ${best.toFixed(0).padStart(8)} /s  ratio ${ratio.toFixed(1)} (bar ${row.bar})`;
}

/** The rest of the corpus comes in by a process of its own. Pages are asked for once before, as in all rows. */
async function measureWhileIngesting(
  run: Run,
  url: string,
  store: string,
  paths: readonly string[],
): Promise<string> {
  const program = join(root, 'dist/cli/patchtrail.js');
  // By another name: of the source that is known nothing new is expected.
  const rest = join(run.folder, `rest-${basename(run.corpus)}`);
  symlinkSync(resolve(run.corpus), rest);
  const args = [program, 'ingest', rest, '--store', store, '--quiet', '--list', 'more'];
  const ingesting = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => ingesting.once('close', resolve));
  const { connections, seconds, folder } = run;
  await load({ url, paths, connections, seconds, folder });
  const result = await load({ url, paths, connections, seconds: 2 * seconds, folder });
  const isOver = ingesting.exitCode !== null;
  ingesting.kill('SIGTERM');
  await ended;
  record({ op: 'http-while-ingesting', isOver, ...result });
  return `while mail comes in: ${result.perSecond.toFixed(0)} /s, p99 ${result.p99Ms.toFixed(1)} ms, ${result.failed} failed${isOver ? ' (the ingest ended before)' : ''}`;
}

function makeRows(threads: readonly string[], words: readonly string[]): Row[] {
  const json = threads.map((id) => `/api/v1/threads/${encodeURIComponent(id)}`);
  const queries = ['s:fix', 's:patch', 'f:a', 'lock', 'memory'].map((word) => `?q=${word}`);
  const paths = (base: string, form: string) => threads.map((id) => `/${base}/${escapeId(id)}/${form}`);
  const row = (what: string, bar: number, form: string): Row => {
    return { what, bar, ours: paths(everyList, form), theirs: paths(list, form), peer: 'public-inbox' };
  };
  return [
    row('thread page', 10, 'T/'),
    { ...row('thread JSON', 10, 'T/'), ours: json },
    row('t.mbox.gz', 5, 't.mbox.gz'),
    row('raw', 2, 'raw'),
    {
      what: 'search',
      bar: 5,
      ours: queries.map((query) => `/${everyList}/${query}`),
      theirs: queries.map((query) => `/${list}/${query}`),
      peer: 'public-inbox',
    },
    {
      what: 'search, any word',
      bar: 5,
      // No two addresses are the same, so that no answer is given again.
      ours: words.map((word) => `/${everyList}/?q=${word}&n={n}`),
      theirs: words.map((word) => `/${list}/?q=${word}&n={n}`),
      peer: 'public-inbox',
    },
    { what: 'JSON list', bar: 0.3, ours: ['/api/v1/messages?limit=50'], theirs: ['/'], peer: 'hono' },
    { what: 'JSON of series', bar: 0.3, ours: ['/api/v1/series?limit=50'], theirs: ['/'], peer: 'hono' },
  ];
}

/** Words of subjects. */
function wordsOf(raws: readonly Uint8Array[]): string[] {
  const words = raws.flatMap(
    (raw) =>
      openMail(raw)
        .envelope.subject.toLowerCase()
        .match(/\b[a-z]{4,12}\b/g) ?? [],
  );
  return [...new Set(words)];
}

/** Roots of threads with some answers, the longest first. */
function threadsOf(raws: readonly Uint8Array[]): string[] {
  const answers = new Map<string, number>();
  for (const raw of raws) {
    const { references, inReplyTo } = openMail(raw).envelope;
    const first = references[0] ?? inReplyTo[0];
    if (first !== undefined) answers.set(first, (answers.get(first) ?? 0) + 1);
  }
  const held = new Set(raws.map((raw) => openMail(raw).envelope.messageId));
  return [...answers]
    .filter(([id, count]) => held.has(id) && count >= 5 && count <= 40)
    .sort(([, a], [, b]) => b - a)
    .map(([id]) => id)
    .slice(0, threadsMost);
}

async function fill(location: string, { corpus, mails }: Run): Promise<Uint8Array[]> {
  const store = await openStore(location);
  const source = await firstMails(corpus, mails);
  const raws: Uint8Array[] = [];
  try {
    await ingest({ store, sources: [source], nowMs: Date.now, signal: new AbortController().signal });
    for await (const event of source.read(null)) if (event.type === 'mail') raws.push(event.mail.raw);
  } finally {
    await store.close();
  }
  return raws;
}

async function startServer(store: string, run: Run): Promise<{ url: string; process: ChildProcess }> {
  const args = [
    join(root, 'dist/cli/patchtrail.js'),
    'serve',
    '--store',
    store,
    '--port',
    '0',
    '--json',
    '--quiet',
  ];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  run.after(() => server.kill('SIGTERM'));
  return { url: await urlIn(server.stdout), process: server };
}

async function startBare(value: string, run: Run): Promise<string> {
  const file = join(root, 'test/bench/bare-hono.ts');
  const server = spawn(process.execPath, ['--import', 'tsx', file], { stdio: ['pipe', 'pipe', 'inherit'] });
  run.after(() => server.kill('SIGTERM'));
  server.stdin.end(value);
  return urlIn(server.stdout);
}

async function urlIn(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const line of createInterface({ input: output })) {
    text += line;
    const url = /"url": "([^"]+)"/.exec(text)?.[1];
    if (url) return url;
  }
  throw new Error(`a server did not start: ${text}`);
}

function residentKb({ pid }: ChildProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

function mega(kb: number): string {
  return (kb / 1024).toFixed(0);
}
