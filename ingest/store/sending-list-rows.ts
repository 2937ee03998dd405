/**
 * Sending list rows: revisions as trackers list them, filtered, ordered and counted.
 *
 * A revision is named by its cover letter or first patch. Its number is the key of the mail that its id names; the
 * number of any other posting of it finds it, too, so that a number given out stays true when an older mail arrives.
 */
import { type ConditionList, makeConditionList } from './condition-list.ts';
import type { Dialect } from './dialect.ts';
import { addSubmitters, listsSql, onListsSql, sendingKeysSql } from './patch-list-rows.ts';
import { all, count, type Steps } from './steps.ts';
import type { Counted, Order, SendingFilter, SendingOrder, SendingRow, Window } from './tracker.ts';

interface Row {
  revision: string;
  number: number;
  name: string;
  has_cover: number;
  version: number;
  total: number;
  held: number;
  lists: string;
  sent_ms: number;
  person_key: number;
  from_name: string;
  address: string;
}

/** One row a revision: what its postings say together, and which of them stands first. */
const sendingSql = (
  condition: string,
) => `SELECT pl.revision_key, max(pl.version) AS version, max(pl.total) AS total,
    count(DISTINCT nullif(pl.position, 0)) AS held, max(p.is_cover) AS has_cover,
    min(pl.position * 4503599627370496 + pl.message_key) % 4503599627370496 AS first_key
  FROM placement pl JOIN posting p USING (message_key) ${condition} GROUP BY pl.revision_key`;

/** Only the series of the numbers bound next: asked for by number, a sending must not cost a walk over all. */
const ofNumbersSql = (dialect: Dialect) => `WHERE pl.series_key IN (
  SELECT series_key FROM placement WHERE message_key ${dialect.among})`;

const joins = `FROM sending
  JOIN message m ON m.message_key = sending.first_key
  JOIN person ON person.person_key = m.from_key
  LEFT JOIN tracked t ON t.message_key = sending.first_key`;

const nameSql = 'coalesce(t.name, m.subject)';
const dateSql = 'coalesce(m.date_ms, m.sort_ms)';

const orders: Readonly<Record<SendingOrder, string>> = {
  id: 'sending.revision_key',
  name: nameSql,
  date: dateSql,
  submitter: 'lower(m.from_name)',
  received_all: 'sending.held >= sending.total',
};

export function* listSendings(
  dialect: Dialect,
  filter: SendingFilter,
  order: Order<SendingOrder>,
  window: Window,
): Steps<Counted<SendingRow>> {
  const { conditions, values: bound } = conditionsOf(dialect, filter);
  const sending = sendingSql(filter.numbers ? ofNumbersSql(dialect) : '');
  const values = [...(filter.numbers ? [dialect.many(filter.numbers)] : []), ...bound];
  const from = `${joins} ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`;
  const whole = yield* count(`WITH sending AS (${sending}) SELECT count(*) AS count ${from}`, ...values);
  const direction = order.isDescending ? 'DESC' : 'ASC';
  const rows = yield* all<Row>(
    `WITH sending AS (${sending})
     SELECT i.id AS revision, sending.revision_key AS number, ${nameSql} AS name, sending.has_cover, sending.version,
       CASE WHEN sending.total > 1 THEN sending.total ELSE 1 END AS total, sending.held, ${listsSql(dialect, 'sending.first_key')} AS lists, ${dateSql} AS sent_ms,
       person.person_key, m.from_name, person.address
     ${joins} JOIN message_id i ON i.message_key = sending.revision_key
     ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
     ORDER BY ${orders[order.by]} ${direction}, sending.revision_key ${direction} LIMIT ? OFFSET ?`,
    ...values,
    window.limit,
    window.offset,
  );
  return { items: rows.map(sendingOf), count: whole };
}

function sendingOf(row: Row): SendingRow {
  return {
    revision: row.revision,
    number: row.number,
    name: row.name,
    hasCover: row.has_cover === 1,
    version: row.version,
    total: row.total,
    held: row.held,
    lists: JSON.parse(row.lists),
    sentMs: row.sent_ms,
    submitter: { number: row.person_key, name: row.from_name, address: row.address },
  };
}

function conditionsOf(dialect: Dialect, filter: SendingFilter): ConditionList {
  const list = makeConditionList();
  const { add } = list;
  if (filter.lists) add(onListsSql(dialect, 'sending.first_key'), dialect.many(filter.lists));
  if (filter.numbers)
    add(`sending.revision_key IN (${sendingKeysSql(dialect)})`, dialect.many(filter.numbers));
  if (filter.submitters) addSubmitters(dialect, list, filter.submitters);
  if (filter.fromMs !== undefined) add(`${dateSql} >= ?`, filter.fromMs);
  if (filter.beforeMs !== undefined) add(`${dateSql} < ?`, filter.beforeMs);
  for (const word of filter.words ?? [])
    add(`${dialect.position}(lower(${nameSql}), ?) > 0`, word.toLowerCase());
  return list;
}
