/**
 * Sending list rows: revisions as trackers list them, filtered, ordered and counted.
 *
 * A revision is named by its cover letter or first patch. Its number is the key of the mail that its id names; the
 * number of any other posting of it finds it, too, so that a number given out stays true when an older mail arrives.
 */
import { type ConditionList, makeConditionList } from './condition-list.ts';
import type { Connection } from './connection.ts';
import { keySet } from './keys.ts';
import { listsSql, onListsSql, sendingKeysSql, submittersSql } from './patch-list-rows.ts';
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
const ofNumbersSql = `WHERE pl.series_key IN (
  SELECT series_key FROM placement WHERE message_key IN (SELECT value FROM json_each(?)))`;

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

export function listSendings(
  connection: Connection,
  filter: SendingFilter,
  order: Order<SendingOrder>,
  window: Window,
): Counted<SendingRow> {
  const { conditions, values: bound } = conditionsOf(filter);
  const sending = sendingSql(filter.numbers ? ofNumbersSql : '');
  const values = [...(filter.numbers ? [keySet(filter.numbers)] : []), ...bound];
  const from = `${joins} ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}`;
  const { count } = connection.get<{ count: number }>(
    `WITH sending AS (${sending}) SELECT count(*) AS count ${from}`,
    ...values,
  ) ?? { count: 0 };
  const direction = order.isDescending ? 'DESC' : 'ASC';
  const rows = connection.all<Row>(
    `WITH sending AS (${sending})
     SELECT i.id AS revision, sending.revision_key AS number, ${nameSql} AS name, sending.has_cover, sending.version,
       max(sending.total, 1) AS total, sending.held, ${listsSql('sending.first_key')} AS lists, ${dateSql} AS sent_ms,
       person.person_key, m.from_name, person.address
     ${joins} JOIN message_id i ON i.message_key = sending.revision_key
     ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
     ORDER BY ${orders[order.by]} ${direction}, sending.revision_key ${direction} LIMIT ? OFFSET ?`,
    ...values,
    window.limit,
    window.offset,
  );
  return { items: rows.map(sendingOf), count };
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

function conditionsOf(filter: SendingFilter): ConditionList {
  const list = makeConditionList();
  const { add } = list;
  if (filter.lists) add(onListsSql('sending.first_key'), JSON.stringify(filter.lists));
  if (filter.numbers) add(`sending.revision_key IN (${sendingKeysSql})`, keySet(filter.numbers));
  if (filter.submitters) add(submittersSql('m.from_key'), JSON.stringify(filter.submitters));
  if (filter.fromMs !== undefined) add(`${dateSql} >= ?`, filter.fromMs);
  if (filter.beforeMs !== undefined) add(`${dateSql} < ?`, filter.beforeMs);
  for (const word of filter.words ?? []) add(`instr(lower(${nameSql}), ?) > 0`, word.toLowerCase());
  return list;
}
