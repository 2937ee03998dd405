/**
 * Keeper: what goes on behind a running server: pulling sources from time to time, deriving what a correction woke.
 *
 * One thing after the other: two runs over one store would derive the same neighbourhoods twice. Trouble with a source
 * is told and tried again at the next turn; it must not end the server.
 */
import { PatchtrailError } from '../../ingest/model/errors.ts';
import type { IngestProgress } from '../../ingest/pipeline.ts';
import type { Source } from '../../ingest/source/source.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { PullProgress } from '../routes/parts.ts';
import type { Parts } from './parts.ts';
import type { Terminal } from './terminal.ts';

export interface KeeperOptions {
  readonly parts: Pick<Parts, 'ingest' | 'derive'>;
  readonly terminal: Pick<Terminal, 'nowMs' | 'tell' | 'signal'>;
  readonly store: Store;
  /** Empty: nothing is pulled. */
  readonly sources: readonly Source[];
  readonly everyMs: number;
}

type Pull = PullProgress extends ReadonlyMap<string, infer Value> ? Value : never;

export class Keeper {
  readonly #options: KeeperOptions;
  readonly #pulls: Map<string, Pull> = new Map();
  /** Where each stood when it was first heard of. */
  readonly #since = new Map<string, { atMs: number; done: number; mails: number }>();
  #isWoken = false;
  #ring: () => void = () => undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** How far each source is that is being pulled now. */
  pulls(): PullProgress {
    return this.#pulls;
  }

  /** Something waits to be derived. */
  wake(): void {
    this.#isWoken = true;
    this.#ring();
  }

  /** Works until the signal is aborted. */
  async run(): Promise<void> {
    const { terminal, sources, everyMs } = this.#options;
    let nextMs = sources.length > 0 ? terminal.nowMs() + everyMs : Number.POSITIVE_INFINITY;
    while (!terminal.signal.aborted) {
      if (!this.#isWoken) await this.#wait(nextMs - terminal.nowMs());
      if (terminal.signal.aborted) return;
      const isDue = terminal.nowMs() >= nextMs;
      this.#isWoken = false;
      await this.#try(isDue ? () => this.#pull() : () => this.#derive());
      if (isDue) nextMs = terminal.nowMs() + everyMs;
    }
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PatchtrailError)) throw error;
      this.#options.terminal.tell(`patchtrail: ${error.message}`);
    } finally {
      this.#pulls.clear();
      this.#since.clear();
    }
  }

  async #pull(): Promise<void> {
    const { parts, store, sources, terminal } = this.#options;
    const { failed } = await parts.ingest({
      store,
      sources,
      nowMs: terminal.nowMs,
      signal: terminal.signal,
      onProgress: (progress) => this.#note(progress),
    });
    for (const { error } of failed) terminal.tell(`patchtrail: ${error.message}`);
  }

  async #derive(): Promise<void> {
    const { parts, store, terminal } = this.#options;
    await parts.derive(store, { nowMs: terminal.nowMs, signal: terminal.signal });
  }

  #note({ stage, location, done, total, unit, mails }: IngestProgress): void {
    if (stage !== 'read') {
      this.#pulls.clear();
      return;
    }
    const nowMs = this.#options.terminal.nowMs();
    const since = this.#since.get(location) ?? { atMs: nowMs, done, mails };
    this.#since.set(location, since);
    const tookMs = Math.max(nowMs - since.atMs, 1);
    const isMoving = total !== null && done > since.done;
    this.#pulls.set(location, {
      done,
      total,
      unit,
      mailsPerSecond: Math.round((1000 * (mails - since.mails)) / tookMs),
      etaMs: isMoving ? Math.round((tookMs * (total - done)) / (done - since.done)) : null,
    });
  }

  /** Resolves after a time, when woken, or when stopped. */
  #wait(ms: number): Promise<void> {
    const { signal } = this.#options.terminal;
    return new Promise((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(() => this.#ring(), Math.max(ms, 0)) : undefined;
      const stop = () => this.#ring();
      this.#ring = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        this.#ring = () => undefined;
        resolve();
      };
      signal.addEventListener('abort', stop);
    });
  }
}
