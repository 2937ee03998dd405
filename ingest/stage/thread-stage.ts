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
  const touched = new Set([...waiting, ...changed.map((place) => place.messageId)]);
  const owners = [
    ...findBelow(touched, parents, entries),
    ...(await commentedBefore(store, touched, parents, entries)),
  ];
  await store.together(async () => {
    await store.putThreads(changed);
    await store.markWaiting('review', [...new Set(owners)].sort());
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

/** These messages and all below them: whom they quote can change with their ancestors. */
function findBelow(
  touched: ReadonlySet<string>,
  parents: ReadonlyMap<string, string | null>,
  entries: readonly MessageEntry[],
): string[] {
  const isBelow = new Map<string, boolean>();
  for (const { messageId } of entries) {
    const path: string[] = [];
    let at: string | null | undefined = messageId;
    while (at && !isBelow.has(at) && !touched.has(at)) {
      path.push(at);
      at = parents.get(at);
    }
    const found = at ? (isBelow.get(at) ?? true) : false;
    for (const id of [...path, messageId]) isBelow.set(id, found);
  }
  return entries.map(({ messageId }) => messageId).filter((id) => isBelow.get(id));
}

/**
 * Messages whose comments may be settled by these: their ancestors, and what the same people said elsewhere in the
 * thread. Nothing else of a message changes with what comes after it, so those without comments are left alone.
 */
async function commentedBefore(
  store: Store,
  touched: ReadonlySet<string>,
  parents: ReadonlyMap<string, string | null>,
  entries: readonly MessageEntry[],
): Promise<readonly string[]> {
  const before = new Set<string>();
  for (const messageId of touched) {
    for (let at: string | null | undefined = messageId; at && !before.has(at); at = parents.get(at))
      before.add(at);
  }
  const senders = new Set(
    entries.filter((entry) => touched.has(entry.messageId)).map((entry) => entry.fromAddress),
  );
  for (const { messageId, fromAddress } of entries) if (senders.has(fromAddress)) before.add(messageId);
  return store.getFactOwners('point', { owners: [...before] });
}
