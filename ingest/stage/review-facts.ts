/**
 * Review facts: reads what messages say of others, and writes nothing: a store opened for reading is enough.
 *
 * Threads are read in portions, so that memory stays bounded; within one everything is asked of the store at once. First
 * the messages themselves and their ancestors; then, only for those that make points, the replies that may settle them.
 */
import { groupBy } from '../model/group-by.ts';
import { findPoints } from '../reply/point.ts';
import type { MessageEntry, Store, StoredFact } from '../store/store.ts';
import { correctFacts, readFactCorrections } from './corrected-facts.ts';
import { reviewKinds, reviewMessage } from './review-message.ts';
import { readSuccessors, type SuccessorSource } from './successors.ts';
import { type MailSource, ThreadMails } from './thread-mails.ts';
import { unmaskFacts } from './unmask-facts.ts';
import { wokenSeries } from './woken-series.ts';

/** What is read of a store. */
export type ReviewSource = MailSource &
  SuccessorSource &
  Pick<
    Store,
    'getThreadsOf' | 'getFacts' | 'findPostings' | 'getRevisionsOf' | 'listPeople' | 'getCorrections'
  >;

/** What a review of messages gives. */
export interface Reviews {
  readonly facts: readonly StoredFact[];
  /** Series that these facts, or the ones that they replace, are about. */
  readonly series: readonly string[];
}

/** Raw bytes of the mails that are held in memory together. */
const portionBytes = 16 * 1024 * 1024;

/** All facts of these messages, made anew. Ids that are not held give none. */
export async function readReviews(store: ReviewSource, messageIds: readonly string[]): Promise<Reviews> {
  const wanted = new Set(messageIds);
  const read: StoredFact[] = [];
  for (const portion of portionsOf(await store.getThreadsOf(messageIds))) {
    const ids = portion.map((entry) => entry.messageId).filter((id) => wanted.has(id));
    read.push(...(await reviewPortion(store, new ThreadMails(store, portion), ids)));
  }
  const facts = correctFacts(read, await readFactCorrections(store));
  const before = await store.getFacts({ kinds: reviewKinds, owners: messageIds });
  return { facts, series: await wokenSeries(store, [...before, ...facts]) };
}

/** Whole threads, some at once. */
function portionsOf(entries: readonly MessageEntry[]): MessageEntry[][] {
  const threads = groupBy(entries, ({ thread }) => thread);
  const portions: MessageEntry[][] = [];
  let bytes = portionBytes;
  for (const thread of threads.values()) {
    if (bytes >= portionBytes) {
      portions.push([]);
      bytes = 0;
    }
    portions.at(-1)?.push(...thread);
    bytes += thread.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  }
  return portions;
}

async function reviewPortion(
  store: ReviewSource,
  threads: ThreadMails,
  messageIds: readonly string[],
): Promise<StoredFact[]> {
  await threads.read(messageIds);
  const mails = messageIds.flatMap((id) => threads.mail(id) ?? []);
  const points = new Map(mails.map((mail) => [mail.messageId, findPoints(threads.reply(mail))]));
  const commented = mails.filter((mail) => (points.get(mail.messageId) ?? []).length > 0);
  await threads.read(commented.flatMap((mail) => threads.repliesAfter(mail.messageId)));
  const successors = await readSuccessors(store, (ids) => threads.linesOf(ids), [
    ...new Set(commented.flatMap((mail) => threads.reply(mail).target?.messageId ?? [])),
  ]);
  const facts: StoredFact[] = [];
  for (const mail of mails) {
    const after = () => threads.repliesAfter(mail.messageId).flatMap((id) => threads.mail(id) ?? []);
    const given = {
      reply: threads.reply(mail),
      ancestors: threads.ancestors(mail.messageId),
      points: points.get(mail.messageId) ?? [],
      below: () => after().map((one) => threads.reply(one)),
      successors,
    };
    facts.push(...reviewMessage(mail, given), ...(await unmaskFacts(store, mail)));
  }
  return facts;
}
