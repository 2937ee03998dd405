/**
 * Dialect: how PostgreSQL writes what the engines write differently (../dialect.ts).
 */
import type { Dialect } from '../dialect.ts';

export const postgresDialect: Dialect = {
  among: '= ANY(?)',
  many: (values) => [...values],
  position: 'strpos',
  joinInOrder: 'JOIN',
  bytewise: 'COLLATE "C"',
  hex: (column) => `encode(${column}, 'hex')`,
  month: (column) => `to_char(to_timestamp(${column} / 1000) AT TIME ZONE 'UTC', 'YYYY-MM')`,
  field: (column, name) => `(${column}::json ->> '${name}')`,
  jsonList: (column, query) => `(SELECT coalesce(json_agg(${column}), '[]')::text FROM (${query}) given)`,
};
