/**
 * Review stage: what each message says of others. Quotes, trailers given, stances, points, notices, links to other mails.
 *
 * Takes waiting messages with all that wait in their threads, and makes each message's facts anew (./review-facts.ts). A
 * message's facts depend on its ancestors (whom it quotes) and on the replies below it (what became of its points),
 * which is why ./thread-stage.ts lets both wait.
 */
import type { Store } from '../store/store.ts';
import { readReviews } from './review-facts.ts';
import { reviewKinds } from './review-message.ts';

/** Messages taken at once, before the others of their threads come with them. */
const batch = 400;
/** A longer thread is reviewed in parts. */
const threadMost = 4000;

/** Handles one batch; false when nothing waited. */
export async function runReviewStage(store: Store): Promise<boolean> {
  const waiting = await store.takeWaitingThreads('review', batch, threadMost);
  if (waiting.length === 0) return false;
  const { facts, series } = await readReviews(store, waiting);
  await store.together(async () => {
    await store.putFacts(waiting, reviewKinds, facts);
    await store.markWaiting('series', series);
    await store.clearWaiting('review', waiting);
  });
  return true;
}
