/**
 * Attempts: wrong secrets slow down whoever sends them.
 *
 * Secrets are 32 random bytes, so guessing is hopeless anyway; this keeps a guesser from filling log and CPU, and guards
 * mailed codes. After some failures an address must wait, twice as long each time. Kept in memory, bounded.
 */

interface Failures {
  readonly count: number;
  readonly untilMs: number;
}

/** Failures that cost nothing: people mistype. */
const freeFailures = 5;
const firstWaitMs = 1000;
const longestWaitMs = 15 * 60_000;
const rememberedMost = 10_000;

export class Attempts {
  readonly #failures = new Map<string, Failures>();

  /** How long this one must wait, in ms; 0 where it may try. */
  waitMs(from: string, nowMs: number): number {
    return Math.max(0, (this.#failures.get(from)?.untilMs ?? 0) - nowMs);
  }

  fail(from: string, nowMs: number): void {
    const count = (this.#failures.get(from)?.count ?? 0) + 1;
    const waitMs = count <= freeFailures ? 0 : firstWaitMs * 2 ** Math.min(20, count - freeFailures - 1);
    this.#failures.delete(from);
    this.#failures.set(from, { count, untilMs: nowMs + Math.min(waitMs, longestWaitMs) });
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= rememberedMost) break;
      this.#failures.delete(oldest);
    }
  }

  succeed(from: string): void {
    this.#failures.delete(from);
  }
}
