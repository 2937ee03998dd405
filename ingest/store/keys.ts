/**
 * Keys: the integers that stand for Message-IDs, lists, sources and people inside the store.
 *
 * They depend on the order of arrival, so they never leave the store: whatever is given out is named and ordered by
 * text or time.
 */

import type { Connection } from './connection.ts';
import type { SourceRow } from './store.ts';

/** The key of a Message-ID, held or not; undefined where it was never named. */
export function findKey(connection: Connection, id: string): number | undefined {
  return connection.get<{ message_key: number }>('SELECT message_key FROM message_id WHERE id = ?', id)
    ?.message_key;
}

/** The key of a Message-ID; made where there is none. */
export function makeKey(connection: Connection, id: string): number {
  return findKey(connection, id) ?? connection.run('INSERT INTO message_id (id) VALUES (?)', id).key;
}

/** Keys of those ids that were ever named, by id. */
export function findKeys(connection: Connection, ids: readonly string[]): Map<string, number> {
  const wanted = new Set(ids);
  const known = plainKeys(connection, wanted);
  const keys = new Map<string, number>();
  for (const id of wanted) {
    const key = known.get(id) ?? (isPlain(id) ? undefined : findKey(connection, id));
    if (key !== undefined) keys.set(id, key);
  }
  return keys;
}

/** All at once, which takes a sixth of the time of one by one. */
function plainKeys(connection: Connection, ids: ReadonlySet<string>): Map<string, number> {
  const rows = connection.all<{ message_key: number; id: string }>(
    'SELECT i.message_key, i.id FROM json_each(?) given CROSS JOIN message_id i ON i.id = given.value',
    JSON.stringify([...ids].filter(isPlain)),
  );
  return new Map(rows.map((row) => [row.id, row.message_key]));
}

/** Printable ASCII is the same in JSON and bound as it is; NUL and half surrogates are not. */
function isPlain(id: string): boolean {
  return /^[ -~]*$/.test(id);
}

/** The Message-ID of a key that a row holds. */
export function idOf(connection: Connection, key: number): string {
  return connection.get<{ id: string }>('SELECT id FROM message_id WHERE message_key = ?', key)?.id ?? '';
}

/** The Message-IDs of keys that rows hold. */
export function idsOf(connection: Connection, keys: ReadonlySet<number>): Map<number, string> {
  const rows = connection.all<{ message_key: number; id: string }>(
    'SELECT message_key, id FROM message_id WHERE message_key IN (SELECT value FROM json_each(?))',
    keySet(keys),
  );
  return new Map(rows.map((row) => [row.message_key, row.id]));
}

/** Several keys as one bound value, for `IN (SELECT value FROM json_each(?))`. */
export function keySet(keys: Iterable<number>): string {
  return JSON.stringify([...keys]);
}

export function makeListKey(connection: Connection, name: string): number {
  const found = connection.get<{ list_key: number }>('SELECT list_key FROM list WHERE name = ?', name);
  return found?.list_key ?? connection.run('INSERT INTO list (name) VALUES (?)', name).key;
}

export function makePersonKey(connection: Connection, address: string): number {
  const found = connection.get<{ person_key: number }>(
    'SELECT person_key FROM person WHERE address = ?',
    address,
  );
  return found?.person_key ?? connection.run('INSERT INTO person (address) VALUES (?)', address).key;
}

/** Writes what is known of a source; gives its key. */
export function writeSource(connection: Connection, source: SourceRow): number {
  connection.run(
    `INSERT INTO source (location, kind, list, cursor, mails, last_pulled_ms, last_tried_ms, failures, last_error,
       newest_ms, lag_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (location) DO UPDATE SET kind = excluded.kind, list = excluded.list, cursor = excluded.cursor,
       mails = excluded.mails, last_pulled_ms = excluded.last_pulled_ms, last_tried_ms = excluded.last_tried_ms,
       failures = excluded.failures, last_error = excluded.last_error, newest_ms = excluded.newest_ms,
       lag_ms = excluded.lag_ms`,
    source.location,
    source.kind,
    source.list,
    source.cursor,
    source.mails,
    source.lastPulledMs,
    source.lastTriedMs,
    source.failures,
    source.lastError,
    source.newestMs,
    source.lagMs,
  );
  const row = connection.get<{ source_key: number }>(
    'SELECT source_key FROM source WHERE location = ?',
    source.location,
  );
  return row?.source_key ?? 0;
}
