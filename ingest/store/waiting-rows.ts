/**
 * Waiting rows: which messages and series each stage of the pipeline still has to handle.
 */
import type { Connection } from './connection.ts';
import { findKeys, keySet, makeKey } from './keys.ts';
import type { Stage } from './store.ts';

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

interface ThreadRow {
  id: string;
  thread_key: number | null;
}

/** The same by thread, each with all others that wait in it; those that are in no thread stand alone. */
export function takeWaitingThreads(
  connection: Connection,
  stage: Stage,
  limit: number,
  most: number,
): string[][] {
  const first = takeWaiting(connection, stage, Math.min(limit, most));
  const given = keySet(findKeys(connection, first).values());
  const rows = connection.all<ThreadRow>(
    `SELECT i.id, m.thread_key FROM (SELECT DISTINCT m.thread_key FROM json_each(?) given
         JOIN message m ON m.message_key = given.value) t
       CROSS JOIN message m ON m.thread_key = t.thread_key
       CROSS JOIN waiting w ON w.stage = ? AND w.owner_key = m.message_key
       JOIN message_id i ON i.message_key = m.message_key
     UNION ALL
     SELECT i.id, NULL FROM json_each(?) given JOIN message_id i ON i.message_key = given.value
       WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.message_key = given.value)`,
    given,
    stage,
    given,
  );
  const threads = new Map<number | string, string[]>();
  for (const { id, thread_key } of rows) {
    const thread = threads.get(thread_key ?? id);
    if (thread) thread.push(id);
    else threads.set(thread_key ?? id, [id]);
  }
  return bounded([...threads.values()], most);
}

function bounded(threads: readonly string[][], most: number): string[][] {
  let left = most;
  const taken: string[][] = [];
  for (const thread of threads) {
    if (left <= 0) break;
    taken.push(thread.slice(0, left));
    left -= thread.length;
  }
  return taken;
}

export function countWaiting(connection: Connection): Record<Stage, number> {
  const rows = connection.all<{ stage: Stage; count: number }>(
    'SELECT stage, count(*) AS count FROM waiting GROUP BY stage',
  );
  const counts = { parse: 0, thread: 0, link: 0, review: 0, series: 0 };
  for (const { stage, count } of rows) counts[stage] = count;
  return counts;
}
