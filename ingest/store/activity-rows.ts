/**
 * Activity rows: what a series gives to statistics, written whole whenever the series is made anew.
 */

import type { MaintainersFile } from '../model/maintainers.ts';
import type { SeriesActivity } from '../model/statistics.ts';
import type { Connection } from './connection.ts';
import { findKey, makeKey, makePersonKey } from './keys.ts';
import { all, type Steps } from './steps.ts';

const tables = ['series_activity', 'review', 'open_point', 'series_role'];

export function writeActivity(
  connection: Connection,
  rows: readonly SeriesActivity[],
  gone: readonly string[],
): void {
  for (const id of [...gone, ...rows.map(({ series }) => series)]) {
    const key = findKey(connection, id);
    if (key === undefined) continue;
    for (const table of tables) connection.run(`DELETE FROM ${table} WHERE series_key = ?`, key);
  }
  for (const row of rows) writeOne(connection, row);
}

function writeOne(connection: Connection, row: SeriesActivity): void {
  const values = activityValues(row, (id) => makeKey(connection, id));
  const key = values.series_key;
  connection.insert('series_activity', { ...values, author_key: makePersonKey(connection, row.author) });
  for (const { messageId, person, atMs, delayMs } of row.reviews) {
    connection.run(
      'INSERT INTO review (series_key, message_key, person_key, at_ms, delay_ms) VALUES (?, ?, ?, ?, ?)',
      key,
      makeKey(connection, messageId),
      makePersonKey(connection, person),
      atMs,
      delayMs,
    );
  }
  for (const { role, person } of row.roles) {
    connection.run(
      'INSERT OR IGNORE INTO series_role (series_key, person_key, role) VALUES (?, ?, ?)',
      key,
      makePersonKey(connection, person.address),
      role,
    );
  }
  for (const [place, { messageId, atMs }] of row.openPoints.entries()) {
    connection.run(
      'INSERT INTO open_point (series_key, place, message_key, since_ms) VALUES (?, ?, ?, ?)',
      key,
      place,
      makeKey(connection, messageId),
      atMs,
    );
  }
}

/** A row of the table `series_activity`, without its person. */
export function activityValues(
  { series, firstMs, rounds, taken }: SeriesActivity,
  keyOf: (id: string) => number,
) {
  return {
    series_key: keyOf(series),
    first_ms: firstMs,
    rounds,
    taken_ms: taken?.atMs ?? null,
    // What a git tree shows needs no mail.
    taken_key: taken && taken.messageId !== '' ? keyOf(taken.messageId) : null,
  };
}

export function* writeMaintainers({ tree, text }: MaintainersFile): Steps<void> {
  yield* all(
    `INSERT INTO maintainers_file (tree, text) VALUES (?, ?)
     ON CONFLICT (tree) DO UPDATE SET text = excluded.text`,
    tree,
    text,
  );
}

export function* readMaintainers(): Steps<MaintainersFile[]> {
  return yield* all<MaintainersFile>('SELECT tree, text FROM maintainers_file ORDER BY tree');
}
