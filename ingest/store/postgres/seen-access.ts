/**
 * Seen access: the connections on which a store is read as sights show it, a few for all who see a part of it.
 *
 * Each connection shows one sight at a time, in tables and views of its own, so that a crowd of kinds of readers needs
 * no more of them; it is told another one when a reader comes who sees otherwise, or when the sight was made anew.
 */
import type { Pool, PoolClient } from 'pg';
import { shownLocation } from '../shown-location.ts';
import type { Sight } from '../sight.ts';
import { asStoreError } from './errors.ts';
import { makePool } from './pool.ts';
import { Session } from './session.ts';
import { showSight } from './sight.ts';
import { inTransaction, release } from './transaction.ts';

const connectionsMost = 5;

export class SeenAccess {
  readonly #location: string;
  readonly #pool: Pool;
  readonly #shown = new WeakMap<PoolClient, Sight>();

  constructor(location: string) {
    this.#location = shownLocation(location);
    // Temporary tables cannot be made by who may only read.
    this.#pool = makePool(location, { isReadOnly: false, connectionsMost });
  }

  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  /** Reads through a sight; with a budget, each statement within that time. @throws StoreError */
  async read<T>(sight: Sight, action: (session: Session) => Promise<T>, budgetMs = 0): Promise<T> {
    try {
      const client = await this.#pool.connect();
      return await release(client, async () => {
        const session = new Session(client);
        if (this.#shown.get(client) !== sight) await this.#show(client, session, sight);
        return budgetMs > 0 ? inTransaction(session, () => action(session), budgetMs) : action(session);
      });
    } catch (cause) {
      throw asStoreError(cause, this.#location);
    }
  }

  async #show(client: PoolClient, session: Session, sight: Sight): Promise<void> {
    this.#shown.delete(client);
    await inTransaction(session, () => showSight(session, sight));
    this.#shown.set(client, sight);
  }
}
