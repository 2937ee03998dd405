/**
 * Search rows: answers queries.
 *
 * Words that must be there drive: the index gives its rows newest first (rowids are ordered by time), each is checked
 * against the other conditions, and reading stops when the page is full. A query without such words walks the messages
 * newest first instead. Relevance ranks the newest hits only: ranking all hits of a common word would take longer than
 * reading the answer.
 */
import { limits } from '../model/limits.ts';
import type { Query } from '../model/query.ts';
import type { Connection, SqlValue } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { matchExpression, mustExpression } from './match-expression.ts';
import { makePage, pageLimit, readPosition } from './page-cursor.ts';
import {
  type Condition,
  conditionSql,
  listCondition,
  type SearchDialect,
  searchCondition,
} from './search-condition.ts';
import { firstSearchKey, searchKeyBound } from './search-key.ts';
import type { Page, PageRequest, SearchHit } from './store.ts';

/** What is read of the message of a hit; the id of the mail and the address stand in tables of their own. */
export interface HitColumns {
  id: string;
  subject: string;
  from_name: string;
  address: string;
  sort_ms: number;
}

export interface HitRow extends HitColumns {
  search_key: number;
  rank: number;
}

/** How to walk: FROM and WHERE, with their values, and whether the index drives. */
interface Plan {
  readonly isIndexed: boolean;
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const hitColumns = `m.subject, m.from_name, m.sort_ms,
  (SELECT id FROM message_id i WHERE i.message_key = m.message_key) AS id,
  (SELECT address FROM person p WHERE p.person_key = m.from_key) AS address`;

/** Weights of the columns in schema order: what a mail is about before what it repeats. */
const weights = '3, 0.5, 1, 1, 8, 4, 4, 2, 1.5, 0.5, 3';

const dialect: SearchDialect = {
  ...sqliteDialect,
  matches: (query) => {
    const match = matchExpression(query);
    if (match === undefined) return undefined;
    return { sql: 'm.search_key IN (SELECT rowid FROM search WHERE search MATCH ?)', values: [match] };
  },
};

export function searchMessages(
  connection: Connection,
  query: Query,
  order: 'newest' | 'relevance',
  page: PageRequest,
): Page<SearchHit> {
  const plan = makePlan(query);
  return order === 'relevance' && plan.isIndexed
    ? byRelevance(connection, plan, page)
    : byTime(connection, plan, page);
}

/** How many messages answer the query, counted up to `most`. */
export function countMessages(connection: Connection, query: Query, most: number): number {
  const plan = makePlan(query);
  const row = connection.get<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 ${plan.sql} LIMIT ?)`,
    ...plan.values,
    most,
  );
  return row?.count ?? 0;
}

function byTime(connection: Connection, plan: Plan, request: PageRequest): Page<SearchHit> {
  const limit = pageLimit(request);
  const [before] = readPosition(request, ['number']) ?? [Number.MAX_SAFE_INTEGER];
  const key = plan.isIndexed ? 'search.rowid' : 'm.search_key';
  const rows = connection.all<HitRow>(
    `SELECT m.search_key, 0 AS rank, ${hitColumns}
     ${plan.sql} AND ${key} < ? ORDER BY ${key} DESC LIMIT ?`,
    ...plan.values,
    Number(before),
    limit + 1,
  );
  return newestPage(rows, limit);
}

/** A page of rows that stand in order of their keys, which are coarser than times: within it the times decide. */
export function newestPage(rows: readonly HitRow[], limit: number): Page<SearchHit> {
  const page = makePage(
    rows,
    limit,
    (row) => [row.search_key],
    (row) => row,
  );
  return { items: [...page.items].sort(newestFirst).map((row) => hitOf(row, row.rank)), next: page.next };
}

function newestFirst(a: HitRow, b: HitRow): number {
  return b.sort_ms - a.sort_ms || (a.id < b.id ? -1 : 1);
}

function byRelevance(connection: Connection, plan: Plan, page: PageRequest): Page<SearchHit> {
  const limit = pageLimit(page);
  const [rank, key] = readPosition(page, ['number', 'number']) ?? [-Number.MAX_VALUE, 0];
  const rows = connection.all<HitRow>(
    `WITH hit AS MATERIALIZED (
       SELECT search.rowid AS search_key, m.message_key, bm25(search, ${weights}) AS rank ${plan.sql}
       ORDER BY search.rowid DESC LIMIT ?)
     SELECT hit.search_key, rank, ${hitColumns} FROM hit JOIN message m USING (message_key)
     WHERE (rank, -hit.search_key) > (?, ?) ORDER BY rank, hit.search_key DESC LIMIT ?`,
    ...plan.values,
    limits.rankedHits,
    Number(rank),
    -Number(key),
    limit + 1,
  );
  return makePage(
    rows,
    limit,
    (row) => [row.rank, row.search_key],
    (row) => hitOf(row, row.rank),
  );
}

export function hitOf(row: HitColumns, rank: number): SearchHit {
  return {
    messageId: row.id,
    score: 0 - rank,
    subject: row.subject,
    fromName: row.from_name,
    fromAddress: row.address,
    sortMs: row.sort_ms,
  };
}

function makePlan(query: Query): Plan {
  const must: string[] = [];
  const mustNot: string[] = [];
  const rest: Query[] = [];
  for (const item of topItems(query)) {
    const match = matchExpression(item.op === 'not' ? item.item : item);
    if (match === undefined) rest.push(item);
    else (item.op === 'not' ? mustNot : must).push(match);
  }
  const isIndexed = must.length + mustNot.length > 0;
  const conditions = [
    ...rest.map((item) => searchCondition(dialect, item)),
    ...rest.flatMap((item) => keyRange(dialect, item, isIndexed ? 'search.rowid' : 'm.search_key')),
  ];
  const where = conditions.map((condition) => ` AND ${conditionSql(condition, isIndexed)}`).join('');
  const values = conditions.flatMap((condition) => condition.values as readonly SqlValue[]);
  return isIndexed
    ? {
        isIndexed,
        sql: `FROM search CROSS JOIN message m ON m.search_key = search.rowid WHERE search MATCH ?${where}`,
        values: [mustExpression(must, mustNot), ...values],
      }
    : { isIndexed, sql: `FROM message m WHERE 1${where}`, values };
}

/** What must all hold, taken out of nested ANDs. */
export function topItems(query: Query): Query[] {
  return query.op === 'and' ? query.items.flatMap(topItems) : [query];
}

/** A span of sending times, or the time in which a list was written to, as a span of keys: only it is walked. */
export function keyRange(dialect: SearchDialect, query: Query, column: string): Condition[] {
  if (query.op === 'value' && query.field === 'list') return listRange(dialect, query.value, column);
  if (query.op !== 'date' || query.clock === 'arrived') return [];
  const ranges: Condition[] = [];
  if (query.fromMs !== null) ranges.push({ sql: `${column} >= ?`, values: [firstSearchKey(query.fromMs)] });
  if (query.toMs !== null) ranges.push({ sql: `${column} < ?`, values: [searchKeyBound(query.toMs)] });
  return ranges;
}

/** First and last key of each list are one look-up each, which a `min` over several lists would not be. */
function listRange(dialect: SearchDialect, list: string, column: string): Condition[] {
  const { sql, values } = listCondition(dialect, list);
  const end = (which: 'min' | 'max') => `(SELECT ${which}(key) FROM (
    SELECT (SELECT ${which}(search_key) FROM message_list ml WHERE ml.list_key = l.list_key) AS key
    FROM list l WHERE ${sql}) listed)`;
  return [
    { sql: `${column} >= ${end('min')}`, values },
    { sql: `${column} <= ${end('max')}`, values },
  ];
}
