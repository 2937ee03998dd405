/**
 * Replicas: servers that follow the primary, for reads that may be a moment older.
 *
 * Each is asked now and then how many changes it holds (./change-mark.ts). One is read from where it holds all that this
 * process wrote, and is not too far behind: so whoever changed something through this process sees it. Of a server that
 * does not answer nothing is read until it does; what was asked of it is asked of the primary.
 */
import type { Pool } from 'pg';
import { readChanges } from './change-mark.ts';
import { makePool } from './pool.ts';
import { Session } from './session.ts';

export interface ReplicaTimes {
  /** How often they are asked what they hold. */
  readonly askMs: number;
  /** How long an answer may take. */
  readonly patienceMs: number;
  /** How far one may be behind. */
  readonly behindMs: number;
}

const usualTimes: ReplicaTimes = { askMs: 250, patienceMs: 5000, behindMs: 10_000 };

export interface Replica {
  readonly pool: Pool;
  readonly session: Session;
  /** Changes that it held when it was last asked; -1 where it gave no answer. */
  held: number;
}

export class Replicas {
  readonly #primary: Session;
  readonly #all: readonly Replica[];
  readonly #times: ReplicaTimes;
  #timer: NodeJS.Timeout | null = null;
  #turn = 0;
  /** Writes of this process. */
  #writes = 0;
  /** Changes that one must hold: all up to the newest of this process. Null until that is known. */
  #needed: number | null = null;
  /** What the primary held, oldest first. */
  #history: { readonly atMs: number; readonly held: number }[] = [];

  constructor(primary: Session, locations: readonly string[], times: ReplicaTimes = usualTimes) {
    this.#primary = primary;
    this.#times = times;
    this.#all = locations.map((location) => {
      const pool = makePool(location, { isReadOnly: true, patienceMs: times.patienceMs });
      return { pool, session: new Session(pool), held: -1 };
    });
    this.#schedule();
  }

  /** This process has written something. */
  noteWrite(): void {
    this.#writes++;
    this.#needed = null;
  }

  /**
   * One to read from that holds so many changes, by turns, or the one that holds least; undefined where it must be the
   * primary.
   */
  choose(isOldest = false, least = 0): Replica | undefined {
    const fresh = this.#fresh().filter(({ held }) => held >= least);
    if (isOldest) return fresh.sort((a, b) => a.held - b.held)[0];
    return fresh[this.#turn++ % Math.max(1, fresh.length)];
  }

  /** It gave no answer. */
  giveUp(replica: Replica): void {
    replica.held = -1;
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#needed = null;
    await Promise.all(this.#all.map(({ pool }) => (pool.ended ? undefined : pool.end())));
  }

  #fresh(): Replica[] {
    const needed = Math.max(this.#needed ?? Number.POSITIVE_INFINITY, this.#history[0]?.held ?? 0);
    return this.#all.filter(({ held }) => held >= needed);
  }

  #schedule(): void {
    this.#timer = setTimeout(async () => {
      await this.#look();
      if (this.#timer) this.#schedule();
    }, this.#times.askMs).unref();
  }

  async #look(): Promise<void> {
    const writes = this.#writes;
    const held = await readChanges(this.#primary).catch(() => null);
    const atMs = performance.now();
    if (held !== null) {
      this.#history.push({ atMs, held });
      const from = this.#history.findLastIndex((one) => one.atMs <= atMs - this.#times.behindMs);
      this.#history.splice(0, Math.max(0, from));
    }
    await Promise.all(
      this.#all.map(async (replica) => {
        replica.held = await readChanges(replica.session).catch(() => -1);
      }),
    );
    if (held !== null && writes === this.#writes) this.#needed ??= held;
  }
}
