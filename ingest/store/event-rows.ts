/**
 * Event rows: what changed, for live pages.
 *
 * Only the newest are kept: a page that was away for longer loads anew.
 */
import { limits } from '../model/limits.ts';
import type { Connection } from './connection.ts';
import { all, get, type Steps } from './steps.ts';
import type { ChangeEvent } from './store.ts';

/** Adds one; the sequence grows by one each time. */
export function* writeEvent(atMs: number, kind: string, subject: string): Steps<void> {
  const made = yield* get<{ sequence: number }>(
    'INSERT INTO event (at_ms, kind, subject) VALUES (?, ?, ?) RETURNING sequence',
    atMs,
    kind,
    subject,
  );
  const last = made?.sequence ?? 0;
  if (last > limits.eventsKept) yield* all('DELETE FROM event WHERE sequence <= ?', last - limits.eventsKept);
}

export function addEvent(connection: Connection, atMs: number, kind: string, subject: string): void {
  connection.steps(writeEvent(atMs, kind, subject));
}

/** Events behind a sequence number, oldest first. */
export function* readEvents(afterSequence: number, limit: number): Steps<ChangeEvent[]> {
  return yield* all<ChangeEvent>(
    `SELECT sequence, at_ms AS "atMs", kind, subject FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?`,
    afterSequence,
    limit,
  );
}
