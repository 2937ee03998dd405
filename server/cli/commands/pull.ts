/**
 * Pull: `ingest`, `serve` and `up`, which is both. Bringing mail in and showing it.
 *
 * Without a SOURCE the configured ones are pulled; `up` without any takes the bundled sample, into a store of its own
 * so that invented mail never mixes with a person's.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { SourceConfig } from '../../../ingest/config-keys.ts';
import type { ChangedTree } from '../../../ingest/follow-maintainers.ts';
import { UsageError } from '../../../ingest/model/errors.ts';
import { limits } from '../../../ingest/model/limits.ts';
import type { IngestResult } from '../../../ingest/pipeline.ts';
import { type DateSpan, parseDateSpan } from '../../../ingest/search/dates.ts';
import { withinRange } from '../../../ingest/source/date-range.ts';
import type { Source } from '../../../ingest/source/source.ts';
import type { Store } from '../../../ingest/store/store.ts';
import type { ServeOptions } from '../../main.ts';
import { AddedSources } from '../added-sources.ts';
import { exitStatus } from '../exit-status.ts';
import { Keeper } from '../keeper.ts';
import { knownSpecs, openAll, openReachable, plainSource, specsOf } from '../open-specs.ts';
import { createProgressView } from '../progress.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

const sourceForms = `SOURCE is one of
  a path                        mbox, mboxrd (.gz .bz2 .xz .zst), maildir, .eml, text of a web archive, a folder of them,
                                a public-inbox repository (git clone --mirror): told apart by content
  imap[s]://user@host/folder    password in PATCHTRAIL_IMAP_PASSWORD; a * in the folder's name stands for any signs
  https://host/list/            a public-inbox on the web, mirrored by git beside the store
  https://host/list/new.atom    its newest mails alone
  https://host/list/MESSAGE-ID/ one thread of it`;

const sourceArgument = [
  '[source...]',
  'where mail comes from (default: those of the configuration)',
] as const;

const listOption = new Option('--list <name>', 'list that the mails belong to, where they do not say it');

/** Below the checkout; its README stands one folder above, for it is no mail. */
const sampleFolder = 'ingest/sample/mail';

/** Strangers ask it: no search may hold it up. */
const servedStore = ({ config }: Session) => ({
  searchBudgetMs: limits.searchMs,
  replicas: config.replicas,
});

const serveOptions = [
  new Option('--port <number>', 'port to listen on; 0 takes a free one').argParser(parsePort),
  new Option('--host <address>', 'address to listen on (default: 127.0.0.1)'),
  new Option('--watch', 'pull again when sources have something new'),
];

export const pullCommands: readonly CommandSpec[] = [
  {
    name: 'up',
    arguments: [sourceArgument],
    options: [listOption, ...serveOptions],
    help: 'Pull the sources, then serve and print the address',
    more: `Without sources the bundled sample is shown, from a store of its own.\n\n${sourceForms}`,
    run: runUp,
  },
  {
    name: 'ingest',
    arguments: [sourceArgument],
    options: [
      listOption,
      new Option('--since <date>', 'only mail that came on or after this day'),
      new Option('--until <date>', 'only mail that came on or before this day'),
    ],
    help: 'Pull the sources; can be stopped and run again at any time',
    more: `${sourceForms}

With --since alone a first pull leaves the older mail where it is, now and later. In a store that has the source
already, --since and --until look back: they bring what is missing of that time.`,
    run: runIngest,
  },
  {
    name: 'serve',
    options: serveOptions,
    help: 'Serve the pages and the API of the store',
    run: (session, typed) =>
      session.withStore(
        'write',
        async (store) => serveUntilStopped(session, store, typed, await knownSpecs(session, store)),
        session.storeLocation,
        servedStore(session),
      ),
  },
];

async function runUp(session: Session, typed: Typed): Promise<number> {
  const given = specsOf(session, typed.words, typed.options.list as string | undefined);
  const isSample = given.length === 0 && session.storeGiven === undefined;
  const location = isSample ? join(session.terminal.root, 'dist/sample.db') : session.storeLocation;
  if (isSample) {
    mkdirSync(dirname(location), { recursive: true });
    dropOldSample(location, join(session.terminal.root, sampleFolder));
    session.note('no source given: showing the bundled sample');
  }
  const sample = { ...plainSource, location: join(session.terminal.root, sampleFolder) };
  const specs = isSample ? [sample] : given;
  const sources = await openAll(session, specs);
  return session.withStore(
    'create',
    async (store) => {
      if (sources.length > 0) await pull(session, store, sources);
      if (session.terminal.signal.aborted) return exitStatus.failed;
      return serveUntilStopped(session, store, typed, specs);
    },
    location,
    servedStore(session),
  );
}

async function runIngest(session: Session, typed: Typed): Promise<number> {
  const specs = specsOf(session, typed.words, typed.options.list as string | undefined);
  if (specs.length === 0 && session.config.repositories.length === 0) {
    throw new UsageError('No source was given', {
      remedy: 'Name one (patchtrail ingest mail.mbox) or list them in patchtrail.toml.',
    });
  }
  const range = rangeOf(session, typed);
  const opened = await openAll(session, specs);
  const sources = range ? opened.map((source) => withinRange(source, range)) : opened;
  return session.withStore('create', async (store) => {
    const result = await pull(session, store, sources);
    if (session.isJson) await session.writeJson({ ...result, failed: result.failed.map(describeFailure) });
    return result.failed.length > 0 || session.terminal.signal.aborted ? exitStatus.failed : exitStatus.done;
  });
}

/** @throws UsageError for dates that cannot be understood */
function rangeOf(session: Session, { options }: Typed): DateSpan | undefined {
  const { since = '', until = '' } = options as { since?: string; until?: string };
  if (since === '' && until === '') return undefined;
  const range = parseDateSpan(`${since}..${until}`, session.terminal.nowMs());
  if (range) return range;
  throw new UsageError('The dates cannot be understood', {
    subject: `${since}..${until}`,
    remedy: 'Write 2024-07-01, 2024-07 or last.month.',
  });
}

async function pull(session: Session, store: Store, sources: readonly Source[]): Promise<IngestResult> {
  const { terminal, parts } = session;
  const view = createProgressView(terminal, session.isQuiet);
  const startedMs = terminal.nowMs();
  try {
    if (session.config.repositories.length > 0)
      for (const changed of await parts.followMaintainers(store, session.config.repositories))
        for (const line of unreadWords(changed)) session.note(line);
    const result = await parts.ingest({
      store,
      sources,
      trees: session.config.repositories,
      nowMs: terminal.nowMs,
      signal: terminal.signal,
      onProgress: (progress) => view.update(progress),
    });
    view.finish();
    session.note(summarise(result, terminal.nowMs() - startedMs));
    for (const failure of result.failed) terminal.tell(`patchtrail: ${failure.error.message}`);
    if (terminal.signal.aborted) session.note('stopped; the same command goes on from here');
    return result;
  } finally {
    view.finish();
  }
}

/** Patterns of a MAINTAINERS file that are passed over: whom they name is asked for nothing. */
function unreadWords({ tree, unread }: ChangedTree): string[] {
  if (unread.length === 0) return [];
  const some = unread.slice(0, 3).join('   ');
  const more = unread.length > 3 ? `   and ${unread.length - 3} more` : '';
  return [
    `MAINTAINERS of ${tree}: these patterns are passed over, since they could take for ever: ${some}${more}`,
  ];
}

function summarise(result: IngestResult, tookMs: number): string {
  const count = (value: number) => value.toLocaleString('en');
  const words = [`${count(result.added)} ${result.added === 1 ? 'mail' : 'mails'} added`];
  if (result.known > 0) words.push(`${count(result.known)} held already`);
  if (result.joined > 0)
    words.push(`${count(result.joined)} ${result.joined === 1 ? 'copy' : 'copies'} joined`);
  if (result.removed > 0) words.push(`${count(result.removed)} taken back`);
  if (result.commits > 0) words.push(`${count(result.commits)} commits read`);
  if (result.troubles > 0)
    words.push(`${count(result.troubles)} with something odd (patchtrail doctor lists it)`);
  return `${words.join(', ')}, in ${(tookMs / 1000).toFixed(1)} s`;
}

function describeFailure(failure: IngestResult['failed'][number]) {
  const { code, what, subject, remedy } = failure.error;
  return { location: failure.location, code, what, subject, remedy };
}

async function serveUntilStopped(
  session: Session,
  store: Store,
  typed: Typed,
  specs: readonly SourceConfig[],
): Promise<number> {
  const { terminal, parts, config } = session;
  const {
    host = config.host,
    port = config.port,
    watch = false,
  } = typed.options as {
    host?: string;
    port?: number;
    watch?: boolean;
  };
  const added = new AddedSources([...config.sources, ...specs]);
  const keeper = new Keeper({
    parts,
    terminal,
    store,
    open: () => openReachable(session, [...(watch ? specs : []), ...added.specs]),
    trees: watch ? config.repositories : [],
    everyMs: 1000 * config.watchSeconds,
  });
  const server = await parts.serve({
    store,
    config,
    host,
    port,
    pulls: () => keeper.pulls(),
    watches: () => keeper.watches(),
    addSource: async (source) => {
      const spec = added.specFor(source);
      const opened = await openAll(session, [spec]);
      added.add(spec);
      keeper.look();
      return opened.map(({ location }) => location);
    },
    wake: () => keeper.wake(),
    ...mailOf(session),
  });
  try {
    if (session.isJson) await session.writeJson({ url: server.url });
    else await session.writeLines([`Patchtrail is at ${server.url}/ (Ctrl-C stops it)`]);
    await keeper.run();
  } finally {
    await server.close();
  }
  return exitStatus.done;
}

/** How the server mails codes to those who sign in; nothing where no mail server is configured. */
function mailOf({ config, terminal, parts }: Session): Pick<ServeOptions, 'mail'> {
  const { smtp, mailFrom } = config;
  if (smtp === '' || mailFrom === '') return {};
  const password = terminal.env.PATCHTRAIL_SMTP_PASSWORD ?? '';
  return { mail: (mail) => parts.sendMail({ server: smtp, password, from: mailFrom, ...mail }) };
}

/** A newer Patchtrail brings a newer sample: mails of the old one must not stay beside it. */
function dropOldSample(location: string, folder: string): void {
  const keptMs = statSync(location, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const isOld = readdirSync(folder).some((name) => statSync(join(folder, name)).mtimeMs > keptMs);
  if (isOld) for (const end of ['', '-wal', '-shm']) rmSync(`${location}${end}`, { force: true });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535) throw new InvalidArgumentError('It must be 0 to 65535.');
  return port;
}
