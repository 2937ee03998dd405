/**
 * Session: statements on one connection, or on any of the pool, with their values in our types.
 *
 * Statements have a `?` for each value, as all of the store's have; PostgreSQL gets numbered ones. Numbers stay below
 * 2^53, so plain numbers hold its 64-bit ones.
 */
import type { ClientBase, Pool } from 'pg';
import type { Steps, StepValue } from '../steps.ts';
import { encodeText } from './stored-text.ts';

/** One value, or many of one type for `unnest` and `ANY`. */
export type Value = StepValue | undefined | readonly Value[];

/** A change to tell of when the transaction ends. */
export interface NewEvent {
  readonly atMs: number;
  readonly kind: string;
  readonly subject: string;
}

export class Session {
  readonly #client: ClientBase | Pool;
  /** Told at the end, so that the counter of events is held as short as can be. */
  readonly events: NewEvent[] = [];

  constructor(client: ClientBase | Pool) {
    this.#client = client;
  }

  /** All rows. The caller names the row type that its SQL gives. */
  async all<Row>(sql: string, ...values: Value[]): Promise<Row[]> {
    const { rows } = await this.#client.query({ text: numbered(sql), values: values.map(bound) });
    return rows as Row[];
  }

  /** The first row. */
  async get<Row>(sql: string, ...values: Value[]): Promise<Row | undefined> {
    return (await this.all<Row>(sql, ...values))[0];
  }

  /** Several statements without values. */
  async script(sql: string): Promise<void> {
    await this.#client.query(sql);
  }

  /** Runs what engines share, one statement after the other. */
  async steps<T>(steps: Steps<T>): Promise<T> {
    let at = steps.next();
    while (!at.done) {
      const { sql, values } = at.value;
      at = steps.next(await this.all(sql, ...values));
    }
    return at.value;
  }
}

const numberedTexts = new Map<string, string>();
/** Composed searches make ever new texts. */
const numberedMost = 5000;

function numbered(sql: string): string {
  const known = numberedTexts.get(sql);
  if (known !== undefined) return known;
  let at = 0;
  const text = sql.replace(/\?/g, () => `$${++at}`);
  if (numberedTexts.size >= numberedMost) numberedTexts.clear();
  numberedTexts.set(sql, text);
  return text;
}

function bound(value: Value): unknown {
  if (typeof value === 'string') return encodeText(value);
  if (Array.isArray(value)) return value.map(bound);
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value;
}
