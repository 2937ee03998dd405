/**
 * Turn queue: lets one caller after the other use the single connection.
 *
 * A transaction that waits for its own work (`together`) holds the turn; calls made by that work pass, all others wait
 * until it ended, so nobody reads half of it. Which calls are "made by that work" Node's AsyncLocalStorage knows.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export class TurnQueue {
  readonly #holder = new AsyncLocalStorage<symbol>();
  #current: symbol | null = null;
  /** Resolved when the last one that waits has ended. */
  #tail: Promise<void> = Promise.resolve();

  /** True within the work of the caller that holds the turn. */
  get isHeldHere(): boolean {
    return this.#current !== null && this.#holder.getStore() === this.#current;
  }

  /** Runs a synchronous action at once, or after the ones that hold the turn or came earlier. */
  async run<T>(action: () => T): Promise<T> {
    if (this.#current !== null && !this.isHeldHere) await this.#free();
    return action();
  }

  /** Runs `work` alone. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#tail;
    let end: () => void = () => undefined;
    this.#tail = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    const turn = Symbol('turn');
    this.#current = turn;
    try {
      return await this.#holder.run(turn, work);
    } finally {
      this.#current = null;
      end();
    }
  }

  async #free(): Promise<void> {
    while (this.#current !== null) await this.#tail;
  }
}
