/**
 * Source rows: sources with their cursors, the lists they filled, and what was odd in their mail.
 */
import { writeEvent } from './event-rows.ts';
import { sourceKeyOf } from './key-steps.ts';
import { makePage, pageLimit, readPosition } from './page-cursor.ts';
import { all, type Steps } from './steps.ts';
import type { ListRow, Page, PageRequest, SourceRow, TroubleRow } from './store.ts';

export function* readSources(): Steps<SourceRow[]> {
  return yield* all<SourceRow>(
    `SELECT location, kind, list, cursor, mails, last_pulled_ms AS "lastPulledMs", last_tried_ms AS "lastTriedMs",
       failures, last_error AS "lastError", newest_ms AS "newestMs", lag_ms AS "lagMs"
     FROM source ORDER BY location`,
  );
}

/** Writes how a source is now, and tells who watches. */
export function* noteSource(source: SourceRow): Steps<void> {
  yield* sourceKeyOf(source);
  yield* writeEvent(source.lastTriedMs ?? 0, 'source', source.location);
}

export function* readLists(): Steps<ListRow[]> {
  return yield* all<ListRow>(
    `WITH held AS (
       SELECT list_key, count(*) AS messages, sum(is_posting) AS postings, min(search_key) AS first,
         max(search_key) AS last FROM message_list GROUP BY list_key)
     SELECT l.name, h.messages, h.postings,
       (SELECT count(*) FROM series_list s WHERE s.list_key = l.list_key) AS series,
       (SELECT sort_ms FROM message WHERE search_key = h.first) AS "firstMs",
       (SELECT sort_ms FROM message WHERE search_key = h.last) AS "lastMs"
     FROM held h JOIN list l USING (list_key) WHERE l.name <> '' ORDER BY l.name`,
  );
}

/** Keeps troubles; one that is met again is the same one. */
export function* writeTroubles(rows: readonly TroubleRow[]): Steps<void> {
  for (const row of rows) {
    yield* all(
      `INSERT INTO trouble (source, place, code, message_id, detail) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (source, place, code, message_id) DO UPDATE SET detail = excluded.detail`,
      row.source,
      row.place,
      row.code,
      row.messageId,
      row.detail,
    );
  }
}

/** Newest first. */
export function* readTroubles(page: PageRequest): Steps<Page<TroubleRow>> {
  const limit = pageLimit(page);
  const [before] = readPosition(page, ['number']) ?? [Number.MAX_SAFE_INTEGER];
  const rows = yield* all<TroubleRow & { trouble_key: number }>(
    `SELECT trouble_key, source, place, code, message_id AS "messageId", detail FROM trouble
     WHERE trouble_key < ? ORDER BY trouble_key DESC LIMIT ?`,
    Number(before),
    limit + 1,
  );
  return makePage(
    rows,
    limit,
    (row) => [row.trouble_key],
    ({ trouble_key: _key, ...row }) => row,
  );
}
