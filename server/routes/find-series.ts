/**
 * Finding a series by any message of it: a posting, or a reply in the thread of one.
 */
import { NotFoundError } from '../../ingest/model/errors.ts';
import type { Placement } from '../../ingest/model/series.ts';
import type { MessageEntry, Store } from '../../ingest/store/store.ts';

/** The series that a message belongs to; undefined for a discussion without patches. */
export async function findSeries(store: Store, messageId: string): Promise<string | undefined> {
  return (await findPlacement(store, messageId))?.series;
}

/** The posting that a message is, or the nearest above it in its thread, or the first of its thread. */
export async function findPlacement(store: Store, messageId: string): Promise<Placement | undefined> {
  const own = (await store.getPlacements([messageId])).get(messageId);
  if (own) return own;
  const entry = (await store.getEntries([messageId])).get(messageId);
  if (!entry) return undefined;
  const thread = await store.getThread(entry.thread);
  const postings = thread.filter((one) => one.isPosting).map((one) => one.messageId);
  const placements = await store.getPlacements(postings);
  return nearestAbove(entry, thread, placements) ?? placements.get(postings[0] ?? '');
}

/** @throws NotFoundError */
export async function requireSeries(store: Store, messageId: string): Promise<string> {
  const series = await findSeries(store, messageId);
  if (series === undefined) throw notHeld('No series has this message', messageId);
  return series;
}

export function notHeld(what: string, messageId: string): NotFoundError {
  return new NotFoundError(what, {
    subject: messageId,
    remedy: 'Check the Message-ID, or ingest the list that it was sent to.',
  });
}

function nearestAbove(
  entry: MessageEntry,
  thread: readonly MessageEntry[],
  placements: ReadonlyMap<string, Placement>,
): Placement | undefined {
  const byId = new Map(thread.map((one) => [one.messageId, one]));
  const seen = new Set<string>();
  for (
    let at: MessageEntry | undefined = entry;
    at && !seen.has(at.messageId);
    at = byId.get(at.parent ?? '')
  ) {
    seen.add(at.messageId);
    const found = placements.get(at.messageId);
    if (found) return found;
  }
  return undefined;
}
