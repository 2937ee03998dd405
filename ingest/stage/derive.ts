/**
 * Derive: runs the stages until nothing waits. What one stage writes makes the next one's owners wait.
 *
 * Every stage writes its results and takes its owners off the list in one transaction, so it can be stopped anywhere
 * and go on later, and a run that finds nothing waiting changes nothing. One program derives at a time: a neighbourhood
 * is never linked twice at once.
 */
import type { Stage, Store } from '../store/store.ts';
import { runLinkStage } from './link-stage.ts';
import { runParseStage } from './parse-stage.ts';
import { runReviewStage } from './review-stage.ts';
import { ReviewThreads } from './review-threads.ts';
import { runSeriesStage } from './series-stage.ts';
import { runThreadStage } from './thread-stage.ts';

export interface DeriveOptions {
  readonly nowMs: () => number;
  readonly signal?: AbortSignal;
  /** Owners handled so far, and those that still wait. */
  readonly onStep?: (done: number, left: number) => void;
}

/** Counting what is left costs; a reader needs no more than this. */
const sayEveryMs = 1000;

/** In this order: a stage only needs what stands before it. */
const stages: readonly { name: Stage; run: (run: Run) => Promise<boolean> }[] = [
  { name: 'parse', run: ({ store }) => runParseStage(store) },
  { name: 'thread', run: ({ store, nowMs }) => runThreadStage(store, nowMs) },
  { name: 'link', run: ({ store }) => runLinkStage(store) },
  { name: 'review', run: ({ store, threads }) => runReviewStage(store, threads) },
  { name: 'series', run: ({ store, nowMs }) => runSeriesStage(store, nowMs) },
];

interface Run {
  readonly store: Store;
  readonly nowMs: number;
  readonly threads: ReviewThreads;
}

/** Handles all that waits in the store, alone: another program that derives in it is waited for. */
export async function derive(store: Store, options: DeriveOptions): Promise<void> {
  await store.alone('derive', { isPatient: true, signal: options.signal }, async () => {
    const threads = new ReviewThreads(store);
    try {
      await runStages(store, threads, options);
    } finally {
      await threads.close();
    }
  });
}

async function runStages(store: Store, threads: ReviewThreads, options: DeriveOptions): Promise<void> {
  let most = 0;
  let saidMs = options.nowMs();
  for (const stage of stages) {
    while (!options.signal?.aborted && (await stage.run({ store, threads, nowMs: options.nowMs() }))) {
      if (options.onStep && options.nowMs() - saidMs >= sayEveryMs) {
        saidMs = options.nowMs();
        const { waiting } = await store.info();
        const left = Object.values(waiting).reduce((sum, count) => sum + count, 0);
        // A stage makes work for the next one, so what is left can grow.
        most = Math.max(most, left);
        options.onStep(most - left, left);
      }
    }
  }
}
