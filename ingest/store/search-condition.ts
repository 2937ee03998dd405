/**
 * Search conditions: the parts of a query that rows answer, as SQL on `message m`, with every value bound.
 *
 * A message belongs to the series whose postings stand in its thread, so `state:` and `turn:` find the discussion of a
 * series too. An `@` stands before columns by which SQLite may look messages up; where words drive it must not, or it
 * would walk the whole set again for each hit (see conditionSql). Adding a value field: one row in `valueConditions`.
 */
import type { Query, ValueField } from '../model/query.ts';
import type { SqlValue } from './connection.ts';
import { matchExpression } from './match-expression.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const always: Condition = { sql: '1', values: [] };
const never: Condition = { sql: '0', values: [] };

/** States in which nothing more is expected. */
const closedStates = `('applied', 'landed', 'rejected', 'superseded', 'withdrawn')`;

/** The threads are found once, from the series: asking each message would take a second where few or none fit. */
function inSeries(condition: string, ...values: SqlValue[]): Condition {
  const sql = `@m.thread_key IN (SELECT pm.thread_key FROM series s
    CROSS JOIN placement p ON p.series_key = s.series_key
    CROSS JOIN message pm ON pm.message_key = p.message_key WHERE ${condition})`;
  return { sql, values };
}

function ofPosting(condition: string, ...values: SqlValue[]): Condition {
  const sql = `EXISTS (SELECT 1 FROM posting p WHERE p.message_key = m.message_key AND ${condition})`;
  return { sql, values };
}

/** People whose address or name contains the text. */
const people = '(SELECT address FROM person WHERE instr(address, ?) > 0 OR instr(lower(name), ?) > 0)';

const keyOf = '(SELECT message_key FROM message_id WHERE id = ?)';

const hasConditions: Record<string, Condition> = {
  diff: ofPosting('p.has_diff = 1'),
  attachment: { sql: 'm.has_attachment = 1', values: [] },
  reply: {
    sql: 'EXISTS (SELECT 1 FROM message c WHERE c.thread_key = m.thread_key AND c.parent_key = m.message_key)',
    values: [],
  },
  trailer: { sql: 'EXISTS (SELECT 1 FROM given_trailer g WHERE g.subject_key = m.message_key)', values: [] },
  point: {
    sql: `EXISTS (SELECT 1 FROM fact f WHERE f.owner_key = m.message_key AND f.kind = 'point')`,
    values: [],
  },
};

const isConditions: Record<string, Condition> = {
  patch: ofPosting('p.is_cover = 0'),
  cover: ofPosting('p.is_cover = 1'),
  posting: { sql: 'm.is_posting = 1', values: [] },
  reply: { sql: 'm.is_reply = 1 AND m.is_posting = 0', values: [] },
  rfc: ofPosting('p.is_rfc = 1'),
  resend: ofPosting('p.is_resend = 1'),
  open: inSeries(`s.state NOT IN ${closedStates}`),
  landed: inSeries(`s.state = 'landed'`),
  waiting: inSeries(`s.turn <> 'nobody'`),
};

const turns = new Set(['author', 'reviewer', 'maintainer', 'nobody']);

const valueConditions: Record<ValueField, (value: string) => Condition> = {
  'message-id': (value) =>
    value.endsWith('*')
      ? {
          sql: '@m.message_key IN (SELECT message_key FROM message_id WHERE id >= ? AND id < ?)',
          values: [value.slice(0, -1), `${value.slice(0, -1)}\u{10ffff}`],
        }
      : { sql: `m.message_key = ${keyOf}`, values: [value] },
  list: (value) => {
    const { sql, values } = listCondition(value);
    return {
      sql: `EXISTS (SELECT 1 FROM message_list ml WHERE ml.search_key = m.search_key AND ml.list_key IN (
        SELECT l.list_key FROM list l WHERE ${sql}))`,
      values,
    };
  },
  'patch-id': (value) => ({
    sql: '@m.message_key IN (SELECT message_key FROM posting WHERE patch_id = ?)',
    values: [Buffer.from(value, 'hex')],
  }),
  'change-id': (value) => ({
    sql: '@m.message_key IN (SELECT message_key FROM posting WHERE change_id = ?)',
    values: [value],
  }),
  state: (value) => inSeries('s.state = ?', value),
  version: (value) => ({
    sql: 'EXISTS (SELECT 1 FROM placement p WHERE p.message_key = m.message_key AND p.version = ?)',
    values: [Number(value)],
  }),
  has: (value) => hasConditions[value] ?? never,
  is: (value) => isConditions[value] ?? never,
  turn: (value) => inSeries(turns.has(value) ? 's.turn = ?' : 's.waiting_person = ?', value),
  author: (value) => ({
    sql: `@m.message_key IN (SELECT p.message_key FROM posting p
      WHERE p.author_key IN (SELECT person_key FROM person WHERE address IN ${people}))`,
    values: [value, value],
  }),
  reviewer: (value) => ({
    sql: `@m.message_key IN (SELECT g.subject_key FROM given_trailer g WHERE g.name = 'reviewed-by'
      AND (instr(g.address, ?) > 0 OR g.address IN ${people}))`,
    values: [value, value, value],
  }),
  trailer: (value) => ({
    sql: `(EXISTS (SELECT 1 FROM given_trailer g WHERE g.subject_key = m.message_key AND g.name = ?)
      OR ${ofPosting(`instr(p.trailer_names, ' ' || ? || ' ') > 0`).sql})`,
    values: [value, value],
  }),
  thread: (value) => ({
    sql: `m.thread_key = (SELECT thread_key FROM message WHERE message_key = ${keyOf})`,
    values: [value],
  }),
  series: (value) => ({
    sql: `@m.thread_key IN (SELECT pm.thread_key FROM placement p JOIN message pm USING (message_key)
      WHERE p.series_key = ${keyOf})`,
    values: [value],
  }),
};

/** The lists that a name means, as SQL on `list l`: the whole name, or what stands before a dot. */
export function listCondition(name: string): Condition {
  return { sql: `(l.name = ? OR instr(l.name, ? || '.') = 1)`, values: [name, name] };
}

/** The condition as SQL, for messages that are found by words (`isProbe`) or looked up by what it says. */
export function conditionSql(condition: Condition, isProbe: boolean): string {
  return condition.sql.replaceAll('@', isProbe ? '+' : '');
}

/** The condition of any query. */
export function searchCondition(query: Query): Condition {
  const match = matchExpression(query);
  if (match !== undefined) {
    return { sql: 'm.search_key IN (SELECT rowid FROM search WHERE search MATCH ?)', values: [match] };
  }
  switch (query.op) {
    case 'and':
      return combine(query.items.map(searchCondition), ' AND ', always);
    case 'or':
      return combine(query.items.map(searchCondition), ' OR ', never);
    case 'not': {
      const inner = searchCondition(query.item);
      return { sql: `(${inner.sql}) IS NOT TRUE`, values: inner.values };
    }
    case 'value':
      return valueConditions[query.field](query.value);
    case 'date':
      return dateCondition(
        query.clock === 'arrived' ? 'm.arrived_ms' : 'm.sort_ms',
        query.fromMs,
        query.toMs,
      );
    default:
      return always;
  }
}

function dateCondition(column: string, fromMs: number | null, toMs: number | null): Condition {
  const parts: Condition[] = [];
  if (fromMs !== null) parts.push({ sql: `${column} >= ?`, values: [fromMs] });
  if (toMs !== null) parts.push({ sql: `${column} < ?`, values: [toMs] });
  return combine(parts, ' AND ', always);
}

function combine(parts: readonly Condition[], operator: string, empty: Condition): Condition {
  if (parts.length === 0) return empty;
  return {
    sql: `(${parts.map((part) => part.sql).join(operator)})`,
    values: parts.flatMap((part) => part.values),
  };
}
