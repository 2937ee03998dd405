/**
 * Waiting rows: which messages and series each stage of the pipeline still has to handle.
 */
import type { Connection } from './connection.ts';
import { findKeys, keySet, makeKey } from './keys.ts';
import type { Stage } from './store.ts';

/** All stages, in the order in which they run. */
export const stageNames = ['parse', 'thread', 'link', 'review', 'series'] as const satisfies readonly Stage[];

/** Lets a message or series wait for a stage. */
export function mark(connection: Connection, stage: Stage, ownerKey: number): void {
  connection.run('INSERT OR IGNORE INTO waiting (stage, owner_key) VALUES (?, ?)', stage, ownerKey);
}

export function markAll(connection: Connection, stage: Stage, owners: readonly string[]): void {
  for (const owner of owners) mark(connection, stage, makeKey(connection, owner));
}

export function clearAll(connection: Connection, stage: Stage, owners: readonly string[]): void {
  const keys = keySet(findKeys(connection, owners).values());
  connection.run(
    'DELETE FROM waiting WHERE stage = ? AND owner_key IN (SELECT value FROM json_each(?))',
    stage,
    keys,
  );
}

/** Those that wait, in order of their first arrival; they stay until they are cleared. */
export function takeWaiting(connection: Connection, stage: Stage, limit: number): string[] {
  return connection
    .all<{ id: string }>(
      `SELECT i.id FROM waiting w JOIN message_id i ON i.message_key = w.owner_key
       WHERE w.stage = ? ORDER BY w.owner_key LIMIT ?`,
      stage,
      limit,
    )
    .map((row) => row.id);
}

/** The same, and behind these all others that wait in their threads. */
export function takeWaitingThreads(
  connection: Connection,
  stage: Stage,
  limit: number,
  most: number,
): string[] {
  const first = takeWaiting(connection, stage, Math.min(limit, most));
  const rows = connection.all<{ id: string }>(
    `SELECT i.id FROM (SELECT DISTINCT m.thread_key FROM json_each(?) given
         JOIN message m ON m.message_key = given.value) t
       CROSS JOIN message m ON m.thread_key = t.thread_key
       CROSS JOIN waiting w ON w.stage = ? AND w.owner_key = m.message_key
       JOIN message_id i ON i.message_key = m.message_key
     ORDER BY m.message_key`,
    keySet(findKeys(connection, first).values()),
    stage,
  );
  return [...new Set([...first, ...rows.map((row) => row.id)])].slice(0, most);
}

export function countWaiting(connection: Connection): Record<Stage, number> {
  const rows = connection.all<{ stage: Stage; count: number }>(
    'SELECT stage, count(*) AS count FROM waiting GROUP BY stage',
  );
  const counts = { parse: 0, thread: 0, link: 0, review: 0, series: 0 };
  for (const { stage, count } of rows) counts[stage] = count;
  return counts;
}
