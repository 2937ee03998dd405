/**
 * Patch list rows: patches and covers as trackers list them, filtered, ordered and counted.
 *
 * State is what a person set, else follows from the series: an older sending is superseded, a patch that landed is
 * accepted, and the rest has the state of its series in the words that trackers use (./patch-state.ts).
 */
import { type ConditionList, makeConditionList } from './condition-list.ts';
import type { Dialect } from './dialect.ts';
import { findKeysOf } from './key-steps.ts';
import { patchStateSql } from './patch-state.ts';
import { all, count, type Steps } from './steps.ts';
import type { Counted, Order, PatchFilter, PatchOrder, PatchRow, Window } from './tracker.ts';

interface Row {
  message_id: string;
  number: number;
  name: string;
  hash: Uint8Array | null;
  is_cover: number;
  lists: string;
  sent_ms: number;
  held_ms: number;
  person_key: number;
  from_name: string;
  address: string;
  revision: string | null;
  revision_key: number | null;
  lineage: string | null;
  position: number | null;
  slug: string;
  state: string | null;
  is_archived: number | null;
  delegate: number | null;
  commit_ref: string | null;
  pull_url: string | null;
}

/** A message's lists, in order of their names. */
export const listsSql = (dialect: Dialect, key: string) =>
  dialect.jsonList(
    'name',
    `SELECT list.name FROM message_list ml JOIN list USING (list_key)
     WHERE ml.message_key = ${key} AND list.name <> '' ORDER BY list.name`,
  );

/** True where the message is on one of the lists bound next. */
export const onListsSql = (dialect: Dialect, key: string) =>
  `EXISTS (SELECT 1 FROM message_list ml JOIN list USING (list_key)
     WHERE ml.message_key = ${key} AND list.name ${dialect.among})`;

const joins = `FROM posting p
  JOIN message m ON m.message_key = p.message_key
  JOIN person ON person.person_key = m.from_key
  LEFT JOIN tracked t ON t.message_key = p.message_key
  LEFT JOIN placement pl ON pl.message_key = p.message_key
  LEFT JOIN series s ON s.series_key = pl.series_key
  LEFT JOIN patch_mark k ON k.message_key = p.message_key`;

const nameSql = 'coalesce(t.name, m.subject)';
const dateSql = 'coalesce(m.date_ms, m.sort_ms)';

const orders = (dialect: Dialect): Readonly<Record<PatchOrder, string>> => ({
  id: 'p.message_key',
  name: nameSql,
  project: listsSql(dialect, 'p.message_key'),
  date: dateSql,
  state: patchStateSql,
  archived: 'coalesce(k.is_archived, 0)',
  submitter: 'lower(m.from_name)',
  // Nulls stand first on one engine and last on another.
  check: `(SELECT coalesce(max(CASE c.state WHEN 'fail' THEN 3 WHEN 'warning' THEN 2 WHEN 'success' THEN 1 ELSE 0 END), -1)
     FROM patch_check c WHERE c.message_key = p.message_key)`,
});

export function* listPatches(
  dialect: Dialect,
  filter: PatchFilter,
  order: Order<PatchOrder>,
  window: Window,
): Steps<Counted<PatchRow>> {
  const { conditions, values } = yield* patchConditions(dialect, filter);
  const from = `${joins} WHERE ${conditions.join(' AND ')}`;
  const whole = yield* count(`SELECT count(*) AS count ${from}`, ...values);
  const direction = order.isDescending ? 'DESC' : 'ASC';
  const rows = yield* all<Row>(
    `WITH page AS MATERIALIZED (SELECT p.message_key, ${orders(dialect)[order.by]} AS place ${from}
       ORDER BY place ${direction}, p.message_key ${direction} LIMIT ? OFFSET ?)
     SELECT i.id AS message_id, p.message_key AS number, ${nameSql} AS name, t.hash, p.is_cover,
       ${listsSql(dialect, 'p.message_key')} AS lists, ${dateSql} AS sent_ms, coalesce(t.held_ms, m.arrived_ms) AS held_ms,
       person.person_key, m.from_name, person.address, revision.id AS revision, pl.revision_key,
       lineage.id AS lineage, pl.position, ${patchStateSql} AS slug,
       k.state, k.is_archived, k.delegate, k.commit_ref, k.pull_url
     ${joins}
     JOIN page ON page.message_key = p.message_key
     JOIN message_id i ON i.message_key = p.message_key
     LEFT JOIN message_id revision ON revision.message_key = pl.revision_key
     LEFT JOIN message_id lineage ON lineage.message_key = pl.lineage_key
     ORDER BY page.place ${direction}, p.message_key ${direction}`,
    ...values,
    window.limit,
    window.offset,
  );
  return { items: rows.map(patchOf), count: whole };
}

function patchOf(row: Row): PatchRow {
  return {
    messageId: row.message_id,
    number: row.number,
    name: row.name,
    hash: row.hash === null ? null : Buffer.from(row.hash).toString('hex'),
    isCover: row.is_cover === 1,
    lists: JSON.parse(row.lists),
    sentMs: row.sent_ms,
    heldMs: row.held_ms,
    submitter: { number: row.person_key, name: row.from_name, address: row.address },
    revision: row.revision,
    revisionNumber: row.revision_key,
    lineage: row.lineage,
    position: row.position ?? 1,
    slug: row.slug,
    state: row.state,
    isArchived: row.is_archived === 1,
    delegate: row.delegate,
    commitRef: row.commit_ref,
    pullUrl: row.pull_url,
  };
}

function* patchConditions(dialect: Dialect, filter: PatchFilter): Steps<ConditionList> {
  const list = makeConditionList();
  const { add } = list;
  add('p.is_cover = ?', Number(filter.isCover));
  const among = (column: string, items: readonly (string | number)[]) =>
    add(`${column} ${dialect.among}`, dialect.many(items));
  if (filter.lists) add(onListsSql(dialect, 'p.message_key'), dialect.many(filter.lists));
  if (filter.numbers) among('p.message_key', filter.numbers);
  if (filter.messageIds)
    among('p.message_key', [...(yield* findKeysOf(dialect, filter.messageIds)).values()]);
  if (filter.sendings) add(`pl.revision_key IN (${sendingKeysSql(dialect)})`, dialect.many(filter.sendings));
  if (filter.submitters) addSubmitters(dialect, list, filter.submitters);
  if (filter.delegates) among('k.delegate', filter.delegates);
  if (filter.states) among(patchStateSql, filter.states);
  if (filter.isArchived !== undefined) add('coalesce(k.is_archived, 0) = ?', Number(filter.isArchived));
  if (filter.hashes) among(dialect.hex('t.hash'), filter.hashes);
  if (filter.fromMs !== undefined) add(`${dateSql} >= ?`, filter.fromMs);
  if (filter.beforeMs !== undefined) add(`${dateSql} < ?`, filter.beforeMs);
  for (const word of filter.words ?? [])
    add(`${dialect.position}(lower(${nameSql}), ?) > 0`, word.toLowerCase());
  return list;
}

/** Keys of the revisions that hold the postings of the numbers bound next. */
export const sendingKeysSql = (dialect: Dialect) => `SELECT revision_key FROM placement
  WHERE message_key ${dialect.among}`;

/** Only what one of these sent, by numbers or addresses. */
export function addSubmitters(
  dialect: Dialect,
  { add }: ConditionList,
  submitters: readonly (number | string)[],
): void {
  const isNumber = (given: number | string) => typeof given === 'number' || /^\d{1,15}$/.test(given);
  const numbers = submitters.filter(isNumber).map(Number);
  const addresses = submitters.filter((given) => !isNumber(given)).map((given) => `${given}`.toLowerCase());
  add(
    `m.from_key IN (SELECT person_key FROM person WHERE person_key ${dialect.among} OR address ${dialect.among})`,
    dialect.many(numbers),
    dialect.many(addresses),
  );
}
