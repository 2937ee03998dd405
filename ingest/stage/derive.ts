/**
 * Derive: runs the stages until nothing waits. What one stage writes makes the next one's owners wait.
 *
 * Every stage writes its results and takes its owners off the list in one transaction, so it can be stopped anywhere
 * and go on later, and a run that finds nothing waiting changes nothing.
 */
import type { Stage, Store } from '../store/store.ts';
import { runLinkStage } from './link-stage.ts';
import { runParseStage } from './parse-stage.ts';
import { runReviewStage } from './review-stage.ts';
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
const stages: readonly { name: Stage; run: (store: Store, nowMs: number) => Promise<boolean> }[] = [
  { name: 'parse', run: runParseStage },
  { name: 'thread', run: runThreadStage },
  { name: 'link', run: runLinkStage },
  { name: 'review', run: runReviewStage },
  { name: 'series', run: runSeriesStage },
];

/** Handles all that waits in the store. */
export async function derive(store: Store, options: DeriveOptions): Promise<void> {
  let most = 0;
  let saidMs = options.nowMs();
  for (const stage of stages) {
    while (!options.signal?.aborted && (await stage.run(store, options.nowMs()))) {
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
