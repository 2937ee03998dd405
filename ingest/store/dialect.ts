/**
 * Dialect: what the engines write differently in the SQL that they share (./steps.ts).
 *
 * Everything else in shared statements is what both understand: `RETURNING`, `ON CONFLICT`, `IS DISTINCT FROM`, window
 * functions, quoted aliases. Truth is 0 and 1 in columns, and ids are compared byte by byte, on both.
 */
import type { StepValue } from './steps.ts';

export interface Dialect {
  /** Behind a column: true where it is one of the values bound next by `many`. */
  readonly among: string;
  /** Several values as one bound value, for `among`. */
  many(values: Iterable<string | number>): StepValue;
  /** Name of the function of (text, part) that gives where the part stands, from 1; 0 where it does not. */
  readonly position: string;
  /** Joins tables in the order in which they stand. */
  readonly joinInOrder: string;
  /** Behind a text that is no column: it is ordered byte by byte, as columns are. */
  readonly bytewise: string;
  /** Bytes as hexadecimal digits. */
  hex(column: string): string;
  /** `2024-02` of a time in milliseconds. */
  month(column: string): string;
  /** A text of a JSON object in a column. */
  field(column: string, name: string): string;
  /** The values of the one column of a query, in its order, as JSON. */
  jsonList(column: string, query: string): string;
}

export const sqliteDialect: Dialect = {
  among: 'IN (SELECT value FROM json_each(?))',
  many: (values) => JSON.stringify([...values]),
  position: 'instr',
  joinInOrder: 'CROSS JOIN',
  bytewise: '',
  hex: (column) => `lower(hex(${column}))`,
  month: (column) => `strftime('%Y-%m', ${column} / 1000, 'unixepoch')`,
  field: (column, name) => `${column} ->> '${name}'`,
  jsonList: (column, query) => `(SELECT json_group_array(${column}) FROM (${query}))`,
};
