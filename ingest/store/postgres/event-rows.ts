/**
 * Event rows: what changed, written at the end of each transaction. Their numbers: `number_event` in ./schema.ts
 *
 * Whoever listens on the channel is told that there are new ones; the table has them, so nobody misses any.
 */
import { limits } from '../../model/limits.ts';
import type { Session } from './session.ts';

/** What others listen on. */
export const eventChannel = 'patchtrail_event';

export async function flushEvents(session: Session): Promise<void> {
  const events = session.events.splice(0);
  if (events.length === 0) return;
  const rows = await session.all<{ sequence: number }>(
    `INSERT INTO event (at_ms, kind, subject)
     SELECT at_ms, kind, subject FROM unnest(?::bigint[], ?::text[], ?::text[]) WITH ORDINALITY
       AS given (at_ms, kind, subject, place) ORDER BY place RETURNING sequence`,
    events.map(({ atMs }) => atMs),
    events.map(({ kind }) => kind),
    events.map(({ subject }) => subject),
  );
  const last = Math.max(...rows.map(({ sequence }) => sequence));
  if (last > limits.eventsKept) {
    await session.all('DELETE FROM event WHERE sequence <= ?', last - limits.eventsKept);
  }
  await session.all('SELECT pg_notify(?, ?)', eventChannel, String(last));
}
