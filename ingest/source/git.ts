/**
 * Git source: a public-inbox mirror, version 1 (one repository) or 2 (one repository an epoch).
 *
 * In: its folder. Out: mails and removals in the order of the commits, the commit read last of each epoch as
 * cursor. Two processes an epoch, however many mails: `git log` says what changed, `git cat-file` gives it;
 * both run ahead of the reader by a window. A history that was rewritten (public-inbox purges mail so) is
 * read again from its start.
 */
import { basename, join } from 'node:path';
import { openMail } from '../mail/plain.ts';
import { limits } from '../model/limits.ts';
import { readNames } from './file-list.ts';
import {
  compareHistory,
  countCommits,
  type GitChange,
  readChanges,
  readHead,
  readShallow,
} from './git-history.ts';
import { type Blob, GitObjects } from './git-objects.ts';
import type { Cursor, Source, SourceEvent } from './source.ts';
import { watchPaths } from './watch-paths.ts';

/**
 * Commit read last by epoch; the epoch of a single repository is `0`. `0 shallow`: where its history began then,
 * if it was a shallow clone.
 */
type GitCursor = Record<string, string>;

/** Blobs asked for before the first of them is used: hides the time that a question takes. */
const window = 32;
const progressStep = 200;

/** A source for the public-inbox repositories at an absolute `path`. */
export function openGit(path: string, list: string): Source {
  return {
    kind: 'git',
    location: path,
    list,
    read: (cursor, signal) => readInbox(path, list, { cursor, signal }),
    watch: (signal) => watchPaths(() => findRefs(path), signal),
  };
}

/** Folders of a version 2 inbox's epochs, oldest first; none for a single repository. */
export async function findEpochs(path: string): Promise<string[]> {
  const names = (await readNames(join(path, 'git'))).filter((name) => /^\d{1,4}\.git$/.test(name));
  return names
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map((name) => join(path, 'git', name));
}

/** What a new commit changes. Only the last epochs grow, and a new one changes the folder of all. */
async function findRefs(path: string): Promise<string[]> {
  const epochs = await findEpochs(path);
  const folders = epochs.length > 0 ? epochs.slice(-2) : [path, join(path, '.git')];
  return [
    join(path, 'git'),
    ...folders.flatMap((folder) => [
      join(folder, 'refs', 'heads'),
      join(folder, 'refs', 'heads', 'master'),
      join(folder, 'packed-refs'),
    ]),
  ];
}

interface EpochReading {
  readonly folder: string;
  readonly epoch: string;
  readonly list: string;
  readonly commits: GitCursor;
  readonly signal: AbortSignal | undefined;
}

async function* readInbox(
  path: string,
  list: string,
  options: { readonly cursor: Cursor | null; readonly signal: AbortSignal | undefined },
): AsyncGenerator<SourceEvent> {
  const commits: GitCursor = options.cursor === null ? {} : JSON.parse(options.cursor);
  const epochs = await findEpochs(path);
  for (const folder of epochs.length > 0 ? epochs : [path]) {
    const epoch = epochs.length > 0 ? basename(folder, '.git') : '0';
    yield* readEpoch({ folder, epoch, list, commits, signal: options.signal });
    if (options.signal?.aborted) return;
  }
}

async function* readEpoch({
  folder,
  epoch,
  list,
  commits,
  signal,
}: EpochReading): AsyncGenerator<SourceEvent> {
  const head = await readHead(folder);
  const last = commits[epoch];
  const shallow = await readShallow(folder);
  const compared = await compareHistory(folder, head, last);
  // A clone that was deepened has older mail, too: all of it is read again, and the store knows what it has.
  const isMoved = last !== undefined && (commits[`${epoch} shallow`] ?? '') !== shallow;
  const start = isMoved && compared !== 'empty' ? 'new' : compared;
  if (head === undefined || start === 'empty' || start === 'unchanged') return;
  if (start === 'rewritten') {
    const detail = 'read again from its start';
    yield { type: 'trouble', place: `${epoch}:${last}`, code: 'history-rewritten', detail };
  }
  if (shallow !== '') commits[`${epoch} shallow`] = shallow;
  else delete commits[`${epoch} shallow`];
  const range = start === 'continued' ? `${last}..${head}` : head;
  const total = await countCommits(folder, range);
  const objects = new GitObjects(folder);
  let done = 0;
  let isWhole = true;
  try {
    for await (const { change, blob } of readAhead(readChanges(folder, range), objects)) {
      if (signal?.aborted) return;
      if (done++ % progressStep === 0) yield { type: 'progress', done: done - 1, total, unit: 'mails' };
      // A lost object may come back (a fetch, a repair): the next run asks for it again, and for all behind it.
      isWhole &&= blob !== 'missing';
      if (change.isCommitEnd && isWhole) commits[epoch] = change.commit;
      yield toEvent(change, blob, {
        list,
        place: `${epoch}:${change.commit}`,
        cursor: JSON.stringify(commits),
      });
    }
  } finally {
    await objects.close();
  }
  yield { type: 'progress', done, total: done, unit: 'mails' };
}

/** Pairs each change with its blob, some blobs ahead. */
async function* readAhead(
  changes: AsyncIterable<GitChange>,
  objects: GitObjects,
): AsyncGenerator<{ change: GitChange; blob: Blob }> {
  const asked: { change: GitChange; blob: Promise<Blob> }[] = [];
  for await (const change of changes) {
    const blob = objects.read(change.blob);
    // Awaited below; until then a failure must not end the program as unhandled.
    blob.catch(() => {});
    asked.push({ change, blob });
    const first = asked.length >= window ? asked.shift() : undefined;
    if (first) yield { change: first.change, blob: await first.blob };
  }
  for (const { change, blob } of asked) yield { change, blob: await blob };
}

function toEvent(
  change: GitChange,
  blob: Blob,
  at: { readonly list: string; readonly place: string; readonly cursor: Cursor },
): SourceEvent {
  const { list, place, cursor } = at;
  if (blob === 'missing') return { type: 'trouble', place, code: 'blob-missing', detail: change.blob };
  if (blob === 'too-long') {
    return { type: 'trouble', place, code: 'mail-long', detail: `longer than ${limits.mailBytes} bytes` };
  }
  if (blob.length === 0) {
    // public-inbox-purge leaves the commit with an empty mail.
    return { type: 'trouble', place, code: 'mail-empty', detail: 'purged from the list' };
  }
  if (change.type === 'mail') {
    return { type: 'mail', mail: { raw: blob, list, place, arrivedMs: change.arrivedMs }, cursor };
  }
  return { type: 'removed', messageId: openMail(blob).envelope.messageId, cursor };
}
