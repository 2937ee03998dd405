/**
 * Connection: one open SQLite file, its prepared statements, and its errors in our words.
 *
 * All statements are prepared once and kept by their text. Values are always bound, never written into SQL. Times and
 * keys stay below 2^53, so plain numbers hold them.
 */
import Database from 'better-sqlite3';
import { PatchtrailError, StoreError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Posting } from '../model/posting.ts';
import { RowCache } from './row-cache.ts';
import type { Steps } from './steps.ts';

export type SqlValue = string | number | Uint8Array | null;

export class Connection {
  readonly database: Database.Database;
  readonly location: string;
  /** Unpacked blocks of raw mail. */
  readonly blocks: RowCache<Uint8Array>;
  readonly postings: RowCache<Posting>;
  readonly #statements = new Map<string, Database.Statement<SqlValue[]>>();

  constructor(location: string, isReadOnly: boolean, patienceMs = 10_000) {
    this.location = location;
    this.database = new Database(location, {
      readonly: isReadOnly,
      fileMustExist: isReadOnly,
      timeout: patienceMs,
    });
    this.blocks = new RowCache(this.database, limits.blockCacheBytes, (bytes) => bytes.byteLength);
    this.postings = new RowCache(this.database, limits.postingCache, () => 1);
    this.database.pragma('cache_size = -65536');
    this.database.pragma('temp_store = MEMORY');
  }

  /** Turns on what changes the file, once it is known to be ours. */
  prepareWriting(): void {
    this.database.pragma('journal_mode = WAL');
    this.database.pragma('synchronous = NORMAL');
    // 64 MB: a page that changes often is written into the file once, not with every few commits.
    this.database.pragma('wal_autocheckpoint = 16000');
  }

  /** All rows. The caller names the row type that its SQL gives. */
  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  /** The first row. */
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  /** Runs a write; gives the number of changed rows and the key of the last inserted one. */
  run(sql: string, ...values: SqlValue[]): { changes: number; key: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(...values);
    return { changes, key: Number(lastInsertRowid) };
  }

  /** Runs what engines share, each statement at once. */
  steps<T>(steps: Steps<T>): T {
    let at = steps.next();
    while (!at.done) {
      const statement = this.#statement(at.value.sql);
      // Lists of values are one JSON text, see ./dialect.ts.
      const values = at.value.values as readonly SqlValue[];
      if (statement.reader) at = steps.next(statement.all(...values));
      else {
        statement.run(...values);
        at = steps.next([]);
      }
    }
    return at.value;
  }

  /** Writes a row of these columns, in place of one with its key. */
  insert(table: string, columns: Readonly<Record<string, SqlValue>>): void {
    const names = Object.keys(columns);
    this.run(
      `INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      ...Object.values(columns),
    );
  }

  /** Rows one by one: the caller may stop early. No other statement may write meanwhile. */
  iterate<Row>(sql: string, ...values: SqlValue[]): IterableIterator<Row> {
    return this.#statement(sql).iterate(...values) as IterableIterator<Row>;
  }

  /** All writes of `action`, or none; inside a transaction a savepoint. */
  transaction<T>(action: () => T): T {
    return this.database.transaction(action).immediate();
  }

  /** Changes with every commit, of this connection or another. */
  changeMark(): string {
    const others = this.get<{ data_version: number }>('PRAGMA data_version')?.data_version;
    const own = this.get<{ count: number }>('SELECT total_changes() AS count')?.count;
    return `${others}.${own}`;
  }

  close(): void {
    this.#statements.clear();
    this.database.close();
  }

  #statement(sql: string): Database.Statement<SqlValue[]> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.database.prepare<SqlValue[]>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** What SQLite threw, as an error that says what to do. */
export function asStoreError(cause: unknown, location: string): unknown {
  if (cause instanceof PatchtrailError || !(cause instanceof Database.SqliteError)) return cause;
  const detail = { subject: location, cause };
  if (cause.code.startsWith('SQLITE_FULL')) {
    return new StoreError('store-full', 'The disk of the store is full; nothing was written by halves', {
      ...detail,
      remedy: 'Make room and run the same again: it goes on where it stopped.',
    });
  }
  if (cause.code.startsWith('SQLITE_BUSY') || cause.code.startsWith('SQLITE_LOCKED')) {
    return new StoreError('store-busy', 'Another program holds the store', {
      ...detail,
      remedy: 'Wait for it to end, then try again.',
    });
  }
  if (cause.code.startsWith('SQLITE_READONLY') || cause.code.startsWith('SQLITE_CANTOPEN')) {
    return new StoreError('store-failed', `The store cannot be opened or written (${cause.message})`, {
      ...detail,
      remedy: 'Look at the path and its permissions.',
    });
  }
  if (cause.code.startsWith('SQLITE_CORRUPT') || cause.code.startsWith('SQLITE_NOTADB')) {
    return new StoreError('store-failed', `The store is damaged or no store at all (${cause.message})`, {
      ...detail,
      remedy: 'Run `patchtrail doctor`, or ingest into a new store.',
    });
  }
  return new StoreError('store-failed', `The store failed (${cause.code}: ${cause.message})`, {
    ...detail,
    remedy: 'Run `patchtrail doctor`.',
  });
}
