/**
 * Move: a whole store into another engine, or another place, with all its numbers.
 *
 * Tables are copied row by row in order of their keys, so a move that was stopped goes on behind the last row that came;
 * a record in the target says which store is being moved there. The search index is made again from the mail. At the end
 * the exports of both must be the same. Readers may read the source meanwhile; whoever writes it makes the exports differ.
 */
import { createHash } from 'node:crypto';
import { exportLines } from './export.ts';
import { StoreError, UsageError } from './model/errors.ts';
import type { SearchText } from './model/query.ts';
import { prepareMail } from './stage/prepare-mail.ts';
import { openStore } from './store/open.ts';
import { shownLocation } from './store/shown-location.ts';
import type { MovableStore, Store } from './store/store.ts';
import { keyOfRow, type MovedTable, movedTables } from './store/tables.ts';

export interface MoveOptions {
  readonly from: MovableStore;
  readonly to: MovableStore;
  /** Tells later runs that they go on with the same. */
  readonly fromName: string;
  readonly onProgress?: (table: string, rows: number) => void;
  readonly signal?: AbortSignal;
}

export interface Moved {
  readonly rows: number;
  /** SHA-256 of the export of both. */
  readonly exportHash: string;
}

const markKind = 'move';
/** Blocks hold some 30 kB each, all other rows far less. */
const blocksAtOnce = 100;
const rowsAtOnce = 1000;
const mailsAtOnce = 300;

/**
 * @throws UsageError where the target holds something else
 * @throws StoreError where the exports differ at the end
 */
export async function moveStore(options: MoveOptions): Promise<Moved> {
  const { from, to } = options;
  const mark = await markTarget(to, options.fromName);
  let rows = 0;
  for (const table of Object.keys(movedTables) as MovedTable[]) {
    if (table !== 'record') rows += await moveTable(options, table);
  }
  await indexMails(options);
  await to.together(async () => {
    await to.tracker.removeRecord(mark);
    rows += await moveTable(options, 'record');
  });
  await to.tables.settle();
  const [before, after] = [await exportHash(from), await exportHash(to)];
  if (before !== after) {
    throw new StoreError('store-failed', 'The store that was moved gives another export', {
      subject: options.fromName,
      remedy: 'Stop what writes to the store, then move it again into an empty one.',
    });
  }
  return { rows, exportHash: after };
}

/** The same for stores by their locations. Both are closed again. */
export async function moveBetween(
  fromLocation: string,
  toLocation: string,
  options: Pick<MoveOptions, 'onProgress' | 'signal'>,
): Promise<Moved> {
  const from = await openStore(fromLocation, { readOnly: true });
  try {
    const to = await openStore(toLocation);
    try {
      return await moveStore({ ...options, from, to, fromName: shownLocation(fromLocation) });
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** SHA-256 of all lines, as `patchtrail export | sha256sum` gives it. */
export async function exportHash(store: Store): Promise<string> {
  const hash = createHash('sha256');
  for await (const line of exportLines(store)) hash.update(`${line}\n`);
  return hash.digest('hex');
}

/** Number of the record that says what is being moved here. */
async function markTarget(to: MovableStore, fromName: string): Promise<number> {
  const [mark] = await to.tracker.getRecords(markKind);
  if (mark?.name === fromName) return mark.number;
  if (mark !== undefined || (await to.getSources()).length > 0 || (await to.info()).rawMails > 0) {
    throw new UsageError('The target is no empty store', {
      ...(mark ? { subject: mark.name } : {}),
      remedy: 'Give --to a path or database where nothing is, or move the same store again to go on.',
    });
  }
  return (await to.tracker.addRecord(markKind, fromName, null)).number;
}

async function moveTable(options: MoveOptions, table: MovedTable): Promise<number> {
  const { from, to } = options;
  const limit = table === 'raw_block' ? blocksAtOnce : rowsAtOnce;
  let after = table === 'record' ? null : await to.tables.last(table);
  for (let moved = 0; ; ) {
    options.signal?.throwIfAborted();
    const rows = await from.tables.read(table, after, limit);
    const last = rows.at(-1);
    if (last === undefined) return moved;
    await to.tables.write(table, rows);
    after = keyOfRow(table, last);
    moved += rows.length;
    options.onProgress?.(table, moved);
  }
}

/** Makes index text from the mail for all messages that have none in the target. */
async function indexMails({ to, onProgress, signal }: MoveOptions): Promise<void> {
  let done = 0;
  for (let after = -1; ; ) {
    signal?.throwIfAborted();
    const waiting = await to.tables.listUnindexed(after, mailsAtOnce);
    const last = waiting.at(-1);
    if (last === undefined) return;
    const raws = await to.getRaw(waiting.map(({ messageId }) => messageId));
    const texts = new Map<number, SearchText>();
    for (const { searchKey, messageId } of waiting) {
      const raw = raws.get(messageId);
      if (raw) texts.set(searchKey, (await prepareMail({ raw, list: '', place: messageId })).search);
    }
    await to.tables.putTexts(texts);
    after = last.searchKey;
    done += texts.size;
    onProgress?.('search', done);
  }
}
