/**
 * Review stage: what each message says of others. Quotes, trailers given, stances, points, notices, links to other mails.
 *
 * Takes waiting messages with all that wait in their threads, and makes each message's facts anew (./review-facts.ts),
 * many at once (./review-threads.ts). A message's facts depend on its ancestors (whom it quotes) and on the replies below
 * it (what became of its points), which is why ./thread-stage.ts lets both wait.
 */
import type { Store } from '../store/store.ts';
import { reviewKinds } from './review-message.ts';
import type { ReviewThreads } from './review-threads.ts';

/** Messages taken at once, before the others of their threads come with them. */
const batch = 2000;
/** A longer thread is reviewed in parts. */
const threadMost = 4000;
/** Messages reviewed and written together; a thread is never cut. */
const portionMessages = 200;

/** Handles one batch; false when nothing waited. */
export async function runReviewStage(store: Store, threads: ReviewThreads): Promise<boolean> {
  const waiting = portionsOf(await store.takeWaitingThreads('review', batch, threadMost));
  const reviews = threads.review(waiting);
  for (const [at, portion] of waiting.entries()) {
    const reviewed = await reviews[at];
    if (!reviewed) break;
    await store.together(async () => {
      await store.putFacts(portion, reviewKinds, reviewed.facts);
      await store.markWaiting('series', reviewed.series);
      await store.clearWaiting('review', portion);
    });
  }
  return waiting.length > 0;
}

function portionsOf(threads: readonly (readonly string[])[]): string[][] {
  const portions: string[][] = [];
  for (const thread of threads) {
    const last = portions.at(-1);
    if (last && last.length < portionMessages) last.push(...thread);
    else portions.push([...thread]);
  }
  return portions;
}
