/**
 * Keys: the integers that stand for Message-IDs, lists, sources and people inside the store.
 *
 * They depend on the order of arrival, so they never leave the store: whatever is given out is named and ordered by
 * text or time.
 */

import type { Connection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { findKeyOf, findKeysOf, sourceKeyOf } from './key-steps.ts';
import type { SourceRow } from './store.ts';

/** The key of a Message-ID, held or not; undefined where it was never named. */
export function findKey(connection: Connection, id: string): number | undefined {
  return connection.steps(findKeyOf(id));
}

/** The key of a Message-ID; made where there is none. */
export function makeKey(connection: Connection, id: string): number {
  return findKey(connection, id) ?? connection.run('INSERT INTO message_id (id) VALUES (?)', id).key;
}

/** Keys of those ids that were ever named, by id. */
export function findKeys(connection: Connection, ids: readonly string[]): Map<string, number> {
  return connection.steps(findKeysOf(sqliteDialect, ids));
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
  return connection.steps(sourceKeyOf(source));
}
