/**
 * Steps: reads and small writes that every engine does alike, as statements that are given out one by one.
 *
 * A step function is a generator: it yields a statement and goes on with its rows. SQLite answers each at once
 * (./connection.ts), PostgreSQL awaits it (./postgres/session.ts), so neither SQL nor logic stands twice. What they
 * write differently in SQL is in ./dialect.ts. Reads that must be fast in one way on one engine are not steps.
 */

/** What a mark of a statement can stand for; arrays only where the dialect's `many` made them. */
export type StepValue = string | number | Uint8Array | null | readonly (string | number)[];

export interface Statement {
  /** With a `?` for each value. */
  readonly sql: string;
  readonly values: readonly StepValue[];
}

export type Steps<T> = Generator<Statement, T, readonly unknown[]>;

/** All rows; none of a statement that gives none. The caller names the row type that its SQL gives. */
export function* all<Row>(sql: string, ...values: StepValue[]): Steps<Row[]> {
  return (yield { sql, values }) as Row[];
}

/** The first row. */
export function* get<Row>(sql: string, ...values: StepValue[]): Steps<Row | undefined> {
  const [row] = yield* all<Row>(sql, ...values);
  return row;
}

/** The count of a statement that gives one row with a `count`. */
export function* count(sql: string, ...values: StepValue[]): Steps<number> {
  const row = yield* get<{ count: number }>(sql, ...values);
  return row?.count ?? 0;
}

/** No step: what was to do is done. */
export function* nothing(): Steps<void> {
  yield* [];
}
