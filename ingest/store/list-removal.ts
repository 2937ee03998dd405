/**
 * List removal: takes a list away with everything that only it had.
 *
 * A mail that another list holds too stays, with the copies that came by that one. Done in batches, each whole in its
 * own transaction: what is left after a stop is removed by the next call.
 */
import type { Connection } from './connection.ts';
import { settle } from './mail-removal.ts';
import { findHeld } from './message-rows.ts';
import { refreshPeople } from './person-rows.ts';
import type { ListRemoval } from './store.ts';

/** Takes away up to `most` of its mails; with the last of them the list itself, its sources and troubles go. */
export function removeList(connection: Connection, name: string, most: number): ListRemoval {
  const list = connection.get<{ list_key: number }>('SELECT list_key FROM list WHERE name = ?', name);
  if (!list) return { removed: 0, left: 0 };
  // First, so that a pull after a stop brings back what is gone already.
  connection.run('UPDATE source SET cursor = NULL WHERE list = ?', name);
  const rows = connection.all<{ message_key: number }>(
    'SELECT message_key FROM message_list WHERE list_key = ? LIMIT ?',
    list.list_key,
    most,
  );
  const people = new Set<number>();
  for (const { message_key: key } of rows) {
    connection.run('DELETE FROM appearance WHERE message_key = ? AND list_key = ?', key, list.list_key);
    const held = findHeld(connection, key);
    if (!held) continue;
    people.add(held.from_key);
    settle(connection, held);
  }
  refreshPeople(connection, people);
  const { left = 0 } =
    connection.get<{ left: number }>(
      'SELECT count(*) AS left FROM message_list WHERE list_key = ?',
      list.list_key,
    ) ?? {};
  if (left === 0) forget(connection, list.list_key, name);
  return { removed: rows.length, left };
}

/** What is left of a list when its mails are gone. A source that gives mail of other lists, too, stays. */
function forget(connection: Connection, listKey: number, name: string): void {
  connection.run(
    `DELETE FROM source WHERE (list = ? OR mails > 0)
     AND source_key NOT IN (SELECT source_key FROM appearance)`,
    name,
  );
  connection.run(
    `DELETE FROM trouble WHERE (message_id = '' AND source NOT IN (SELECT location FROM source))
     OR (message_id <> '' AND message_id NOT IN (SELECT i.id FROM message_id i JOIN message USING (message_key)))`,
  );
  forgetPeople(connection);
  connection.run('DELETE FROM series_list WHERE list_key = ?', listKey);
  connection.run(
    'DELETE FROM list WHERE list_key = ? AND list_key NOT IN (SELECT list_key FROM appearance)',
    listKey,
  );
}

/** People of whom nothing is left. What was derived from mails and series that are gone names them no more. */
function forgetPeople(connection: Connection): void {
  connection.run('DELETE FROM review WHERE message_key NOT IN (SELECT message_key FROM message)');
  for (const table of ['series_activity', 'series_role']) {
    connection.run(`DELETE FROM ${table} WHERE series_key NOT IN (SELECT series_key FROM placement)`);
  }
  connection.run(
    `DELETE FROM person WHERE messages = 0 AND person_key NOT IN (
       SELECT author_key FROM posting UNION SELECT from_key FROM message UNION SELECT person_key FROM review
       UNION SELECT author_key FROM series_activity UNION SELECT person_key FROM series_role)`,
  );
}
