/**
 * Review worker: a thread that makes the facts of messages from a store opened for reading. Asked by ./review-threads.ts
 *
 * Facts go back packed, as they are written: that is less to copy, and the writer has less to do.
 */
import { workerData } from 'node:worker_threads';
import { packFacts } from '../store/fact-pack.ts';
import { openStore } from '../store/open.ts';
import type { PackedFacts } from '../store/store.ts';
import { readReviews } from './review-facts.ts';
import { answerCalls } from './thread-call.ts';

/** Message ids. */
export type ReviewRequest = readonly string[];

export interface ReviewAnswer {
  readonly facts: readonly PackedFacts[];
  readonly series: readonly string[];
}

/** Where the store is: the thread's `workerData`. */
const store = openStore(String(workerData), { readOnly: true });

answerCalls(async (messageIds: ReviewRequest): Promise<ReviewAnswer> => {
  const { facts, series } = await readReviews(await store, messageIds);
  return { facts: packFacts(facts), series };
});
