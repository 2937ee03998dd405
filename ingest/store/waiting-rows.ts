/**
 * Waiting rows: which messages and series each stage of the pipeline still has to handle.
 */
import type { Connection } from './connection.ts';
import type { Dialect } from './dialect.ts';
import { findKeysOf } from './key-steps.ts';
import { makeKey } from './keys.ts';
import { all, type Steps } from './steps.ts';
import type { Stage } from './store.ts';

/** Lets a message or series wait for a stage. */
export function mark(connection: Connection, stage: Stage, ownerKey: number): void {
  connection.steps(markOwner(stage, ownerKey));
}

export function* markOwner(stage: Stage, ownerKey: number): Steps<void> {
  yield* all(
    'INSERT INTO waiting (stage, owner_key) VALUES (?, ?) ON CONFLICT (stage, owner_key) DO NOTHING',
    stage,
    ownerKey,
  );
}

export function markAll(connection: Connection, stage: Stage, owners: readonly string[]): void {
  for (const owner of owners) mark(connection, stage, makeKey(connection, owner));
}

export function* clearAll(dialect: Dialect, stage: Stage, owners: readonly string[]): Steps<void> {
  const keys = dialect.many((yield* findKeysOf(dialect, owners)).values());
  yield* all(`DELETE FROM waiting WHERE stage = ? AND owner_key ${dialect.among}`, stage, keys);
}

/** Those that wait, in order of their first arrival; they stay until they are cleared. */
export function* takeWaiting(stage: Stage, limit: number): Steps<string[]> {
  const rows = yield* all<{ id: string }>(
    `SELECT i.id FROM waiting w JOIN message_id i ON i.message_key = w.owner_key
       WHERE w.stage = ? ORDER BY w.owner_key LIMIT ?`,
    stage,
    limit,
  );
  return rows.map((row) => row.id);
}

interface ThreadRow {
  id: string;
  thread_key: number | null;
}

/** The same by thread, each with all others that wait in it; those that are in no thread stand alone. */
export function* takeWaitingThreads(
  dialect: Dialect,
  stage: Stage,
  limit: number,
  most: number,
): Steps<string[][]> {
  const first = yield* takeWaiting(stage, Math.min(limit, most));
  const given = dialect.many((yield* findKeysOf(dialect, first)).values());
  const rows = yield* all<ThreadRow>(
    `SELECT i.id, m.thread_key FROM (SELECT DISTINCT m.thread_key FROM message m WHERE m.message_key ${dialect.among}) t
       ${dialect.joinInOrder} message m ON m.thread_key = t.thread_key
       ${dialect.joinInOrder} waiting w ON w.stage = ? AND w.owner_key = m.message_key
       JOIN message_id i ON i.message_key = m.message_key
     UNION ALL
     SELECT i.id, NULL FROM message_id i WHERE i.message_key ${dialect.among}
       AND NOT EXISTS (SELECT 1 FROM message m WHERE m.message_key = i.message_key)`,
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

export function* countWaiting(): Steps<Record<Stage, number>> {
  const rows = yield* all<{ stage: Stage; count: number }>(
    'SELECT stage, count(*) AS count FROM waiting GROUP BY stage',
  );
  const counts = { parse: 0, thread: 0, link: 0, review: 0, series: 0 };
  for (const { stage, count } of rows) counts[stage] = count;
  return counts;
}
