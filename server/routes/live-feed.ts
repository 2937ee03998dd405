/**
 * Live feed: changes of the store, read once for all pages that watch.
 *
 * The store is asked at intervals and only while somebody watches, so changes by another process (`patchtrail ingest`
 * beside `serve`) are seen too; one that tells of changes by itself is asked when it does, and seldom otherwise. Readers
 * are counted over all event streams, since each holds a socket.
 */
import { PatchtrailError } from '../../ingest/model/errors.ts';
import { limits } from '../../ingest/model/limits.ts';
import type { ChangeEvent, Store } from '../../ingest/store/store.ts';

export interface FeedTimes {
  readonly pollMs: number;
  /** Between two questions to a store that tells of changes by itself. */
  readonly quietMs: number;
  readonly heartbeatMs: number;
}

export const usualTimes: FeedTimes = { pollMs: 250, quietMs: 5000, heartbeatMs: 15_000 };

/** Events read at once. */
const batch = 500;

/** One event stream's place. */
export interface Seat {
  /** Called when the server closes. */
  onClose(close: () => void): void;
  leave(): void;
}

export class LiveFeed {
  readonly heartbeatMs: number;
  readonly #store: Pick<Store, 'getEvents' | 'watchEvents'>;
  readonly #times: FeedTimes;
  readonly #watchers = new Set<(events: readonly ChangeEvent[]) => void>();
  readonly #seats = new Set<{ close: () => void }>();
  #timer: NodeJS.Timeout | null = null;
  #isAsking = false;
  #sequence = 0;
  /** The newest number that the store told of. */
  #told = 0;
  /** Ends the telling; null where the store does not tell. */
  #unwatch: (() => void) | null = null;

  constructor(store: Pick<Store, 'getEvents' | 'watchEvents'>, times: FeedTimes = usualTimes) {
    this.#store = store;
    this.#times = times;
    this.heartbeatMs = times.heartbeatMs;
  }

  /** Event streams that are open. */
  get seats(): number {
    return this.#seats.size;
  }

  /** @throws PatchtrailError where there are too many readers */
  takeSeat(): Seat {
    if (this.#seats.size >= limits.eventReaders) {
      throw new PatchtrailError('server-busy', 'Too many pages watch this server', {
        remedy: 'Close some, or load the page again from time to time.',
      });
    }
    const seat = { close: () => {} };
    this.#seats.add(seat);
    return {
      onClose: (close) => {
        seat.close = close;
      },
      leave: () => {
        this.#seats.delete(seat);
      },
    };
  }

  /**
   * Gives events behind a sequence number (null: only those to come), some at a time, until the returned function is
   * called.
   */
  async watch(after: number | null, watcher: (events: readonly ChangeEvent[]) => void): Promise<() => void> {
    const newest = await newestSequence(this.#store);
    if (this.#watchers.size === 0) this.#sequence = newest;
    // Others may have been told more or less than `newest`: what comes while the reader catches up has to wait.
    const until = Math.max(newest, this.#sequence);
    const waiting: ChangeEvent[] = [];
    let tell = (events: readonly ChangeEvent[]): void => void waiting.push(...events);
    const own = (events: readonly ChangeEvent[]) => tell(events.filter(({ sequence }) => sequence > until));
    if (this.#watchers.size === 0) this.#unwatch = this.#store.watchEvents((told) => this.#hear(told));
    this.#watchers.add(own);
    this.#schedule();
    const stop = () => {
      this.#watchers.delete(own);
      if (this.#watchers.size === 0) this.#stop();
    };
    try {
      for (let at = after ?? newest; at < until; ) {
        const missed = await this.#store.getEvents(at, batch);
        watcher(missed.filter(({ sequence }) => sequence <= until));
        at = missed.at(-1)?.sequence ?? until;
      }
    } catch (error) {
      stop();
      throw error;
    }
    watcher(waiting);
    tell = watcher;
    return stop;
  }

  /** Ends all streams. */
  close(): void {
    this.#stop();
    for (const seat of this.#seats) seat.close();
  }

  #schedule(): void {
    // What was told of may not be on the server that is read from yet.
    const isQuiet = this.#unwatch !== null && this.#told <= this.#sequence;
    const { quietMs, pollMs } = this.#times;
    this.#timer ??= setTimeout(() => void this.#poll(), isQuiet ? quietMs : pollMs);
  }

  #hear(told: number): void {
    this.#told = Math.max(this.#told, told);
    // Who is asking right now asks again soon, as more was told of than he can know.
    if (this.#isAsking || this.#told <= this.#sequence) return;
    if (this.#timer) clearTimeout(this.#timer);
    void this.#poll();
  }

  #stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#unwatch?.();
    this.#unwatch = null;
  }

  async #poll(): Promise<void> {
    this.#isAsking = true;
    const events = await this.#store.getEvents(this.#sequence, batch).catch(() => {
      // A store that is busy or closing: the next turn asks again, and nothing is lost, for the sequence stays.
      return [];
    });
    this.#sequence = events.at(-1)?.sequence ?? this.#sequence;
    if (events.length > 0) for (const watcher of this.#watchers) watcher(events);
    this.#isAsking = false;
    this.#timer = null;
    if (this.#watchers.size > 0) this.#schedule();
  }
}

/** The store only tells what lies behind a number, so the newest is searched by halves: about forty short reads. */
export async function newestSequence(store: Pick<Store, 'getEvents'>): Promise<number> {
  const hasBehind = async (sequence: number) => (await store.getEvents(sequence, 1)).length > 0;
  let low = 0;
  let high = 1;
  while (await hasBehind(high)) {
    low = high;
    high *= 2;
  }
  if (low === 0 && !(await hasBehind(0))) return 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await hasBehind(middle)) low = middle;
    else high = middle;
  }
  return high;
}
