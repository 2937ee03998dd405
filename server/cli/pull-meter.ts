/**
 * Pull meter: how far each source is that is being pulled, for pages that ask.
 *
 * In: what the pipeline says of its progress. Out: share, speed and time to go of each source.
 */
import type { IngestProgress } from '../../ingest/pipeline.ts';
import type { PullProgress } from '../routes/parts.ts';

type Pull = PullProgress extends ReadonlyMap<string, infer Value> ? Value : never;

export class PullMeter {
  readonly #nowMs: () => number;
  readonly #pulls = new Map<string, Pull>();
  /** Where each stood when it was first heard of. */
  readonly #since = new Map<string, { atMs: number; done: number; mails: number }>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get pulls(): PullProgress {
    return this.#pulls;
  }

  clear(): void {
    this.#pulls.clear();
    this.#since.clear();
  }

  note({ stage, location, done, total, unit, mails }: IngestProgress): void {
    if (stage !== 'read') {
      this.#pulls.clear();
      return;
    }
    const nowMs = this.#nowMs();
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
}
