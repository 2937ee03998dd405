/**
 * Patience: how long a server may take, told by what it sends and not by the clock alone.
 *
 * A timeout that any byte resets is no bound: a server that sends one byte a minute holds a run for ever. Here only
 * the time that we wait counts (not that in which we work), and in each span of it some bytes must have come.
 */
import { limits } from '../model/limits.ts';

export interface PatienceOptions {
  /** Time of waiting in which limits.slowestBytes must come. */
  readonly patienceMs?: number;
  /** Bytes that came so far. */
  readonly received: () => number;
  /** Ends what is waited for; the wait then fails. */
  readonly giveUp: () => void;
}

/** The longest that good servers take for one answer, such as a search of a folder of a million mails. */
export const usualMs = 120_000;

export class Patience {
  /** True once it gave up. */
  isOver = false;
  readonly #options: PatienceOptions;
  readonly #spanMs: number;
  #waitedMs = 0;
  #before = 0;

  constructor(options: PatienceOptions) {
    this.#options = options;
    this.#spanMs = options.patienceMs ?? usualMs;
  }

  /** Waits for what is on its way. */
  async wait<T>(coming: Promise<T>): Promise<T> {
    const startMs = performance.now();
    let timer = setTimeout(() => look(), this.#spanMs - this.#waitedMs);
    const look = () => {
      if (!this.#isEnough()) return;
      timer = setTimeout(() => look(), this.#spanMs);
    };
    try {
      return await coming;
    } finally {
      clearTimeout(timer);
      this.#waitedMs = (this.#waitedMs + performance.now() - startMs) % this.#spanMs;
    }
  }

  #isEnough(): boolean {
    const now = this.#options.received();
    const isEnough = now - this.#before >= limits.slowestBytes;
    this.#before = now;
    if (!isEnough) {
      this.isOver = true;
      this.#options.giveUp();
    }
    return isEnough;
  }
}
