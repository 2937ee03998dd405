/**
 * Thread stage: gives each new message its parent and thread.
 *
 * Takes waiting messages, loads every thread that they touch, makes those threads anew (../link/thread.ts) and writes
 * what changed. Messages whose ancestors or replies changed wait for review next.
 */
import { threadMessages } from '../link/thread.ts';
import type { MessageEntry, Store, ThreadPlace } from '../store/store.ts';
import { joinPrints } from './print-stage.ts';

/** Messages taken at once: bounds memory while whole lists come in. */
const batch = 2000;

/** Handles one batch; false when nothing waited. */
export async function runThreadStage(store: Store, nowMs: number): Promise<boolean> {
  const taken = await store.takeWaiting('thread', batch);
  if (taken.length === 0) return false;
  await joinPrints(store, taken, nowMs);
  const held = await store.getEntries(taken);
  const waiting = taken.filter((id) => held.has(id));
  const entries = await store.getThreadNeighbours(waiting);
  const places = threadMessages(entries);
  const parents = new Map(places.map((place) => [place.messageId, place.parent]));
  const changed = changedPlaces(entries, places);
  const touched = reviewOwners(
    new Set([...waiting, ...changed.map((place) => place.messageId)]),
    parents,
    entries,
  );
  await store.together(async () => {
    await store.putThreads(changed);
    await store.markWaiting('review', touched);
    await store.clearWaiting('thread', taken);
  });
  return true;
}

function changedPlaces(
  entries: readonly MessageEntry[],
  places: readonly { messageId: string; isHeld: boolean; parent: string | null; thread: string }[],
): ThreadPlace[] {
  const before = new Map(entries.map((entry) => [entry.messageId, entry]));
  return places.flatMap(({ messageId, isHeld, parent, thread }) => {
    const entry = before.get(messageId);
    if (!isHeld || !entry || (entry.parent === parent && entry.thread === thread)) return [];
    return [{ messageId, parent, parentIsGuess: false, thread }];
  });
}

/** What was said of a message can change with its ancestors (quotes) and with its replies (points). */
function reviewOwners(
  touched: ReadonlySet<string>,
  parents: ReadonlyMap<string, string | null>,
  entries: readonly MessageEntry[],
): string[] {
  const owners = new Set<string>();
  for (const messageId of touched) {
    for (let at: string | null | undefined = messageId; at && !owners.has(at); at = parents.get(at))
      owners.add(at);
  }
  for (const { messageId } of entries) {
    for (let at: string | null | undefined = messageId; at; at = parents.get(at)) {
      if (touched.has(at)) {
        owners.add(messageId);
        break;
      }
    }
  }
  // What somebody says later, elsewhere in the thread, can settle what they asked before.
  const senders = new Set(
    entries.filter((entry) => touched.has(entry.messageId)).map((entry) => entry.fromAddress),
  );
  for (const { messageId, fromAddress } of entries) if (senders.has(fromAddress)) owners.add(messageId);
  const held = new Set(entries.map((entry) => entry.messageId));
  return [...owners].filter((owner) => held.has(owner)).sort();
}
