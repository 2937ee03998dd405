/**
 * Search conditions: the parts of a query that rows answer, as SQL on `message m`, with every value bound.
 *
 * Words are the index's, which each engine asks in its own way (`SearchDialect`). A message belongs to the series whose postings stand in its thread, so `state:` and `turn:` find the discussion of a
 * series too. An `@` stands before columns by which SQLite may look messages up; where words drive it must not, or it
 * would walk the whole set again for each hit (see conditionSql). Adding a value field: one row in `valueConditions`.
 */
import type { Query, ValueField } from '../model/query.ts';
import type { Dialect } from './dialect.ts';
import type { StepValue } from './steps.ts';

export interface Condition {
  readonly sql: string;
  readonly values: readonly StepValue[];
}

const always: Condition = { sql: 'TRUE', values: [] };
const never: Condition = { sql: 'FALSE', values: [] };

export interface SearchDialect extends Dialect {
  /** The condition of a tree of words; undefined where it holds more than that, or more than the index answers. */
  matches(query: Query): Condition | undefined;
}

/** States in which nothing more is expected. */
const closedStates = `('applied', 'landed', 'rejected', 'superseded', 'withdrawn')`;

/** The threads are found once, from the series: asking each message would take a second where few or none fit. */
function inSeries({ joinInOrder }: Dialect, condition: string, ...values: StepValue[]): Condition {
  const sql = `@m.thread_key IN (SELECT pm.thread_key FROM series s
    ${joinInOrder} placement p ON p.series_key = s.series_key
    ${joinInOrder} message pm ON pm.message_key = p.message_key WHERE ${condition})`;
  return { sql, values };
}

function ofPosting(condition: string, ...values: StepValue[]): Condition {
  const sql = `EXISTS (SELECT 1 FROM posting p WHERE p.message_key = m.message_key AND ${condition})`;
  return { sql, values };
}

/** People whose address or name contains the text. */
const people = ({ position }: Dialect) =>
  `(SELECT address FROM person WHERE ${position}(address, ?) > 0 OR ${position}(lower(name), ?) > 0)`;

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

const isConditions = (dialect: Dialect): Record<string, Condition> => ({
  patch: ofPosting('p.is_cover = 0'),
  cover: ofPosting('p.is_cover = 1'),
  posting: { sql: 'm.is_posting = 1', values: [] },
  reply: { sql: 'm.is_reply = 1 AND m.is_posting = 0', values: [] },
  rfc: ofPosting('p.is_rfc = 1'),
  resend: ofPosting('p.is_resend = 1'),
  open: inSeries(dialect, `s.state NOT IN ${closedStates}`),
  landed: inSeries(dialect, `s.state = 'landed'`),
  waiting: inSeries(dialect, `s.turn <> 'nobody'`),
});

const turns = new Set(['author', 'reviewer', 'maintainer', 'nobody']);

const valueConditions: Record<ValueField, (value: string, dialect: Dialect) => Condition> = {
  'message-id': (value) =>
    value.endsWith('*')
      ? {
          sql: '@m.message_key IN (SELECT message_key FROM message_id WHERE id >= ? AND id < ?)',
          values: [value.slice(0, -1), `${value.slice(0, -1)}\u{10ffff}`],
        }
      : { sql: `m.message_key = ${keyOf}`, values: [value] },
  list: (value, dialect) => {
    const { sql, values } = listCondition(dialect, value);
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
  state: (value, dialect) => inSeries(dialect, 's.state = ?', value),
  version: (value) => ({
    sql: 'EXISTS (SELECT 1 FROM placement p WHERE p.message_key = m.message_key AND p.version = ?)',
    values: [Number(value)],
  }),
  has: (value) => hasConditions[value] ?? never,
  is: (value, dialect) => isConditions(dialect)[value] ?? never,
  turn: (value, dialect) =>
    inSeries(dialect, turns.has(value) ? 's.turn = ?' : 's.waiting_person = ?', value),
  author: (value, dialect) => ({
    sql: `@m.message_key IN (SELECT p.message_key FROM posting p
      WHERE p.author_key IN (SELECT person_key FROM person WHERE address IN ${people(dialect)}))`,
    values: [value, value],
  }),
  reviewer: (value, dialect) => ({
    sql: `@m.message_key IN (SELECT g.subject_key FROM given_trailer g WHERE g.name = 'reviewed-by'
      AND (${dialect.position}(g.address, ?) > 0 OR g.address IN ${people(dialect)}))`,
    values: [value, value, value],
  }),
  trailer: (value, dialect) => ({
    sql: `(EXISTS (SELECT 1 FROM given_trailer g WHERE g.subject_key = m.message_key AND g.name = ?)
      OR ${ofPosting(`${dialect.position}(p.trailer_names, ?) > 0`).sql})`,
    values: [value, ` ${value} `],
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
  size: (value) => {
    const [least = '', most = value] = value.split('..');
    return combine(
      [
        ...(least === '' ? [] : [{ sql: 'm.size_bytes >= ?', values: [Number(least)] }]),
        ...(most === '' ? [] : [{ sql: 'm.size_bytes <= ?', values: [Number(most)] }]),
      ],
      ' AND ',
      always,
    );
  },
};

/** The lists that a name means, as SQL on `list l`: the whole name, or what stands before a dot. */
export function listCondition({ position }: Dialect, name: string): Condition {
  return { sql: `(l.name = ? OR ${position}(l.name, ?) = 1)`, values: [name, `${name}.`] };
}

/** The condition as SQL, for messages that are found by words (`isProbe`) or looked up by what it says. */
export function conditionSql(condition: Condition, isProbe: boolean): string {
  return condition.sql.replaceAll('@', isProbe ? '+' : '');
}

/** The condition of any query. */
export function searchCondition(dialect: SearchDialect, query: Query): Condition {
  const match = dialect.matches(query);
  if (match !== undefined) return match;
  const conditionOf = (item: Query) => searchCondition(dialect, item);
  switch (query.op) {
    case 'and':
      return combine(query.items.map(conditionOf), ' AND ', always);
    case 'or':
      return combine(query.items.map(conditionOf), ' OR ', never);
    case 'not': {
      const inner = conditionOf(query.item);
      return { sql: `(${inner.sql}) IS NOT TRUE`, values: inner.values };
    }
    case 'value':
      return valueConditions[query.field](query.value, dialect);
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
