/**
 * Keep: `export`, `rebuild` and `doctor`. Looking after a store as a whole.
 */
import { Option } from 'commander';
import { exportLines } from '../../../ingest/export.ts';
import { type ExportType, exportTypes } from '../../../ingest/export-types.ts';
import type { SourceRow, Store } from '../../../ingest/store/store.ts';
import { describeMachine, readMachineFacts } from '../../check/machine-proof.ts';
import { exitStatus } from '../exit-status.ts';
import { createProgressView } from '../progress.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

export const keepCommands: readonly CommandSpec[] = [
  {
    name: 'export',
    options: [
      new Option('--type <type...>', 'only lines of these types').choices(exportTypes.map((row) => row.name)),
    ],
    help: 'Print all that was inferred, as sorted JSON lines',
    more: ['Types:', ...exportTypes.map((row) => `  ${row.name.padEnd(10)}${row.help}`)].join('\n'),
    run: runExport,
  },
  {
    name: 'rebuild',
    help: 'Derive everything again from the mails as they came; corrections stay',
    run: runRebuild,
  },
  {
    name: 'doctor',
    help: 'Say what this machine can prove, verify the store and say what is wrong',
    more: 'Exit status 3 where something is.',
    run: runDoctor,
  },
];

/** Lines handed to stdout at once. */
const writeBytes = 64 * 1024;

async function runExport(session: Session, typed: Typed): Promise<number> {
  return session.withStore('read', async (store) => {
    let text = '';
    for await (const line of exportLines(store, typed.options.type as readonly ExportType[] | undefined)) {
      text += `${line}\n`;
      if (text.length < writeBytes) continue;
      await session.terminal.write(text);
      text = '';
    }
    if (text !== '') await session.terminal.write(text);
    return exitStatus.done;
  });
}

async function runRebuild(session: Session): Promise<number> {
  const { terminal, parts } = session;
  return session.withStore('write', async (store) => {
    const view = createProgressView(terminal, session.isQuiet);
    try {
      await parts.rebuild({
        store,
        nowMs: terminal.nowMs,
        signal: terminal.signal,
        onProgress: (progress) => view.update(progress),
      });
    } finally {
      view.finish();
    }
    if (terminal.signal.aborted) {
      session.note('stopped; patchtrail rebuild starts over');
      return exitStatus.failed;
    }
    const { messages, postings, series, facts } = await store.info();
    if (session.isJson) await session.writeJson({ messages, postings, series, facts });
    else
      session.note(
        `derived again: ${messages} mails, ${postings} postings, ${series} series, ${facts} facts`,
      );
    return exitStatus.done;
  });
}

async function runDoctor(session: Session): Promise<number> {
  const machine = describeMachine(readMachineFacts(session.terminal.env));
  // Before the store is opened: what the machine can prove does not depend on one.
  if (!session.isJson) await session.writeLines(machine.map((sentence) => `machine: ${sentence}`));
  return session.withStore('read', async (store) => {
    const [info, findings, sources, troubles, trees] = [
      await store.info(),
      await store.verify(),
      await store.getSources(),
      await readTroubles(store),
      await store.commits.getTrees(),
    ];
    const unread = sources.filter((source) => source.lastError !== '');
    const lost = trees.filter((tree) => tree.lastError !== '');
    const isWell = findings.length === 0 && unread.length === 0 && lost.length === 0;
    if (session.isJson) {
      await session.writeJson({ isWell, findings, info, sources, troubles, trees, machine });
      return isWell ? exitStatus.done : exitStatus.no;
    }
    const waiting = Object.entries(info.waiting).filter(([, count]) => count > 0);
    await session.writeLines([
      `store: ${info.engine}, schema ${info.schema}, ${(info.sizeBytes / 1e6).toFixed(1)} MB`,
      `mails: ${info.messages} (${info.rawMails} copies), ${info.postings} postings, ${info.series} series`,
      ...sources.map(describeSource),
      ...trees.map(
        (tree) =>
          `tree: ${tree.path}: ${tree.commits} commits, ${tree.lastReadMs === null ? 'never read to its end' : `read ${isoTime(tree.lastReadMs)}`}`,
      ),
      ...waiting.map(
        ([stage, count]) => `waits: ${count} for ${stage}; patchtrail ingest or rebuild does it`,
      ),
      ...unread.map(
        ({ location, failures, lastError }) =>
          `WRONG: ${location}: ${lastError} (${failures} times in a row)`,
      ),
      ...lost.map((tree) => `WRONG: ${tree.path}: ${tree.lastError}`),
      ...findings.map((finding) => `WRONG: ${finding}`),
      ...troubles.map((row) => `odd: ${row.messageId || row.place}: ${row.code}: ${row.detail}`),
      isWell ? 'all is well' : 'something is wrong: see above',
    ]);
    return isWell ? exitStatus.done : exitStatus.no;
  });
}

function describeSource({ location, mails, lastPulledMs, newestMs, lagMs }: SourceRow): string {
  const words = [`${mails} mails`];
  words.push(lastPulledMs === null ? 'never read to its end' : `read ${isoTime(lastPulledMs)}`);
  if (newestMs !== null) words.push(`newest mail ${isoTime(newestMs)}`);
  if (lagMs !== null) words.push(`held ${(lagMs / 1000).toFixed(1)} s after it came`);
  return `source: ${location}: ${words.join(', ')}`;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Troubles listed at most; the pages of the server list all. */
const mostTroubles = 50;

async function readTroubles(store: Store) {
  return (await store.getTroubles({ limit: mostTroubles })).items;
}
