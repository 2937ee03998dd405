/**
 * Search rows: answers queries, with the same messages in the same order as ../search-rows.ts.
 */
import type { Query } from '../../model/query.ts';
import { pageLimit, readPosition } from '../page-cursor.ts';
import { type Condition, type SearchDialect, searchCondition } from '../search-condition.ts';
import { type HitRow, keyRange, newestPage, topItems } from '../search-rows.ts';
import type { StepValue } from '../steps.ts';
import type { Page, PageRequest, SearchHit } from '../store.ts';
import { postgresDialect } from './dialect.ts';
import { wordsCondition } from './match.ts';
import { hitColumns, hitJoins, rankHits } from './search-rank.ts';
import type { Session } from './session.ts';

const dialect: SearchDialect = { ...postgresDialect, matches: wordsCondition };

/** How to walk: FROM and WHERE, with their values. */
export interface Plan {
  readonly hasWords: boolean;
  readonly sql: string;
  readonly values: readonly StepValue[];
}

export function searchMessages(
  session: Session,
  query: Query,
  order: 'newest' | 'relevance',
  page: PageRequest,
): Promise<Page<SearchHit>> {
  const plan = makePlan(query);
  return order === 'relevance' && plan.hasWords
    ? rankHits(session, query, plan, page)
    : byTime(session, plan, page);
}

/** How many messages answer the query, counted up to `most`. */
export async function countMessages(session: Session, query: Query, most: number): Promise<number> {
  const plan = makePlan(query);
  const row = await session.get<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 ${plan.sql} LIMIT ?) found`,
    ...plan.values,
    most,
  );
  return row?.count ?? 0;
}

async function byTime(session: Session, plan: Plan, request: PageRequest): Promise<Page<SearchHit>> {
  const limit = pageLimit(request);
  const [before] = readPosition(request, ['number']) ?? [Number.MAX_SAFE_INTEGER];
  const key = plan.hasWords ? 's.search_key' : 'm.search_key';
  const rows = await session.all<HitRow>(
    `WITH page AS MATERIALIZED (
       SELECT ${key} AS search_key ${plan.sql} AND ${key} < ? ORDER BY ${key} DESC LIMIT ?)
     SELECT m.search_key, 0 AS rank, ${hitColumns} FROM page JOIN message m ON m.search_key = page.search_key
     ${hitJoins} ORDER BY m.search_key DESC`,
    ...plan.values,
    Number(before),
    limit + 1,
  );
  return newestPage(rows, limit);
}

function makePlan(query: Query): Plan {
  const items = topItems(query);
  const hasWords = holdsWords(query);
  const conditions: Condition[] = items.map((item) => searchCondition(dialect, item)).map(looked);
  const ranges = items.flatMap((item) => keyRange(dialect, item, hasWords ? 's.search_key' : 'm.search_key'));
  const needsMessage = !hasWords || conditions.some(({ sql }) => sql.includes('m.'));
  const all = [...conditions, ...ranges];
  const where = all.map(({ sql }) => ` AND ${sql}`).join('');
  const join = needsMessage ? 'JOIN message m ON m.search_key = s.search_key' : '';
  return {
    hasWords,
    sql: `FROM ${hasWords ? `search_text s ${join}` : 'message m'} WHERE TRUE${where}`,
    values: all.flatMap(({ values }) => values),
  };
}

/** PostgreSQL chooses by itself by which columns it looks messages up; `@@` asks the index of words. */
function looked(condition: Condition): Condition {
  return { ...condition, sql: condition.sql.replace(/@(?=m\.)/g, '') };
}

function holdsWords(query: Query): boolean {
  if (query.op === 'words') return wordsCondition(query) !== undefined;
  if (query.op === 'not') return holdsWords(query.item);
  return (query.op === 'and' || query.op === 'or') && query.items.some(holdsWords);
}
