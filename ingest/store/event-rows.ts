/**
 * Event rows: what changed, for live pages.
 *
 * Only the newest are kept: a page that was away for longer loads anew.
 */
import { limits } from '../model/limits.ts';
import type { Connection } from './connection.ts';
import type { ChangeEvent } from './store.ts';

/** Adds one; the sequence grows by one each time. */
export function addEvent(connection: Connection, atMs: number, kind: string, subject: string): void {
  const { key } = connection.run(
    'INSERT INTO event (at_ms, kind, subject) VALUES (?, ?, ?)',
    atMs,
    kind,
    subject,
  );
  if (key > limits.eventsKept) {
    connection.run('DELETE FROM event WHERE sequence <= ?', key - limits.eventsKept);
  }
}

/** Events behind a sequence number, oldest first. */
export function readEvents(connection: Connection, afterSequence: number, limit: number): ChangeEvent[] {
  return connection.all<ChangeEvent>(
    `SELECT sequence, at_ms AS atMs, kind, subject FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?`,
    afterSequence,
    limit,
  );
}
