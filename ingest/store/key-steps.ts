/**
 * Key steps: the integers that stand for Message-IDs, people and sources, found or made by one statement after the
 * other on any engine. What they are: ./keys.ts
 */
import type { Dialect } from './dialect.ts';
import { all, get, type Steps } from './steps.ts';
import type { SourceRow } from './store.ts';

/** The key of a Message-ID, held or not; undefined where it was never named. */
export function* findKeyOf(id: string): Steps<number | undefined> {
  const row = yield* get<{ key: number }>('SELECT message_key AS key FROM message_id WHERE id = ?', id);
  return row?.key;
}

/** Keys of those ids that were ever named, by id. */
export function* findKeysOf(dialect: Dialect, ids: readonly string[]): Steps<Map<string, number>> {
  const wanted = new Set(ids);
  // All at once, which takes a sixth of the time of one by one.
  const rows = yield* all<{ message_key: number; id: string }>(
    `SELECT message_key, id FROM message_id WHERE id ${dialect.among}`,
    dialect.many([...wanted].filter(isPlain)),
  );
  const known = new Map(rows.map((row) => [row.id, row.message_key]));
  const keys = new Map<string, number>();
  for (const id of wanted) {
    const key = known.get(id) ?? (isPlain(id) ? undefined : yield* findKeyOf(id));
    if (key !== undefined) keys.set(id, key);
  }
  return keys;
}

/** Printable ASCII is the same in JSON and bound as it is; NUL and half surrogates are not. */
function isPlain(id: string): boolean {
  return /^[ -~]*$/.test(id);
}

/** The key of a Message-ID; made where there is none. */
export function* keyOf(id: string): Steps<number> {
  const known = yield* findKeyOf(id);
  if (known !== undefined) return known;
  yield* all('INSERT INTO message_id (id) VALUES (?) ON CONFLICT (id) DO NOTHING', id);
  return (yield* findKeyOf(id)) ?? 0;
}

/** Writes what is known of a source; gives its key. */
export function* sourceKeyOf(source: SourceRow): Steps<number> {
  const row = yield* get<{ key: number }>(
    `INSERT INTO source (location, kind, list, cursor, mails, last_pulled_ms, last_tried_ms, failures, last_error,
       newest_ms, lag_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (location) DO UPDATE SET kind = excluded.kind, list = excluded.list, cursor = excluded.cursor,
       mails = excluded.mails, last_pulled_ms = excluded.last_pulled_ms, last_tried_ms = excluded.last_tried_ms,
       failures = excluded.failures, last_error = excluded.last_error, newest_ms = excluded.newest_ms,
       lag_ms = excluded.lag_ms
     RETURNING source_key AS key`,
    source.location,
    source.kind,
    source.list,
    source.cursor,
    source.mails,
    source.lastPulledMs,
    source.lastTriedMs,
    source.failures,
    source.lastError,
    source.newestMs,
    source.lagMs,
  );
  return row?.key ?? 0;
}
