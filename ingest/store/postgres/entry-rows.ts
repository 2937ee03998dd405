/**
 * Entry rows: messages without their text, read for lists and threads. As ../entry-rows.ts, with lists as arrays.
 */
import { type EntryColumns, makeEntry, newestEntries } from '../entry-rows.ts';
import { pageLimit, readPosition } from '../page-cursor.ts';
import type { MessageEntry, Page, PageRequest, ThreadPlace } from '../store.ts';
import { keyIn, makeKeys } from './keys.ts';
import type { Session, Value } from './session.ts';

interface EntryRow extends EntryColumns {
  replies_to: string[];
  named: string[];
  lists: string[];
}

const namedSql = (condition: string, order: string) =>
  `ARRAY(SELECT n.id::text FROM reference r JOIN message_id n ON n.message_key = r.referenced_key
     WHERE r.message_key = m.message_key AND r.place ${condition} ORDER BY r.place ${order})`;

/** References count from 0, In-Reply-To from -1 down. */
const entrySql = `SELECT m.search_key, i.id, m.subject, m.from_name, p.address, m.sort_ms, m.date_ms, m.size_bytes,
    m.is_posting, parent.id AS parent, m.parent_is_guess, thread.id AS thread,
    ${namedSql('< 0', 'DESC')} AS replies_to, ${namedSql('>= 0', 'ASC')} AS named,
    ARRAY(SELECT l.name::text FROM message_list ml JOIN list l USING (list_key)
      WHERE ml.message_key = m.message_key AND l.name <> '' ORDER BY l.name) AS lists
  FROM message m
  JOIN message_id i ON i.message_key = m.message_key
  JOIN person p ON p.person_key = m.from_key
  JOIN message_id thread ON thread.message_key = m.thread_key
  LEFT JOIN message_id parent ON parent.message_key = m.parent_key`;

const givenKeys = '(SELECT message_key FROM message_id WHERE id = ANY(?))';

function entryOf(row: EntryRow): MessageEntry {
  return makeEntry(row, { inReplyTo: row.replies_to, references: row.named, lists: row.lists });
}

/** Oldest first. */
async function readWhere(session: Session, condition: string, ...values: Value[]): Promise<MessageEntry[]> {
  const rows = await session.all<EntryRow>(
    `${entrySql} WHERE ${condition} ORDER BY m.sort_ms, i.id`,
    ...values,
  );
  return rows.map(entryOf);
}

export async function readEntries(
  session: Session,
  messageIds: readonly string[],
): Promise<Map<string, MessageEntry>> {
  const entries = await readWhere(session, 'i.id = ANY(?)', messageIds);
  return new Map(entries.map((entry) => [entry.messageId, entry]));
}

export function readThread(session: Session, thread: string): Promise<MessageEntry[]> {
  return readWhere(session, 'm.thread_key = (SELECT message_key FROM message_id WHERE id = ?)', thread);
}

export function readThreadsOf(session: Session, messageIds: readonly string[]): Promise<MessageEntry[]> {
  const threads = `SELECT thread_key FROM message WHERE message_key IN ${givenKeys}`;
  return readWhere(session, `m.thread_key IN (${threads})`, messageIds);
}

/** All messages of every thread that one of these belongs to, names, or is named by; also those that name the same ghost. */
export async function readThreadNeighbours(
  session: Session,
  messageIds: readonly string[],
): Promise<MessageEntry[]> {
  const threads = await session.all<{ key: number }>(
    `WITH given (key) AS ${givenKeys},
       named (key) AS (SELECT key FROM given
         UNION SELECT referenced_key FROM reference WHERE message_key IN (SELECT key FROM given)),
       near (key) AS (SELECT key FROM named
         UNION SELECT message_key FROM reference WHERE referenced_key IN (SELECT key FROM named))
     SELECT DISTINCT thread_key AS key FROM message WHERE message_key IN (SELECT key FROM near)`,
    messageIds,
  );
  return readWhere(
    session,
    'm.thread_key = ANY(?)',
    threads.map(({ key }) => key),
  );
}

export async function writeThreadPlaces(session: Session, places: readonly ThreadPlace[]): Promise<void> {
  const keys = await makeKeys(
    session,
    places.flatMap(({ messageId, parent, thread }) => [
      messageId,
      ...(parent === null ? [] : [parent]),
      thread,
    ]),
  );
  await session.all(
    `UPDATE message m SET parent_key = given.parent, parent_is_guess = given.guess, thread_key = given.thread
     FROM unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::bigint[]) AS given (key, parent, guess, thread)
     WHERE m.message_key = given.key`,
    places.map(({ messageId }) => keyIn(keys, messageId)),
    places.map(({ parent }) => (parent === null ? null : keyIn(keys, parent))),
    places.map(({ parentIsGuess }) => Number(parentIsGuess)),
    places.map(({ thread }) => keyIn(keys, thread)),
  );
}

/** Newest first. */
export async function listMessages(
  session: Session,
  filter: { readonly list?: string; readonly person?: string },
  page: PageRequest,
): Promise<Page<MessageEntry>> {
  const limit = pageLimit(page);
  const [before] = readPosition(page, ['number']) ?? [Number.MAX_SAFE_INTEGER];
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  if (filter.list !== undefined) {
    conditions.push('k.list_key = (SELECT list_key FROM list WHERE name = ?)');
    values.push(filter.list);
  }
  if (filter.person !== undefined) {
    const from = '= (SELECT person_key FROM person WHERE address = ?)';
    conditions.push(
      filter.list === undefined
        ? `k.from_key ${from}`
        : `EXISTS (SELECT 1 FROM message o WHERE o.message_key = k.message_key AND o.from_key ${from})`,
    );
    values.push(filter.person.toLowerCase());
  }
  // The page is chosen first, from one index.
  const rows = await session.all<EntryRow>(
    `WITH page AS MATERIALIZED (
       SELECT k.message_key FROM ${filter.list === undefined ? 'message' : 'message_list'} k
       WHERE ${[...conditions, 'k.search_key < ?'].join(' AND ')} ORDER BY k.search_key DESC LIMIT ?)
     ${entrySql} WHERE m.message_key IN (SELECT message_key FROM page) ORDER BY m.search_key DESC`,
    ...values,
    Number(before),
    limit + 1,
  );
  return newestEntries(rows, limit, entryOf);
}

/** Every held id in order of (sortMs, id). */
export function listMessageIds(
  session: Session,
  after: { readonly sortMs: number; readonly messageId: string } | null,
  limit: number,
): Promise<{ messageId: string; sortMs: number }[]> {
  const afterMs = after?.sortMs ?? -Number.MAX_SAFE_INTEGER;
  return session.all<{ messageId: string; sortMs: number }>(
    `SELECT i.id AS "messageId", m.sort_ms AS "sortMs" FROM message m JOIN message_id i USING (message_key)
     WHERE m.sort_ms >= ? AND (m.sort_ms > ? OR i.id > ?) ORDER BY m.sort_ms, i.id LIMIT ?`,
    afterMs,
    afterMs,
    after?.messageId ?? '',
    limit,
  );
}

/** Held ids that begin with `start`; the largest character behind it ends the range. */
export async function findMessageIds(session: Session, start: string, limit: number): Promise<string[]> {
  const rows = await session.all<{ id: string }>(
    `SELECT i.id FROM message_id i JOIN message m USING (message_key)
     WHERE i.id >= ? AND i.id < ? ORDER BY i.id LIMIT ?`,
    start,
    `${start}\u{10ffff}`,
    limit,
  );
  return rows.map(({ id }) => id);
}
