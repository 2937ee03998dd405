/**
 * Review stage: what each message says of others. Quotes, trailers given, stances, points, notices, links to other mails.
 *
 * Takes waiting messages with the threads they stand in, reads those threads' mails once, and makes each message's facts
 * anew. A message's facts depend on its ancestors (whom it quotes) and on the replies below it (what became of its
 * points), which is why ./thread-stage.ts lets both wait.
 */
import type { Store, StoredFact } from '../store/store.ts';
import { MessageCache } from './message-cache.ts';
import { replyReader, reviewKinds, reviewMessage } from './review-message.ts';
import { readSuccessors } from './successors.ts';
import { readThreadMails } from './thread-mails.ts';
import { unmaskFacts } from './unmask-facts.ts';
import { wokenSeries } from './woken-series.ts';

/** Messages taken at once. */
const batch = 400;

const caches = new WeakMap<Store, MessageCache>();

/** Handles one batch; false when nothing waited. */
export async function runReviewStage(store: Store): Promise<boolean> {
  const waiting = await store.takeWaiting('review', batch);
  if (waiting.length === 0) return false;
  const cache = caches.get(store) ?? new MessageCache();
  caches.set(store, cache);
  const entries = await store.getEntries(waiting);
  const threads = [...new Set([...entries.values()].map((entry) => entry.thread))];
  const facts: StoredFact[] = [];
  const todo = new Set(waiting);
  for (const thread of threads) {
    const mails = await readThreadMails(store, cache, thread, todo);
    const postings = [...mails.values()]
      .filter((mail) => mail.posting !== null)
      .map((mail) => mail.messageId);
    const successors = await readSuccessors(store, cache, postings);
    const read = replyReader(mails);
    for (const mail of mails.values()) {
      if (!todo.has(mail.messageId)) continue;
      facts.push(...reviewMessage(mail, mails, read, successors), ...(await unmaskFacts(store, mail)));
    }
  }
  const before = await store.getFacts({ kinds: reviewKinds, owners: waiting });
  const series = await wokenSeries(store, [...before, ...facts]);
  await store.together(async () => {
    await store.putFacts(waiting, reviewKinds, facts);
    await store.markWaiting('series', series);
    await store.clearWaiting('review', waiting);
  });
  return true;
}
