/**
 * Tables: the rows of a store as they stand, for moving a whole store into another engine with all its numbers.
 *
 * Tables have the same names and columns in every engine; what differs is how packed values and lists of numbers are
 * kept, which each engine tells apart (`RowForm`). The search index is not among them: it is made again from the mail,
 * as SQLite's keeps no text. Events are not either: pages that watch load anew from another store.
 */

import type { SearchText } from '../model/query.ts';
import type { Row, RowForm } from './row-form.ts';
import { all, get, type Steps, type StepValue } from './steps.ts';

/** Every table with its key, in the order in which they are moved: what others speak of goes first. */
export const movedTables = {
  list: ['list_key'],
  source: ['source_key'],
  message_id: ['message_key'],
  person: ['person_key'],
  raw_block: ['block_key'],
  raw: ['raw_key'],
  message: ['message_key'],
  message_list: ['list_key', 'search_key'],
  appearance: ['message_key', 'list_key', 'source_key', 'raw_key'],
  reference: ['message_key', 'place'],
  posting: ['message_key'],
  link_key: ['hash', 'sent_ms', 'message_key'],
  placement: ['message_key'],
  revision: ['revision_key'],
  series: ['series_key'],
  series_list: ['list_key', 'series_key'],
  series_activity: ['series_key'],
  review: ['series_key', 'message_key'],
  series_role: ['person_key', 'role', 'series_key'],
  open_point: ['series_key', 'place'],
  fact: ['owner_key', 'kind'],
  fact_subject: ['subject_key', 'kind', 'owner_key'],
  given_trailer: ['subject_key', 'owner_key', 'place'],
  waiting: ['stage', 'owner_key'],
  maintainers_file: ['tree'],
  correction: ['correction_id'],
  trouble: ['trouble_key'],
  report: ['report_id'],
  tracked: ['message_key'],
  patch_mark: ['message_key'],
  patch_check: ['check_key'],
  audit: ['audit_key'],
  tree: ['tree_key'],
  tree_commit: ['commit_key'],
  commit_lookup: ['hash', 'commit_key'],
  record: ['record_key'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type MovedTable = keyof typeof movedTables;

export interface StoredTables {
  /** Rows behind the one with these key values (null: from the first), in order of the key. */
  read(table: MovedTable, after: readonly StepValue[] | null, limit: number): Promise<readonly Row[]>;
  /** Key values of the last row; null where there is none. */
  last(table: MovedTable): Promise<readonly StepValue[] | null>;
  /** Adds rows as another store gave them; those that are there stay. */
  write(table: MovedTable, rows: readonly Row[]): Promise<void>;
  /** Messages that the search index lacks, behind a search key, in order of these. */
  listUnindexed(afterKey: number, limit: number): Promise<readonly UnindexedMessage[]>;
  putTexts(texts: ReadonlyMap<number, SearchText>): Promise<void>;
  /** Must be called when all rows are there: keys to come are behind those that came. */
  settle(): Promise<void>;
}

export interface UnindexedMessage {
  readonly searchKey: number;
  readonly messageId: string;
}

/** Rows of one statement: below the 32,766 values that SQLite binds. */
const valuesMost = 20_000;

/** Rows behind the one with these key values (null: from the first), in order of the key. */
export function* readTable(
  form: RowForm,
  table: MovedTable,
  after: readonly StepValue[] | null,
  limit: number,
): Steps<Row[]> {
  const key = movedTables[table];
  const behind = after === null ? '' : `WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')})`;
  const rows = yield* all<Row>(
    `SELECT * FROM ${table} ${behind} ORDER BY ${key.join(', ')} LIMIT ?`,
    ...(after ?? []),
    limit,
  );
  return rows.map((row) => form.read(row));
}

/** Key values of the last row; null where there is none. */
export function* lastOfTable(table: MovedTable): Steps<StepValue[] | null> {
  const key: readonly string[] = movedTables[table];
  const order = key.map((column) => `${column} DESC`).join(', ');
  const row = yield* get<Row>(`SELECT ${key.join(', ')} FROM ${table} ORDER BY ${order} LIMIT 1`);
  return row ? keyOfRow(table, row) : null;
}

export function keyOfRow(table: MovedTable, row: Row): StepValue[] {
  return movedTables[table].map((column) => row[column] ?? null);
}

/** @param indexed gives the keys that the index has, of the message `m` */
export function* listUnindexed(indexed: string, afterKey: number, limit: number): Steps<UnindexedMessage[]> {
  return yield* all<UnindexedMessage>(
    `SELECT m.search_key AS "searchKey", i.id AS "messageId" FROM message m
     JOIN message_id i ON i.message_key = m.message_key
     WHERE m.search_key > ? AND NOT EXISTS (${indexed}) ORDER BY m.search_key LIMIT ?`,
    afterKey,
    limit,
  );
}

/** Adds rows as another store gave them; those that are there stay. */
export function* writeTable(form: RowForm, table: MovedTable, rows: readonly Row[]): Steps<void> {
  const columns = Object.keys(rows[0] ?? {});
  const each = Math.max(1, Math.floor(valuesMost / Math.max(1, columns.length)));
  for (let at = 0; at < rows.length; at += each) {
    const part = rows.slice(at, at + each).map((row) => form.write(table, row));
    const marks = `(${columns.map(() => '?').join(', ')})`;
    yield* all(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${part.map(() => marks).join(', ')} ON CONFLICT DO NOTHING`,
      ...part.flatMap((row) => columns.map((column) => row[column] ?? null)),
    );
  }
}
