/**
 * Live: how long a mail takes from its arrival to the pages, in a git repository and on an IMAP server.
 *
 * The last mails of the corpus come one by one, by turns as a commit and into a folder of dovecot, into a store that
 * holds the rest. Measured is the time until `GET /api/v1/messages/{id}` gives the mail, and until its event came by
 * SSE, of a real `patchtrail serve --watch`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMail } from '../../../ingest/mail/plain.ts';
import type { RawMail } from '../../../ingest/model/message.ts';
import { ingest } from '../../../ingest/pipeline.ts';
import { openStore } from '../../../ingest/store/open.ts';
import type { IngestStatus, LiveEvent } from '../../../server/wire.ts';
import { type MailServer, startDovecot } from '../../support/dovecot.ts';
import { commit } from '../../support/inbox.ts';
import { allButLast } from '../mail-range.ts';
import { type BenchMode, ModeError, record, root, tell, withFolder } from '../mode.ts';
import { quantile } from '../quantile.ts';

export const liveMode: BenchMode = {
  name: 'live',
  says: 'time from the arrival of a mail (git, IMAP IDLE) to API and event stream',
  options: { last: { type: 'string', default: '40' } },
  run: async ({ corpus, last }) => {
    const count = Number(last);
    if (!Number.isInteger(count) || count < 2) throw new ModeError('--last takes a number of mails');
    const after: (() => unknown)[] = [];
    await withFolder(async (folder) => {
      try {
        await measure({ corpus, count, folder, after: (work) => after.push(work) });
      } finally {
        for (const work of after.reverse()) await work();
      }
    });
  },
};

interface Run {
  readonly corpus: string;
  readonly count: number;
  readonly folder: string;
  /** What is done at the end, the last one first. */
  readonly after: (work: () => unknown) => void;
}

const folderName = 'Lists';

async function measure({ corpus, count, folder, after }: Run): Promise<void> {
  const store = join(folder, 'bench.db');
  const last = await fill(store, corpus, count);
  const inbox = join(folder, 'bench');
  commit(join(inbox, 'git/0.git'), [{ m: toText(last[0]) }]);
  const server = await startDovecot({ after });
  server.deliver(folderName, '0.first', toText(last[0]));
  const url = await serve(store, [inbox, imapUrl(server)], server.password, after);
  await waitUntilWatched(url, 2);
  const events = await listen(url, after);
  const times = new Map<string, number[]>();
  for (const [at, mail] of last.entries()) {
    if (at === 0) continue;
    const way = at % 2 === 0 ? 'git' : 'imap';
    const id = openMail(mail.raw).envelope.messageId;
    if (way === 'git') commit(join(inbox, 'git/0.git'), [{ m: toText(mail) }]);
    else server.deliver(folderName, `${at}.mail`, toText(mail));
    const startMs = performance.now();
    const sinceStart = () => performance.now() - startMs;
    const [apiMs, eventMs] = await Promise.all([held(url, id).then(sinceStart), events(id).then(sinceStart)]);
    record({ op: 'live', way, apiMs, eventMs });
    for (const [what, ms] of [
      ['api', apiMs],
      ['event', eventMs],
    ] as const)
      times.set(`${way} ${what}`, [...(times.get(`${way} ${what}`) ?? []), ms]);
  }
  for (const [name, values] of times) {
    const shown = [0.5, 0.95, 1].map((part) => quantile(values, part).toFixed(0));
    tell(`${name.padEnd(12)} ${values.length} mails, ms: p50 ${shown[0]}, p95 ${shown[1]}, max ${shown[2]}`);
  }
}

async function fill(path: string, corpus: string, count: number): Promise<readonly RawMail[]> {
  const store = await openStore(path);
  try {
    const { source, last } = await allButLast(corpus, count + 1);
    const { added } = await ingest({ store, sources: [source], nowMs: Date.now });
    tell(`${added} mails held`);
    return last;
  } finally {
    await store.close();
  }
}

async function serve(
  store: string,
  sources: readonly string[],
  password: string,
  after: Run['after'],
): Promise<string> {
  const program = join(root, 'server/cli/patchtrail.mjs');
  const child: ChildProcess = spawn(
    process.execPath,
    [program, 'serve', '--watch', '--port', '0', '--store', store],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        PATCHTRAIL_SOURCES: JSON.stringify(sources.map((location) => ({ location }))),
        PATCHTRAIL_IMAP_PASSWORD: password,
      },
    },
  );
  after(async () => {
    if (child.exitCode !== null) return;
    child.kill();
    await once(child, 'exit');
  });
  if (child.stdout === null) throw new Error('the server has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/[^/ ]+/.exec(line);
    if (found) return found[0];
  }
  throw new Error('the server did not start');
}

async function waitUntilWatched(url: string, count: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/v1/status`);
    const { sources, isRunning } = (await answer.json()) as IngestStatus;
    if (!isRunning && sources.filter(({ watch }) => watch?.state === 'watched').length === count) return;
    await sleep(100);
  }
}

async function held(url: string, id: string): Promise<void> {
  while (!(await fetch(`${url}/api/v1/messages/${encodeURIComponent(id)}`)).ok) await sleep(10);
}

/** Gives what resolves when the event of a message comes. */
async function listen(url: string, after: Run['after']): Promise<(id: string) => Promise<void>> {
  const stop = new AbortController();
  after(() => stop.abort());
  const seen = new Set<string>();
  let tellSeen = () => {};
  const answer = await fetch(`${url}/api/v1/events`, { signal: stop.signal });
  const read = async () => {
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString();
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith('data: ')) continue;
        const event = JSON.parse(line.slice('data: '.length)) as LiveEvent;
        if (event.kind === 'message') seen.add(event.subject);
      }
      tellSeen();
    }
  };
  read().catch(() => undefined);
  return async (id) => {
    while (!seen.has(id)) {
      await new Promise<void>((resolve) => {
        tellSeen = resolve;
      });
    }
  };
}

function imapUrl(server: MailServer): string {
  return `imap://${server.user}@127.0.0.1:${server.port}/${folderName}`;
}

function toText(mail: RawMail | undefined): string {
  return Buffer.from(mail?.raw ?? []).toString('latin1');
}
