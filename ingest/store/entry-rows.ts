/**
 * Entry rows: messages without their text, read for lists and threads.
 */
import type { Connection } from './connection.ts';
import { findKey, findKeys, keySet, makeKey } from './keys.ts';
import { makePage, pageLimit, readPosition } from './page-cursor.ts';
import type { MessageEntry, Page, PageRequest, ThreadPlace } from './store.ts';

/** What every engine's row of an entry holds alike. */
export interface EntryColumns {
  search_key: number;
  id: string;
  subject: string;
  from_name: string;
  address: string;
  sort_ms: number;
  date_ms: number | null;
  size_bytes: number;
  is_posting: number;
  parent: string | null;
  parent_is_guess: number;
  thread: string;
}

interface EntryRow extends EntryColumns {
  message_key: number;
  named: string | null;
  lists: string | null;
}

const separator = '\u001f';

/** `named` is JSON of [place, id] pairs; see mail-rows.ts for the places. */
const entrySql = `SELECT m.message_key, m.search_key, i.id, m.subject, m.from_name, p.address, m.sort_ms, m.date_ms,
    m.size_bytes, m.is_posting, parent.id AS parent, m.parent_is_guess, thread.id AS thread,
    (SELECT json_group_array(json_array(r.place, n.id)) FROM reference r
       JOIN message_id n ON n.message_key = r.referenced_key WHERE r.message_key = m.message_key) AS named,
    (SELECT group_concat(l.name, char(31)) FROM message_list ml JOIN list l USING (list_key)
       WHERE ml.message_key = m.message_key AND l.name <> '') AS lists
  FROM message m
  JOIN message_id i ON i.message_key = m.message_key
  JOIN person p ON p.person_key = m.from_key
  JOIN message_id thread ON thread.message_key = m.thread_key
  LEFT JOIN message_id parent ON parent.message_key = m.parent_key`;

function entryOf(row: EntryRow): MessageEntry {
  const named: [number, string][] = JSON.parse(row.named ?? '[]');
  return makeEntry(row, {
    inReplyTo: named
      .filter(([place]) => place < 0)
      .sort(([a], [b]) => b - a)
      .map(([, id]) => id),
    references: named
      .filter(([place]) => place >= 0)
      .sort(([a], [b]) => a - b)
      .map(([, id]) => id),
    lists: (row.lists ?? '').split(separator).filter(Boolean).sort(),
  });
}

/** The entry of a row, with what engines read in ways of their own. */
export function makeEntry(
  row: EntryColumns,
  { inReplyTo, references, lists }: Pick<MessageEntry, 'inReplyTo' | 'references' | 'lists'>,
): MessageEntry {
  return {
    messageId: row.id,
    subject: row.subject,
    fromName: row.from_name,
    fromAddress: row.address,
    sortMs: row.sort_ms,
    dateMs: row.date_ms,
    sizeBytes: row.size_bytes,
    isPosting: row.is_posting === 1,
    inReplyTo,
    references,
    parent: row.parent,
    parentIsGuess: row.parent_is_guess === 1,
    thread: row.thread,
    lists,
  };
}

/** Entries of those keys that are held. */
export function readEntriesByKey(connection: Connection, keys: Iterable<number>): MessageEntry[] {
  return connection
    .all<EntryRow>(
      `${entrySql} WHERE m.message_key IN (SELECT value FROM json_each(?)) ORDER BY m.sort_ms, i.id`,
      keySet(keys),
    )
    .map(entryOf);
}

export function readEntries(
  connection: Connection,
  messageIds: readonly string[],
): Map<string, MessageEntry> {
  const entries = readEntriesByKey(connection, findKeys(connection, messageIds).values());
  return new Map(entries.map((entry) => [entry.messageId, entry]));
}

export function readThread(connection: Connection, thread: string): MessageEntry[] {
  return connection
    .all<EntryRow>(
      `${entrySql} WHERE m.thread_key = ? ORDER BY m.sort_ms, i.id`,
      findKey(connection, thread) ?? 0,
    )
    .map(entryOf);
}

export function readThreadsOf(connection: Connection, messageIds: readonly string[]): MessageEntry[] {
  return connection
    .all<EntryRow>(
      `${entrySql} WHERE m.thread_key IN (
         SELECT thread_key FROM message WHERE message_key IN (SELECT value FROM json_each(?)))
       ORDER BY m.sort_ms, i.id`,
      keySet(findKeys(connection, messageIds).values()),
    )
    .map(entryOf);
}

/**
 * All messages of every thread that one of these belongs to, names, or is named by; also those that name the same
 * ghost.
 */
export function readThreadNeighbours(connection: Connection, messageIds: readonly string[]): MessageEntry[] {
  const keys = keySet(findKeys(connection, messageIds).values());
  return connection
    .all<EntryRow>(
      `WITH given(key) AS (SELECT value FROM json_each(?)),
         named(key) AS (SELECT key FROM given
           UNION SELECT referenced_key FROM reference WHERE message_key IN (SELECT key FROM given)),
         near(key) AS (SELECT key FROM named
           UNION SELECT message_key FROM reference WHERE referenced_key IN (SELECT key FROM named)),
         thread_near(key) AS (SELECT DISTINCT thread_key FROM message WHERE message_key IN (SELECT key FROM near))
       ${entrySql} WHERE m.thread_key IN (SELECT key FROM thread_near) ORDER BY m.sort_ms, i.id`,
      keys,
    )
    .map(entryOf);
}

export function writeThreadPlaces(connection: Connection, places: readonly ThreadPlace[]): void {
  for (const place of places) {
    const key = findKey(connection, place.messageId);
    if (key === undefined) continue;
    connection.run(
      'UPDATE message SET parent_key = ?, parent_is_guess = ?, thread_key = ? WHERE message_key = ?',
      place.parent === null ? null : makeKey(connection, place.parent),
      Number(place.parentIsGuess),
      makeKey(connection, place.thread),
      key,
    );
  }
}

/** Newest first. */
export function listMessages(
  connection: Connection,
  filter: { readonly list?: string; readonly person?: string },
  page: PageRequest,
): Page<MessageEntry> {
  const limit = pageLimit(page);
  const [before] = readPosition(page, ['number']) ?? [Number.MAX_SAFE_INTEGER];
  const conditions = ['m.search_key < ?'];
  const values: (string | number)[] = [Number(before)];
  if (filter.list !== undefined) {
    conditions.push(`m.search_key IN (SELECT search_key FROM message_list
      WHERE list_key = (SELECT list_key FROM list WHERE name = ?) AND search_key < ?
      ORDER BY search_key DESC ${filter.person === undefined ? `LIMIT ${limit + 1}` : ''})`);
    values.push(filter.list, Number(before));
  }
  if (filter.person !== undefined) {
    conditions.push('m.from_key = (SELECT person_key FROM person WHERE address = ?)');
    values.push(filter.person.toLowerCase());
  }
  const rows = connection.all<EntryRow>(
    `${entrySql} WHERE ${conditions.join(' AND ')} ORDER BY m.search_key DESC LIMIT ?`,
    ...values,
    limit + 1,
  );
  return newestEntries(rows, limit, entryOf);
}

/** A page of rows that stand in order of their keys, which are coarser than times: within it the times decide. */
export function newestEntries<Row extends { readonly search_key: number }>(
  rows: readonly Row[],
  limit: number,
  entryOf: (row: Row) => MessageEntry,
): Page<MessageEntry> {
  const { items, next } = makePage(rows, limit, (row) => [row.search_key], entryOf);
  return {
    items: [...items].sort((a, b) => b.sortMs - a.sortMs || (a.messageId < b.messageId ? -1 : 1)),
    next,
  };
}

/** Every held id in order of (sortMs, id). */
export function listMessageIds(
  connection: Connection,
  after: { readonly sortMs: number; readonly messageId: string } | null,
  limit: number,
): { messageId: string; sortMs: number }[] {
  const afterMs = after?.sortMs ?? -Number.MAX_SAFE_INTEGER;
  return connection.all<{ messageId: string; sortMs: number }>(
    `SELECT i.id AS messageId, m.sort_ms AS sortMs FROM message m JOIN message_id i USING (message_key)
     WHERE m.sort_ms >= ? AND (m.sort_ms > ? OR i.id > ?) ORDER BY m.sort_ms, i.id LIMIT ?`,
    afterMs,
    afterMs,
    after?.messageId ?? '',
    limit,
  );
}

/** Held ids that begin with `start`; the smallest code unit behind it ends the range. */
export function findMessageIds(connection: Connection, start: string, limit: number): string[] {
  return connection
    .all<{ id: string }>(
      `SELECT i.id FROM message_id i JOIN message m USING (message_key)
       WHERE i.id >= ? AND i.id < ? ORDER BY i.id LIMIT ?`,
      start,
      `${start}\u{10ffff}`,
      limit,
    )
    .map(({ id }) => id);
}
