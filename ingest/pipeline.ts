/**
 * Pipeline: source -> parse -> keep raw -> derive, in batches. The only place where sources and store meet.
 *
 * Mails are kept first, with the cursor of their source in the same transaction; threads, links, reviews and series
 * are derived from the store afterwards, so a killed run goes on where it stopped and loses nothing.
 */
import type { RepositoryConfig } from './config-keys.ts';
import { followTrees } from './follow-trees.ts';
import { PatchtrailError } from './model/errors.ts';
import { limits } from './model/limits.ts';
import type { RawMail } from './model/message.ts';
import type { Cursor, Source } from './source/source.ts';
import { derive } from './stage/derive.ts';
import { PrepareQueue } from './stage/prepare-queue.ts';
import type { MailToStore, SourceRow, Store, TroubleRow } from './store/store.ts';

/** How far a run is; given after each batch and whenever the source says something. */
export interface IngestProgress {
  readonly location: string;
  readonly stage: 'read' | 'derive';
  readonly done: number;
  readonly total: number | null;
  readonly unit: 'mails' | 'bytes' | 'steps' | 'commits';
  /** Mails of this run so far, over all sources. */
  readonly mails: number;
}

export interface IngestOptions {
  readonly store: Store;
  readonly sources: readonly Source[];
  /** Git repositories to look for commits in. */
  readonly trees?: readonly RepositoryConfig[];
  readonly nowMs: () => number;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
}

export interface IngestResult {
  readonly added: number;
  readonly known: number;
  readonly joined: number;
  readonly removed: number;
  readonly troubles: number;
  /** Commits of git repositories that were read. */
  readonly commits: number;
  /** Sources and repositories that could not be read to their end, with why. */
  readonly failed: readonly { readonly location: string; readonly error: PatchtrailError }[];
}

/** Pulls every source, reads every tree, then derives. One that fails does not stop the others. */
export async function ingest(options: IngestOptions): Promise<IngestResult> {
  const total = { added: 0, known: 0, joined: 0, removed: 0, troubles: 0 };
  const failed: { location: string; error: PatchtrailError }[] = [];
  let mails = 0;
  const queue = new PrepareQueue();
  try {
    for (const source of options.sources) {
      const pull = new Pull(options, source, queue, mails);
      try {
        // Another program that reads the same source gives all that it has.
        await options.store.alone(`source ${source.location}`, { isPatient: false }, () => pull.run());
      } catch (cause) {
        if (!(cause instanceof PatchtrailError) || cause.code.startsWith('store-')) throw cause;
        failed.push({ location: source.location, error: cause });
        await pull.noteError(cause);
      }
      mails = pull.mails;
      for (const key of ['added', 'known', 'joined', 'removed', 'troubles'] as const)
        total[key] += pull.counts[key];
      if (options.signal?.aborted) break;
    }
  } finally {
    await queue.close();
  }
  const followed = await followTrees({
    ...options,
    trees: options.trees ?? [],
    onCommits: (path, done) =>
      options.onProgress?.({ location: path, stage: 'read', done, total: null, unit: 'commits', mails }),
  });
  const location = options.sources.at(-1)?.location ?? '';
  await derive(options.store, {
    nowMs: options.nowMs,
    ...(options.signal ? { signal: options.signal } : {}),
    onStep: (done, left) =>
      options.onProgress?.({ location, stage: 'derive', done, total: done + left, unit: 'steps', mails }),
  });
  return { ...total, commits: followed.commits, failed: [...failed, ...followed.failed] };
}

/** Derives everything again from raw mail; corrections stay. */
export async function rebuild(options: Omit<IngestOptions, 'sources' | 'trees'>): Promise<void> {
  await options.store.resetDerived();
  await derive(options.store, {
    nowMs: options.nowMs,
    ...(options.signal ? { signal: options.signal } : {}),
    onStep: (done, left) =>
      options.onProgress?.({
        location: '',
        stage: 'derive',
        done,
        total: done + left,
        unit: 'steps',
        mails: 0,
      }),
  });
}

/** What is known of a source before its first pull. */
export const neverPulled = {
  cursor: null,
  mails: 0,
  lastPulledMs: null,
  lastTriedMs: null,
  failures: 0,
  lastError: '',
  newestMs: null,
  lagMs: null,
} as const;

/** Batches prepared ahead: one in the hands of each thread and one that waits; more would only take memory. */
const batchesUnderWay = 3;

/** One run over one source. */
class Pull {
  readonly counts = { added: 0, known: 0, joined: 0, removed: 0, troubles: 0 };
  mails: number;
  readonly #options: IngestOptions;
  readonly #source: Source;
  readonly #queue: PrepareQueue;
  #batch: RawMail[] = [];
  #batchBytes = 0;
  /** Behind the last mail that was read. */
  #cursor: Cursor | null = null;
  /** Batches being prepared, oldest first, each with the cursor behind it. */
  #prepared: { readonly mails: Promise<MailToStore[]>; readonly cursor: Cursor | null }[] = [];
  #troubles: TroubleRow[] = [];
  #row: SourceRow;

  constructor(options: IngestOptions, source: Source, queue: PrepareQueue, mailsBefore: number) {
    this.#options = options;
    this.#source = source;
    this.#queue = queue;
    this.mails = mailsBefore;
    const { location, kind, list } = source;
    this.#row = { ...neverPulled, location, kind, list };
  }

  async run(): Promise<void> {
    const { store, signal, nowMs } = this.#options;
    const known = (await store.getSources()).find((row) => row.location === this.#source.location);
    if (known) this.#row = { ...known, list: this.#source.list || known.list };
    this.#cursor = this.#row.cursor;
    for await (const event of this.#source.read(this.#cursor, signal)) {
      if (event.type === 'progress') this.#progress(event.done, event.total, event.unit);
      else if (event.type === 'trouble') this.#note('', event.place, event.code, event.detail);
      else if (event.type === 'removed') {
        await this.#flush();
        this.#cursor = event.cursor ?? this.#cursor;
        this.#row = { ...this.#row, cursor: this.#cursor };
        this.counts.removed += await store.removeMails([event.messageId], this.#row, nowMs());
      } else if (event.type === 'passed') this.#cursor = event.cursor;
      else await this.#add(event.mail, event.cursor);
      if (signal?.aborted) break;
    }
    await this.#flush();
    if (signal?.aborted) return;
    this.#row = { ...this.#row, lastPulledMs: nowMs(), lastTriedMs: nowMs(), failures: 0, lastError: '' };
    await store.putSource(this.#row);
  }

  async noteError(error: PatchtrailError): Promise<void> {
    await this.#flush();
    const failures = this.#row.failures + 1;
    this.#row = { ...this.#row, lastTriedMs: this.#options.nowMs(), failures, lastError: error.message };
    await this.#options.store.putSource(this.#row);
  }

  async #add(mail: RawMail, cursor: Cursor | null): Promise<void> {
    this.#batch.push(mail);
    this.#batchBytes += mail.raw.byteLength;
    this.#cursor = cursor ?? this.#cursor;
    this.mails++;
    this.#row = { ...this.#row, ...this.#arrival(mail.arrivedMs) };
    if (this.#batch.length < limits.batchMails && this.#batchBytes < limits.batchBytes) return;
    this.#prepare();
    while (this.#prepared.length > batchesUnderWay) await this.#store();
  }

  #prepare(): void {
    const mails = this.#queue.prepare(this.#batch);
    // Whoever takes the batch hears of a fault; until then nobody listens.
    mails.catch(() => undefined);
    this.#prepared.push({ mails, cursor: this.#cursor });
    this.#batch = [];
    this.#batchBytes = 0;
  }

  /** Keeps the oldest batch that is being prepared. */
  async #store(): Promise<void> {
    const oldest = this.#prepared.shift();
    if (!oldest) return;
    const { store, nowMs } = this.#options;
    const mails = await oldest.mails;
    for (const { message, mail } of mails) {
      for (const { code, detail } of message.troubles)
        this.#note(message.messageId, mail.place, code, detail);
    }
    await this.#putTroubles();
    this.#row = { ...this.#row, cursor: oldest.cursor, mails: this.#row.mails + mails.length };
    const result = await store.putMails(mails, this.#row, nowMs());
    this.counts.added += result.added;
    this.counts.known += result.known;
    this.counts.joined += result.joined;
  }

  /** Keeps all that was read. */
  async #flush(): Promise<void> {
    if (this.#batch.length > 0) this.#prepare();
    while (this.#prepared.length > 0) await this.#store();
    this.#row = { ...this.#row, cursor: this.#cursor };
    await this.#putTroubles();
  }

  /** Mail that was there before the first pull says nothing of how quick we are. */
  #arrival(arrivedMs: number | undefined): Partial<SourceRow> {
    const { newestMs, lastPulledMs } = this.#row;
    if (arrivedMs === undefined || arrivedMs < (newestMs ?? 0)) return {};
    const isNews = lastPulledMs !== null;
    return { newestMs: arrivedMs, lagMs: isNews ? Math.max(this.#options.nowMs() - arrivedMs, 0) : null };
  }

  #note(messageId: string, place: string, code: string, detail: string): void {
    this.#troubles.push({ messageId, source: this.#source.location, place, code, detail });
  }

  /** Before the mails: a run that ends in between notes the same again, and none is lost. */
  async #putTroubles(): Promise<void> {
    if (this.#troubles.length === 0) return;
    await this.#options.store.putTrouble(this.#troubles);
    this.counts.troubles += this.#troubles.length;
    this.#troubles = [];
  }

  #progress(done: number, total: number | null, unit: 'mails' | 'bytes'): void {
    const { location } = this.#source;
    this.#options.onProgress?.({ location, stage: 'read', done, total, unit, mails: this.mails });
  }
}
