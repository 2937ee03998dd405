/**
 * Sight views: makes one connection see a store without some lists, on any engine.
 *
 * Names of temporary views stand before those of tables, so that every query of the engine, written for the tables, reads
 * what is seen: no query can forget. Each view takes rows of one table away or has other rows for some of them, which
 * engines merge into the query that reads it, so that indexes serve as before. Filled anew for each sight.
 */
import { activityValues } from './activity-rows.ts';
import type { Dialect } from './dialect.ts';
import { findKeysOf } from './key-steps.ts';
import type { Row, RowForm } from './row-form.ts';
import { seriesValues } from './series-rows.ts';
import type { SeenSeries, Sight } from './sight.ts';
import { all, get, type Steps } from './steps.ts';

/** What an engine writes differently here. */
export interface SightForm {
  readonly dialect: Dialect;
  readonly rows: RowForm;
  /** Where the store's own tables are, and where temporary ones. */
  readonly main: string;
  readonly temporary: string;
  /** Types of columns that are compared with keys and with names. */
  readonly keyType: string;
  readonly textType: string;
  /** Gives a row where the views are there. */
  readonly hasViews: string;
  /** Conditions for rows of tables that other engines do not have, by table. */
  readonly conditions: Readonly<Record<string, string>>;
  /** Makes an empty temporary table `seen_TABLE` with the columns of a table. */
  copyTable(table: string, key: string): Steps<void>;
  /** The query of a view that has the rows of `seen_TABLE` in place of those with their keys. */
  changedRows(table: string, key: string, condition: string): Steps<string>;
}

/** Looks through a sight from now on. To be run in a transaction; only temporary tables are written. */
export function* applySight(form: SightForm, { hiddenLists, series }: Sight): Steps<void> {
  if (!(yield* get(form.hasViews))) yield* makeViews(form);
  const { temporary, main } = form;
  for (const table of filledTables) yield* all(`DELETE FROM ${temporary}.${table}`);
  for (const list of new Set(hiddenLists))
    yield* all(`INSERT INTO ${temporary}.hidden_list VALUES (?)`, list);
  yield* all(`INSERT INTO ${temporary}.hidden_message SELECT DISTINCT h.message_key FROM ${main}.message_list h
    WHERE NOT (${isOpenList(form, 'h')}) AND NOT ${isSeen(form, 'h.message_key')}`);
  yield* fillPeople(form);
  yield* fillSeries(form, series);
}

const ownTables = {
  hidden_list: 'name',
  hidden_message: 'message_key',
  gone_series: 'series_key',
  seen_landed: 'message_key',
};
const changedTables = { series: 'series_key', series_activity: 'series_key', person: 'person_key' };
const filledTables = [...Object.keys(ownTables), ...Object.keys(changedTables).map((name) => `seen_${name}`)];

function* makeViews(form: SightForm): Steps<void> {
  for (const [table, key] of Object.entries(ownTables)) {
    const type = table === 'hidden_list' ? form.textType : form.keyType;
    yield* all(`CREATE TEMP TABLE ${table} (${key} ${type} PRIMARY KEY)`);
  }
  for (const [table, key] of Object.entries(changedTables)) yield* form.copyTable(table, key);
  for (const [table, condition] of Object.entries(rowConditions(form))) {
    yield* all(`CREATE TEMP VIEW ${table} AS SELECT t.* FROM ${form.main}.${table} t WHERE ${condition}`);
  }
  for (const [table, key] of Object.entries(changedTables)) {
    const condition = key === 'series_key' ? isAbsent(form, 't.series_key', 'gone_series') : '1 = 1';
    yield* all(`CREATE TEMP VIEW ${table} AS ${yield* form.changedRows(table, key, condition)}`);
  }
}

/** Which rows of a table are there. */
function rowConditions(form: SightForm): Readonly<Record<string, string>> {
  const seen = (key: string) => isSeen(form, key);
  const isOpenOwner = isAbsent(form, 't.owner_key', 'hidden_message');
  return {
    list: isOpenList(form, 't'),
    message: seen('t.message_key'),
    message_list: isOpenList(form, 't'),
    posting: seen('t.message_key'),
    placement: seen('t.message_key'),
    given_trailer: `${seen('t.subject_key')} AND ${seen('t.owner_key')}`,
    fact: isOpenOwner,
    fact_subject: `${isOpenOwner} AND (t.kind NOT IN ('landing', 'commit')
      OR t.owner_key NOT IN (SELECT series_key FROM ${form.temporary}.seen_series)
      OR t.subject_key IN (SELECT message_key FROM ${form.temporary}.seen_landed))`,
    series_list: isOpenList(form, 't'),
    review: seen('t.message_key'),
    open_point: seen('t.message_key'),
    ...form.conditions,
  };
}

/** True for a row whose list is seen. */
function isOpenList({ main, temporary }: SightForm, row: string): string {
  return `${row}.list_key NOT IN (SELECT list_key FROM ${main}.list WHERE name IN (SELECT name FROM ${temporary}.hidden_list))`;
}

/** True for the key of a mail that stands on a list that is seen. */
function isSeen(form: SightForm, key: string): string {
  return `EXISTS (SELECT 1 FROM ${form.main}.message_list o WHERE o.message_key = ${key} AND ${isOpenList(form, 'o')})`;
}

function isAbsent({ temporary }: SightForm, key: string, table: 'hidden_message' | 'gone_series'): string {
  return `NOT EXISTS (SELECT 1 FROM ${temporary}.${table} g WHERE g.${ownTables[table]} = ${key})`;
}

/** Who wrote to hidden lists, as their other mail tells of them. */
function* fillPeople({ main, temporary }: SightForm): Steps<void> {
  yield* all(`INSERT INTO ${temporary}.seen_person (person_key, address, name, messages, postings, first_ms, last_ms)
    SELECT h.from_key, (SELECT address FROM ${main}.person WHERE person_key = h.from_key),
      coalesce((SELECT n.from_name FROM message n WHERE n.from_key = h.from_key AND n.from_name <> ''
        ORDER BY n.search_key DESC LIMIT 1), ''),
      (SELECT count(*) FROM message m WHERE m.from_key = h.from_key),
      (SELECT coalesce(sum(m.is_posting), 0) FROM message m WHERE m.from_key = h.from_key),
      (SELECT coalesce(min(m.sort_ms), 0) FROM message m WHERE m.from_key = h.from_key),
      (SELECT coalesce(max(m.sort_ms), 0) FROM message m WHERE m.from_key = h.from_key)
    FROM (SELECT DISTINCT from_key FROM ${main}.message
      WHERE message_key IN (SELECT message_key FROM ${temporary}.hidden_message)) h`);
}

function* fillSeries(form: SightForm, series: readonly SeenSeries[]): Steps<void> {
  const { main, temporary } = form;
  const keys = yield* findKeysOf(form.dialect, series.flatMap(namedIds));
  const keyOf = (id: string) => keys.get(id) ?? 0;
  for (const { id, row, activity, landed } of series) {
    const key = keyOf(id);
    if (row === null || activity === null) {
      yield* all(`INSERT INTO ${temporary}.gone_series VALUES (?) ON CONFLICT DO NOTHING`, key);
      continue;
    }
    const revision = yield* get<{ revision_key: number }>(
      `SELECT revision_key FROM ${main}.placement WHERE message_key = ?`,
      keyOf(row.latestRevision),
    );
    yield* putRow(form, 'series', {
      ...seriesValues(row, keyOf),
      series_key: key,
      latest_revision_key: revision?.revision_key ?? 0,
    });
    const author = yield* get<{ person_key: number }>(
      `SELECT person_key FROM ${main}.person WHERE address = ?`,
      activity.author,
    );
    yield* putRow(form, 'series_activity', {
      ...activityValues(activity, keyOf),
      series_key: key,
      author_key: author?.person_key ?? 0,
    });
    for (const posting of landed) {
      yield* all(`INSERT INTO ${temporary}.seen_landed VALUES (?) ON CONFLICT DO NOTHING`, keyOf(posting));
    }
  }
}

function namedIds({ id, row, activity, landed }: SeenSeries): string[] {
  const taken = activity?.taken?.messageId;
  return [id, ...(row ? [row.id, row.latestRevision] : []), ...(taken ? [taken] : []), ...landed];
}

function* putRow({ rows, temporary }: SightForm, table: string, row: Row): Steps<void> {
  const columns = Object.entries(rows.write(table, row));
  yield* all(
    `INSERT INTO ${temporary}.seen_${table} (${columns.map(([name]) => name).join(', ')})
     VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    ...columns.map(([, value]) => value),
  );
}
