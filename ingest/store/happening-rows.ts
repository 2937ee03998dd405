/**
 * Happening rows: what happened to patches and series, put together from what is held: nothing is written for them.
 *
 * Times are those at which this store first held a mail, so that whoever asks for what is new since the last time misses
 * none that came late. Only the kinds that are asked for are read.
 */
import { type ConditionList, makeConditionList } from './condition-list.ts';
import type { Dialect } from './dialect.ts';
import { onListsSql, sendingKeysSql } from './patch-list-rows.ts';
import { all, count, type Steps } from './steps.ts';
import type { Counted, HappeningFilter, HappeningKind, HappeningRow, Window } from './tracker.ts';

/** Each kind as `number, at_ms, subject_key, by, from_text, to_text`; the subject is a message or a revision. */
const kindSql = (dialect: Dialect): Readonly<Record<HappeningKind, string>> => ({
  'cover-created': postingSql(1),
  'patch-created': postingSql(0),
  'patch-completed': `SELECT p.message_key, (SELECT max(t.held_ms) ${lowerSql()}) AS at_ms, p.message_key, '', NULL, NULL
    FROM placement p WHERE p.position > 0 AND (SELECT count(DISTINCT o.position) ${lowerSql()}) = p.position`,
  'series-created': seriesSql('min(t.held_ms)', ''),
  'series-completed': seriesSql(
    'max(t.held_ms)',
    'HAVING count(DISTINCT nullif(p.position, 0)) >= max(CASE WHEN p.total > 1 THEN p.total ELSE 1 END)',
  ),
  'comment-created': `SELECT m.message_key, t.held_ms, m.message_key, '', NULL, NULL
    FROM message m JOIN tracked t USING (message_key) WHERE m.is_posting = 0
      AND EXISTS (SELECT 1 FROM message o WHERE o.thread_key = m.thread_key AND o.is_posting = 1)`,
  'check-created': `SELECT check_key, at_ms, message_key, by, NULL, NULL FROM patch_check`,
  'patch-state-changed': changeSql(dialect, 'patch-state'),
  'patch-delegated': changeSql(dialect, 'patch-delegate'),
});

function postingSql(isCover: 0 | 1): string {
  return `SELECT p.message_key, t.held_ms, p.message_key, '', NULL, NULL
    FROM posting p JOIN tracked t USING (message_key) JOIN placement USING (message_key) WHERE p.is_cover = ${isCover}`;
}

function lowerSql(): string {
  return `FROM placement o JOIN tracked t ON t.message_key = o.message_key
    WHERE o.series_key = p.series_key AND o.revision_key = p.revision_key AND o.position BETWEEN 1 AND p.position`;
}

function seriesSql(at: string, having: string): string {
  return `SELECT p.revision_key, ${at}, p.revision_key, '', NULL, NULL
    FROM placement p JOIN tracked t USING (message_key) GROUP BY p.revision_key ${having}`;
}

function changeSql(dialect: Dialect, kind: string): string {
  return `SELECT c.correction_id, c.at_ms, i.message_key, c.by, ${dialect.field('c.value', 'from')},
      ${dialect.field('c.value', 'to')}
    FROM correction c JOIN message_id i ON i.id = c.subject WHERE c.kind = '${kind}'`;
}

/** The posting that a comment answers: the nearest above it, else the first of its thread. */
const answersSql = `CASE WHEN h.kind = 'comment-created' THEN coalesce(
  (WITH RECURSIVE up (key, depth) AS (
     SELECT c.parent_key, 0 FROM message c WHERE c.message_key = h.subject_key
     UNION ALL SELECT a.parent_key, depth + 1 FROM up JOIN message a ON a.message_key = up.key
     WHERE a.is_posting = 0 AND depth < 200)
   SELECT up.key FROM up JOIN message a ON a.message_key = up.key WHERE a.is_posting = 1 LIMIT 1),
  (SELECT o.message_key FROM message c JOIN message o ON o.thread_key = c.thread_key AND o.is_posting = 1
   WHERE c.message_key = h.subject_key ORDER BY o.search_key LIMIT 1)) END`;

interface Row {
  kind: HappeningKind;
  number: number;
  at_ms: number;
  message_id: string;
  answers: string | null;
  by: string;
  from_text: string | null;
  to_text: string | null;
}

export function* listHappenings(
  dialect: Dialect,
  filter: HappeningFilter,
  isDescending: boolean,
  window: Window,
): Steps<Counted<HappeningRow>> {
  if (filter.kinds.length === 0) return { items: [], count: 0 };
  const sqlOf = kindSql(dialect);
  const kinds = filter.kinds.map(
    (kind) => `SELECT '${kind}' ${dialect.bytewise} AS kind, k.* FROM (${sqlOf[kind]}) k`,
  );
  const happening = `happening (kind, number, at_ms, subject_key, by, from_text, to_text) AS (
    ${kinds.join(' UNION ALL ')})`;
  const { conditions, values } = conditionsOf(dialect, filter);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const whole = yield* count(
    `WITH ${happening} SELECT count(*) AS count FROM happening h ${where}`,
    ...values,
  );
  const direction = isDescending ? 'DESC' : 'ASC';
  const rows = yield* all<Row>(
    `WITH ${happening},
     page AS MATERIALIZED (SELECT * FROM happening h ${where}
       ORDER BY at_ms ${direction}, kind ${direction}, number ${direction} LIMIT ? OFFSET ?)
     SELECT h.*, i.id AS message_id, answered.id AS answers
     FROM page h JOIN message_id i ON i.message_key = h.subject_key
     LEFT JOIN message_id answered ON answered.message_key = ${answersSql}
     ORDER BY h.at_ms ${direction}, h.kind ${direction}, h.number ${direction}`,
    ...values,
    window.limit,
    window.offset,
  );
  return { items: rows.map(happeningOf), count: whole };
}

function happeningOf(row: Row): HappeningRow {
  const isChange = row.kind === 'patch-state-changed' || row.kind === 'patch-delegated';
  return {
    kind: row.kind,
    number: row.number,
    atMs: row.at_ms,
    messageId: row.message_id,
    answers: row.answers,
    by: row.by,
    change: isChange ? { from: row.from_text, to: row.to_text } : null,
  };
}

function conditionsOf(dialect: Dialect, filter: HappeningFilter): ConditionList {
  const list = makeConditionList();
  const { add } = list;
  if (filter.lists) add(onListsSql(dialect, 'h.subject_key'), dialect.many(filter.lists));
  if (filter.fromMs !== undefined) add('h.at_ms >= ?', filter.fromMs);
  if (filter.beforeMs !== undefined) add('h.at_ms < ?', filter.beforeMs);
  if (filter.actors) add(`h.by ${dialect.among}`, dialect.many(filter.actors));
  if (filter.numbers) {
    add(`coalesce(${answersSql}, h.subject_key) ${dialect.among}`, dialect.many(filter.numbers));
    add(`h.kind NOT IN ('series-created', 'series-completed')`);
  }
  if (filter.sendings) {
    add(
      `(SELECT revision_key FROM placement WHERE message_key = coalesce(${answersSql}, h.subject_key))
        IN (${sendingKeysSql(dialect)})`,
      dialect.many(filter.sendings),
    );
  }
  if (filter.isOnCover !== undefined) {
    add(
      `(h.kind <> 'comment-created' OR
        (SELECT is_cover FROM posting WHERE message_key = ${answersSql}) = ?)`,
      Number(filter.isOnCover),
    );
  }
  return list;
}
