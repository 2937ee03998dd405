/**
 * Row cache: rows of one kind that cost much to unpack, the ones used last.
 *
 * It may only hold what the file holds. What a transaction writes can be taken back, so nothing is kept while one is
 * open; and another program may write, so all is forgotten when SQLite says that the file changed.
 */
import type Database from 'better-sqlite3';

export class RowCache<Value> {
  readonly #database: Database.Database;
  readonly #most: number;
  readonly #sizeOf: (value: Value) => number;
  readonly #values = new Map<number, Value>();
  #size = 0;
  /** SQLite's number for the state that other connections left. */
  #version: unknown;

  /** @param most sum of the sizes that are kept */
  constructor(database: Database.Database, most: number, sizeOf: (value: Value) => number) {
    this.#database = database;
    this.#most = most;
    this.#sizeOf = sizeOf;
  }

  /** Must be called before each use that could see another program's writing. */
  refresh(): void {
    const version: unknown = this.#database.pragma('data_version', { simple: true });
    if (version === this.#version) return;
    this.#version = version;
    this.#values.clear();
    this.#size = 0;
  }

  get(key: number): Value | undefined {
    const known = this.#values.get(key);
    if (known === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, known);
    return known;
  }

  keep(key: number, value: Value): void {
    if (this.#database.inTransaction) return;
    this.forget(key);
    this.#values.set(key, value);
    this.#size += this.#sizeOf(value);
    for (const oldest of this.#values.keys()) {
      if (this.#size <= this.#most) break;
      this.forget(oldest);
    }
  }

  /** Must be called when its row is written anew or taken away. */
  forget(key: number): void {
    const known = this.#values.get(key);
    if (known === undefined) return;
    this.#size -= this.#sizeOf(known);
    this.#values.delete(key);
  }
}
