/**
 * SQLite access: one open store, used by one caller after the other, with its errors in our words.
 *
 * Calls that come while a `together` of somebody else is open wait for its end (./turn-queue.ts).
 */
import { asStoreError, Connection } from './connection.ts';
import { migrate } from './migrations.ts';
import { TurnQueue } from './turn-queue.ts';

export interface SqliteOptions {
  /** A search that takes longer is ended, see ./search-process.ts; without it none is. */
  readonly searchBudgetMs?: number;
  readonly readOnly?: boolean;
  /** Bound of the file in pages, for sites that share a disk; beyond it the store is full. */
  readonly pagesMost?: number;
  /** How long another program may hold the file before it counts as busy; 10 s where nothing is said. */
  readonly patienceMs?: number;
}

export class SqliteAccess {
  readonly #connection: Connection;
  readonly #turns = new TurnQueue();

  /** Opens or makes the file; brings older tables up to date. @throws StoreError */
  constructor(location: string, options: SqliteOptions) {
    const isReadOnly = options.readOnly ?? false;
    try {
      this.#connection = new Connection(location, isReadOnly, options.patienceMs);
    } catch (cause) {
      throw asStoreError(cause, location);
    }
    try {
      migrate(this.#connection.database, location, isReadOnly);
      if (!isReadOnly) this.#connection.prepareWriting();
      if (options.pagesMost) this.#connection.database.pragma(`max_page_count = ${options.pagesMost}`);
    } catch (cause) {
      this.#connection.close();
      throw asStoreError(cause, location);
    }
  }

  async close(): Promise<void> {
    await this.#turns.hold(async () => this.#connection.close());
  }

  read<T>(action: (connection: Connection) => T): Promise<T> {
    return this.#turns.run(() => this.#guard(() => action(this.#connection)));
  }

  /** All writes of `action`, or none. */
  write<T>(action: (connection: Connection) => T): Promise<T> {
    return this.read((connection) => connection.transaction(() => action(connection)));
  }

  /** All writes of `work`, or none. @throws Error when called by the work of another one. */
  async together<T>(work: () => Promise<T>): Promise<T> {
    if (this.#turns.isHeldHere) throw new Error('together() is not nested');
    const { database } = this.#connection;
    return this.#turns.hold(async () => {
      this.#guard(() => database.exec('BEGIN IMMEDIATE'));
      try {
        const result = await work();
        this.#guard(() => database.exec('COMMIT'));
        return result;
      } catch (cause) {
        if (database.inTransaction) database.exec('ROLLBACK');
        throw cause;
      }
    });
  }

  /** The same, but within the work of another one it is part of that. */
  joined<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.isHeldHere ? work() : this.together(work);
  }

  #guard<T>(action: () => T): T {
    try {
      return action();
    } catch (cause) {
      throw asStoreError(cause, this.#connection.location);
    }
  }
}
