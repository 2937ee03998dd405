/**
 * Keeper: what goes on behind a running server: pulling sources when they have news, deriving what a correction woke.
 *
 * One thing after the other: two runs over one store would derive the same neighbourhoods twice. Each source that can
 * watch is watched (./watcher.ts); all are asked from time to time, and what the configuration names is opened anew
 * then, so that new folders and epochs are found. Trouble with a source is told and tried again; it must not end the
 * server.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RepositoryConfig } from '../../ingest/config-keys.ts';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import type { Source } from '../../ingest/source/source.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { PullProgress, SourceWatches } from '../routes/parts.ts';
import type { Parts } from './parts.ts';
import { PullMeter } from './pull-meter.ts';
import type { Terminal } from './terminal.ts';
import { Watcher } from './watcher.ts';

export interface KeeperOptions {
  readonly parts: Pick<Parts, 'ingest' | 'derive' | 'followMaintainers'>;
  readonly terminal: Pick<Terminal, 'nowMs' | 'tell' | 'signal'>;
  readonly store: Store;
  /** The sources to look after, as they are now; none: nothing is pulled. Says itself what it cannot open. */
  readonly open: () => Promise<readonly Source[]>;
  /** Git repositories to look for commits in, each time that anything is pulled. */
  readonly trees?: readonly RepositoryConfig[];
  readonly everyMs: number;
}

/** A source that is looked after. */
interface Kept {
  readonly source: Source;
  readonly watcher: Watcher | undefined;
  readonly stop: AbortController;
}

export class Keeper {
  readonly #options: KeeperOptions;
  readonly #kept = new Map<string, Kept>();
  readonly #due = new Set<string>();
  readonly #meter: PullMeter;
  #isWoken = false;
  #isTreeDue = false;
  #nextMs = 0;
  #ring: () => void = () => undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#meter = new PullMeter(options.terminal.nowMs);
  }

  /** How far each source is that is being pulled now. */
  pulls(): PullProgress {
    return this.#meter.pulls;
  }

  /** How each source is looked after. */
  watches(): SourceWatches {
    const states = [...this.#kept].map(([location, { watcher }]) => {
      const asked = { state: 'polled', sinceMs: null, nextMs: this.#nextMs } as const;
      return [location, watcher?.state ?? asked] as const;
    });
    return new Map(states);
  }

  /** Something waits to be derived. */
  wake(): void {
    this.#isWoken = true;
    this.#ring();
  }

  /** Sources were added: they are opened and pulled at once. */
  look(): void {
    this.#nextMs = 0;
    this.#ring();
  }

  /** Works until the signal is aborted. */
  async run(): Promise<void> {
    const { terminal, everyMs } = this.#options;
    const { signal } = terminal;
    while (!signal.aborted) {
      const leftMs = this.#nextMs - terminal.nowMs();
      // A clock that was set back must not put the next look off by as much.
      if (leftMs <= 0 || leftMs > everyMs) {
        // Set first: who asks for a look meanwhile gets one more.
        this.#nextMs = terminal.nowMs() + everyMs;
        await this.#try(() => this.#lookAtAll());
      }
      if (!this.#isWoken && !this.#isTreeDue && this.#due.size === 0)
        await this.#wait(this.#nextMs - terminal.nowMs());
      if (signal.aborted) break;
      const due = [...this.#due].flatMap((location) => this.#kept.get(location)?.source ?? []);
      this.#due.clear();
      const isWoken = this.#isWoken;
      const isTreeDue = this.#isTreeDue;
      this.#isWoken = false;
      this.#isTreeDue = false;
      if (due.length > 0 || isTreeDue) await this.#try(() => this.#pull(due, isTreeDue));
      else if (isWoken) await this.#try(() => this.#derive());
    }
    for (const { stop } of this.#kept.values()) stop.abort();
  }

  /** Opens all sources, begins to watch the new ones, and lets each be asked. */
  async #lookAtAll(): Promise<void> {
    const sources = await this.#options.open();
    this.#isTreeDue = (this.#options.trees ?? []).length > 0;
    const locations = new Set(sources.map((source) => source.location));
    for (const [location, { stop }] of this.#kept) {
      if (locations.has(location)) continue;
      stop.abort();
      this.#kept.delete(location);
    }
    for (const source of sources) {
      if (!this.#kept.has(source.location)) this.#kept.set(source.location, this.#keep(source));
      this.#due.add(source.location);
    }
  }

  #keep(source: Source): Kept {
    const { terminal } = this.#options;
    const stop = new AbortController();
    if (!source.watch) return { source, stop, watcher: undefined };
    const signal = AbortSignal.any([terminal.signal, stop.signal]);
    const markDue = () => {
      this.#due.add(source.location);
      this.#ring();
    };
    const watcher = new Watcher({
      source,
      signal,
      nowMs: terminal.nowMs,
      onChange: markDue,
      // A pull notes in the store what is wrong with it.
      onLost: markDue,
      wait: (ms) => sleep(ms, undefined, { signal, ref: false }).catch(() => undefined),
    });
    void watcher.run();
    return { source, stop, watcher };
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PatchtrailError)) throw error;
      this.#options.terminal.tell(`patchtrail: ${error.message}`);
    } finally {
      this.#meter.clear();
    }
  }

  async #pull(sources: readonly Source[], isTreeDue: boolean): Promise<void> {
    const { parts, store, terminal, trees = [] } = this.#options;
    // What it wakes is derived by the pull that follows.
    if (isTreeDue) await parts.followMaintainers(store, trees);
    const { failed } = await parts.ingest({
      store,
      sources,
      trees,
      nowMs: terminal.nowMs,
      signal: terminal.signal,
      onProgress: (progress) => this.#meter.note(progress),
    });
    for (const { error } of failed) terminal.tell(`patchtrail: ${error.message}`);
  }

  async #derive(): Promise<void> {
    const { parts, store, terminal } = this.#options;
    await parts.derive(store, { nowMs: terminal.nowMs, signal: terminal.signal });
  }

  /** Resolves after a time, when woken, or when stopped. */
  #wait(ms: number): Promise<void> {
    const { signal } = this.#options.terminal;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#ring(), Math.max(ms, 0));
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
