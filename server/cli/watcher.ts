/**
 * Watcher: keeps watching one source, whatever becomes of the connection.
 *
 * In: a source that can watch. Out: a call for each change, and at any time whether it is watched now. After a
 * failure it begins again, waiting twice as long each time up to a bound; what came meanwhile is read when it
 * watches again, for a source says so at its start.
 */
import { PatchtrailError } from '../../ingest/model/errors.ts';
import type { Source } from '../../ingest/source/source.ts';
import type { WatchState } from '../routes/parts.ts';

export interface WatcherOptions {
  readonly source: Source;
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  readonly onChange: (source: Source) => void;
  /** Told once until it watches again: a server that is away for a night is one sentence, not a thousand. */
  readonly onLost: (error: PatchtrailError) => void;
  /** Resolves after a time, or when the signal is aborted. */
  readonly wait: (ms: number) => Promise<void>;
}

const firstWaitMs = 1000;
const longestWaitMs = 300_000;

export class Watcher {
  readonly #options: WatcherOptions;
  #state: WatchState;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#state = { state: 'lost', sinceMs: options.nowMs(), nextMs: null };
  }

  get state(): WatchState {
    return this.#state;
  }

  /** Watches until the signal is aborted. */
  async run(): Promise<void> {
    const { source, signal, nowMs, onLost, wait } = this.#options;
    let waitMs = firstWaitMs;
    let isTold = false;
    while (!signal.aborted) {
      try {
        for await (const _ of source.watch?.(signal) ?? []) {
          if (this.#state.state !== 'watched')
            this.#state = { state: 'watched', sinceMs: nowMs(), nextMs: null };
          waitMs = firstWaitMs;
          isTold = false;
          this.#options.onChange(source);
        }
      } catch (error) {
        if (!(error instanceof PatchtrailError)) throw error;
        if (!isTold && !signal.aborted) onLost(error);
        isTold = true;
      }
      if (signal.aborted) return;
      this.#state = { state: 'lost', sinceMs: nowMs(), nextMs: nowMs() + waitMs };
      await wait(waitMs);
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  }
}
