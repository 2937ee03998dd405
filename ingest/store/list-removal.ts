/**
 * List removal: takes a list away with everything that only it had.
 *
 * A mail that another list holds too stays, with the copies that came by that one. Done in batches, each whole in its
 * own transaction: what is left after a stop is removed by the next call.
 */
import { type RemovalParts, settle } from './mail-removal.ts';
import { findHeldRow } from './message-rows.ts';
import { countMails } from './person-rows.ts';
import { all, get, type Steps } from './steps.ts';
import type { ListRemoval } from './store.ts';

/** Takes away up to `most` of its mails; with the last of them the list itself, its sources and troubles go. */
export function* removeList(parts: RemovalParts, name: string, most: number): Steps<ListRemoval> {
  const list = yield* get<{ list_key: number }>('SELECT list_key FROM list WHERE name = ?', name);
  if (!list) return { removed: 0, left: 0 };
  // First, so that a pull after a stop brings back what is gone already.
  yield* all('UPDATE source SET cursor = NULL WHERE list = ?', name);
  const rows = yield* all<{ message_key: number }>(
    'SELECT message_key FROM message_list WHERE list_key = ? LIMIT ?',
    list.list_key,
    most,
  );
  const people = new Set<number>();
  for (const { message_key: key } of rows) {
    yield* all('DELETE FROM appearance WHERE message_key = ? AND list_key = ?', key, list.list_key);
    const held = yield* findHeldRow(key);
    if (!held) continue;
    people.add(held.from_key);
    yield* settle(parts, held);
  }
  yield* countMails(parts.dialect, people);
  const { left = 0 } =
    (yield* get<{ left: number }>(
      'SELECT count(*) AS "left" FROM message_list WHERE list_key = ?',
      list.list_key,
    )) ?? {};
  if (left === 0) yield* forget(list.list_key, name);
  return { removed: rows.length, left };
}

/** What is left of a list when its mails are gone. A source that gives mail of other lists, too, stays. */
function* forget(listKey: number, name: string): Steps<void> {
  yield* all(
    `DELETE FROM source WHERE (list = ? OR mails > 0)
     AND source_key NOT IN (SELECT source_key FROM appearance)`,
    name,
  );
  yield* all(
    `DELETE FROM trouble WHERE (message_id = '' AND source NOT IN (SELECT location FROM source))
     OR (message_id <> '' AND message_id NOT IN (SELECT i.id FROM message_id i JOIN message USING (message_key)))`,
  );
  yield* forgetPeople();
  yield* all('DELETE FROM series_list WHERE list_key = ?', listKey);
  yield* all(
    'DELETE FROM list WHERE list_key = ? AND list_key NOT IN (SELECT list_key FROM appearance)',
    listKey,
  );
}

/** People of whom nothing is left. What was derived from mails and series that are gone names them no more. */
function* forgetPeople(): Steps<void> {
  yield* all('DELETE FROM review WHERE message_key NOT IN (SELECT message_key FROM message)');
  for (const table of ['series_activity', 'series_role']) {
    yield* all(`DELETE FROM ${table} WHERE series_key NOT IN (SELECT series_key FROM placement)`);
  }
  yield* all(
    `DELETE FROM person WHERE messages = 0 AND person_key NOT IN (
       SELECT author_key FROM posting UNION SELECT from_key FROM message UNION SELECT person_key FROM review
       UNION SELECT author_key FROM series_activity UNION SELECT person_key FROM series_role)`,
  );
}
