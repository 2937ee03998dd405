/**
 * Access: one open store, used by many callers at once, each on a connection of its own.
 *
 * What is called within the work of a `together` uses the connection of its transaction; Node's AsyncLocalStorage knows
 * which calls those are. Others do not wait for it: PostgreSQL shows them what was committed.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool } from 'pg';
import { shownLocation } from '../shown-location.ts';
import type { Patience } from '../store.ts';
import { noteChange, readChanges } from './change-mark.ts';
import { asStoreError, isLost, isPassing } from './errors.ts';
import { flushEvents } from './event-rows.ts';
import { awaitLease, checkLease, type Lease, leaseMs, renewLease, returnLease } from './lease.ts';
import { migrate } from './migrations.ts';
import { makePool } from './pool.ts';
import { type Replica, Replicas, type ReplicaTimes } from './replicas.ts';
import { Session } from './session.ts';
import { onConnection } from './transaction.ts';

export interface AccessOptions {
  readonly readOnly?: boolean;
  readonly connectionsMost?: number;
  /** Locations of servers that follow this one, to read from. */
  readonly replicas?: readonly string[];
  readonly replicaTimes?: ReplicaTimes;
}

/** How often a write that met another one is tried. */
const triesMost = 5;

export class PostgresAccess {
  readonly shown: string;
  readonly #pool: Pool;
  readonly #own = new AsyncLocalStorage<Session>();
  readonly #shared: Session;
  readonly #replicas: Replicas | null;
  /** Leases that the work in hand stands on. */
  readonly #leases = new AsyncLocalStorage<readonly Lease[]>();
  /** Changes that the reader in hand must see. */
  readonly #leastChanges = new AsyncLocalStorage<number>();

  private constructor(location: string, options: AccessOptions) {
    this.shown = shownLocation(location);
    this.#pool = makePool(location, { isReadOnly: options.readOnly ?? false, ...options });
    this.#shared = new Session(this.#pool);
    const { replicas = [], replicaTimes } = options;
    this.#replicas = replicas.length > 0 ? new Replicas(this.#shared, replicas, replicaTimes) : null;
  }

  /** Connects, and makes or updates the tables. @throws StoreError */
  static async open(location: string, options: AccessOptions): Promise<PostgresAccess> {
    const access = new PostgresAccess(location, options);
    const isReadOnly = options.readOnly ?? false;
    try {
      await access.#alone((session) => migrate(session, access.shown, isReadOnly));
      return access;
    } catch (cause) {
      await access.close();
      throw cause;
    }
  }

  async close(): Promise<void> {
    await this.#replicas?.close();
    if (!this.#pool.ended) await this.#pool.end();
  }

  /** Of several servers one by turns; where the answer says what there is to read on others, the one that is behind. */
  read<T>(action: (session: Session) => Promise<T>, isOldest = false): Promise<T> {
    return this.#guard(() =>
      this.#fromReplica(
        ({ session }) => action(session),
        () => action(this.#session),
        isOldest,
      ),
    );
  }

  /** Another text after each change that may be read. */
  async changeMark(): Promise<string> {
    const oldest = this.#mustBeNewest ? undefined : this.#choose(true);
    return String(oldest?.held ?? (await this.countChanges()));
  }

  /** Changes that the primary holds. */
  countChanges(): Promise<number> {
    return this.#guard(() => readChanges(this.#session));
  }

  /** Runs `work`: what it reads holds at least so many changes. */
  seeing<T>(changes: number, work: () => Promise<T>): Promise<T> {
    return this.#replicas ? this.#leastChanges.run(changes, work) : work();
  }

  /** All writes of `action`, or none. Tried again where it met another writer. */
  async write<T>(action: (session: Session) => Promise<T>): Promise<T> {
    if (this.#own.getStore()) return this.read(action);
    for (let tries = 1; ; tries++) {
      try {
        return await this.together(() => action(this.#session));
      } catch (cause) {
        const met = cause instanceof Error ? (cause.cause ?? cause) : cause;
        if (tries >= triesMost || !isPassing(met)) throw cause;
      }
    }
  }

  /** The same, for actions that cannot begin anew. */
  once<T>(action: (session: Session) => Promise<T>): Promise<T> {
    return this.#own.getStore() ? this.read(action) : this.together(() => action(this.#session));
  }

  /** All writes of `work`, or none. @throws Error when called by the work of another one. */
  together<T>(work: () => Promise<T>): Promise<T> {
    return this.#written(async (session) => {
      const result = await work();
      for (const lease of this.#leases.getStore() ?? []) await checkLease(session, lease);
      await flushEvents(session);
      await noteChange(session);
      return result;
    });
  }

  /** Runs `work` while no other program does; where one does, waits for it or gives undefined. */
  async alone<T>(name: string, patience: Patience, work: () => Promise<T>): Promise<T | undefined> {
    const lease = await this.#guard(() => awaitLease(this.#shared, name, leaseMs, patience));
    if (!lease) return undefined;
    const renewing = setInterval(() => {
      // A renewal that fails is noticed by the next transaction.
      renewLease(this.#shared, lease, leaseMs).catch(() => undefined);
    }, leaseMs / 3);
    try {
      return await this.#leases.run([...(this.#leases.getStore() ?? []), lease], work);
    } finally {
      clearInterval(renewing);
      await returnLease(this.#shared, lease).catch(() => undefined);
    }
  }

  async #written<T>(work: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await this.#alone(work);
    } finally {
      this.#replicas?.noteWrite();
    }
  }

  /** Reads; each statement within that time. */
  async within<T>(budgetMs: number, action: (session: Session) => Promise<T>): Promise<T> {
    if (budgetMs <= 0 || this.#own.getStore()) return this.read(action);
    return this.#guard(() =>
      this.#fromReplica(
        ({ pool }) => onConnection(pool, action, budgetMs),
        () => this.#alone(action, budgetMs),
      ),
    );
  }

  /** What is read in a transaction, or to derive from it. */
  get #mustBeNewest(): boolean {
    return this.#own.getStore() !== undefined || this.#leases.getStore() !== undefined;
  }

  async #fromReplica<T>(
    read: (replica: Replica) => Promise<T>,
    here: () => Promise<T>,
    isOldest = false,
  ): Promise<T> {
    const replica = this.#mustBeNewest ? undefined : this.#choose(isOldest);
    if (!replica) return here();
    try {
      return await read(replica);
    } catch (cause) {
      if (!isLost(cause)) throw cause;
      this.#replicas?.giveUp(replica);
      return here();
    }
  }

  #choose(isOldest: boolean): Replica | undefined {
    return this.#replicas?.choose(isOldest, this.#leastChanges.getStore());
  }

  /** A transaction on a connection of its own, which all calls of `work` use. */
  #alone<T>(work: (session: Session) => Promise<T>, budgetMs = 0): Promise<T> {
    if (this.#own.getStore()) throw new Error('together() is not nested');
    return this.#guard(() =>
      onConnection(this.#pool, (session) => this.#own.run(session, () => work(session)), budgetMs),
    );
  }

  get #session(): Session {
    return this.#own.getStore() ?? this.#shared;
  }

  async #guard<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (cause) {
      throw asStoreError(cause, this.shown);
    }
  }
}
