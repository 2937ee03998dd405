/**
 * Row form: rows of tables as every engine can take them, and in the form of one.
 *
 * Between engines packed values are text or bytes, as packJson makes them, and lists of numbers are JSON.
 */
import type { StepValue } from './steps.ts';

export type Row = Readonly<Record<string, StepValue>>;

export interface RowForm {
  /** What the engine gave, in the form for all. */
  read(row: Row): Row;
  /** What the engine takes. */
  write(table: string, row: Row): Row;
}

/** SQLite's own form is the one for all. */
export const sqliteForm: RowForm = { read: (row) => row, write: (_table, row) => row };
