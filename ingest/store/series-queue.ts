/**
 * Series queue: pages of series by filter and order.
 *
 * Every order ends with the series's id, so that pages stay true where times are equal. `waiting` has those first whose
 * turn somebody has, the longest waiting of them first.
 */
import { limits } from '../model/limits.ts';
import { type ConditionList, makeConditionList } from './condition-list.ts';
import type { Dialect } from './dialect.ts';
import { makePage, pageLimit, readPosition } from './page-cursor.ts';
import { type StoredSeriesRow, seriesColumns, seriesJoins, seriesOf } from './series-rows.ts';
import { all, type Steps } from './steps.ts';
import type { Page, PageRequest, SeriesFilter, SeriesRow } from './store.ts';

interface Order {
  /** Ascending sort value of a row, in SQL and from the row read. */
  readonly sql: string;
  readonly of: (row: StoredSeriesRow) => number;
}

/** Far behind every time, so that series without a turn stand at the end of the queue. */
const nobodyMs = 1e15;

const orders = {
  waiting: {
    sql: `(s.waiting_since_ms + CASE WHEN s.turn = 'nobody' THEN ${nobodyMs} ELSE 0 END)`,
    of: (row) => row.waiting_since_ms + (row.turn === 'nobody' ? nobodyMs : 0),
  },
  newest: { sql: '(-s.last_ms)', of: (row) => -row.last_ms },
  oldest: { sql: 's.first_ms', of: (row) => row.first_ms },
} as const satisfies Record<string, Order>;

export type SeriesOrder = keyof typeof orders;

export function* listSeries(
  dialect: Dialect,
  filter: SeriesFilter,
  order: SeriesOrder,
  page: PageRequest,
): Steps<Page<SeriesRow>> {
  const limit = pageLimit(page);
  const { sql, of } = orders[order];
  const { conditions, values } = seriesConditions(dialect, filter);
  const position = readPosition(page, ['number', 'string']);
  if (position) {
    conditions.push(`(${sql}, i.id) > (?, ?)`);
    values.push(...position);
  }
  // The page is chosen first: sorting whole rows, most of them for nothing, takes five times as long.
  const rows = yield* all<StoredSeriesRow>(
    `WITH page AS MATERIALIZED (
       SELECT s.series_key, ${sql} AS place FROM series s JOIN message_id i ON i.message_key = s.series_key
       ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY place, i.id LIMIT ?)
     SELECT ${seriesColumns} ${seriesJoins} JOIN page ON page.series_key = s.series_key ORDER BY page.place, i.id`,
    ...values,
    limit + 1,
  );
  return makePage(rows, limit, (row) => [of(row), row.id], seriesOf);
}

/** Series in whose threads the person wrote. */
const takesPartSql = `s.series_key IN (
  SELECT p.series_key
  FROM (SELECT DISTINCT thread_key FROM message WHERE from_key = (SELECT person_key FROM person WHERE address = ?)) t
  JOIN message m ON m.thread_key = t.thread_key AND m.is_posting = 1
  JOIN placement p ON p.message_key = m.message_key)`;

const personSql = '(SELECT person_key FROM person WHERE address = ?)';
const namedSql = (role: string) =>
  `s.series_key IN (SELECT series_key FROM series_role WHERE person_key = ${personSql} AND role = '${role}')`;

/** What each part in a series means, with as many marks for the person. */
const roleSql = {
  author: { sql: 's.author_address = ?', marks: 1 },
  reviewer: {
    sql: `s.author_address <> ? AND (${namedSql('reviewer')}
      OR s.series_key IN (SELECT series_key FROM review WHERE person_key = ${personSql}))`,
    marks: 3,
  },
  maintainer: { sql: namedSql('maintainer'), marks: 1 },
} as const;

function seriesConditions(dialect: Dialect, filter: SeriesFilter): ConditionList {
  const list = makeConditionList();
  const { add } = list;
  if (filter.list !== undefined) {
    add(
      `s.series_key IN (SELECT series_key FROM series_list
         WHERE list_key = (SELECT list_key FROM list WHERE name = ?))`,
      filter.list,
    );
  }
  if (filter.author !== undefined) add('s.author_address = ?', filter.author.toLowerCase());
  if (filter.turn !== undefined) add('s.turn = ?', filter.turn);
  if (filter.states !== undefined) {
    add(`s.state ${dialect.among}`, dialect.many(filter.states));
  }
  if (filter.person !== undefined && filter.role !== undefined) {
    const person = filter.person.toLowerCase();
    const { sql, marks } = roleSql[filter.role];
    add(sql, ...Array<string>(marks).fill(person));
  } else if (filter.person !== undefined) {
    const person = filter.person.toLowerCase();
    add(`(s.waiting_person = ? OR s.author_address = ? OR ${takesPartSql})`, person, person, person);
  }
  if (filter.delegate !== undefined) {
    add(
      `(s.series_key, s.latest_revision_key) IN (SELECT p.series_key, p.revision_key
         FROM patch_mark k JOIN placement p ON p.message_key = k.message_key WHERE k.delegate = ?)`,
      filter.delegate,
    );
  }
  const words = (filter.title ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  for (const word of words.slice(0, limits.queryTerms))
    add(`${dialect.position}(s.title_words, ?) > 0`, word);
  return list;
}
