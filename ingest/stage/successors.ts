/**
 * Successors: the newest later posting of each patch, so that comments can be held against what came of it.
 */
import type { Store } from '../store/store.ts';
import type { Successor } from './later-change.ts';
import type { MessageCache } from './message-cache.ts';

/** By posting; covers and postings that are not linked yet have none. */
export async function readSuccessors(
  store: Store,
  cache: MessageCache,
  postings: readonly string[],
): Promise<Map<string, Successor>> {
  const places = await store.getPlacements(postings);
  const revisions = await store.getRevisionsOfSeries([
    ...new Set([...places.values()].map((place) => place.series)),
  ]);
  const sentMs = new Map(revisions.map((revision) => [revision.id, revision.sentMs]));
  const successors = new Map<string, Successor>();
  for (const [messageId, { lineage, revision, series }] of places) {
    if (lineage === null) continue;
    const since = sentMs.get(revision) ?? 0;
    const later = (await store.getLineage(lineage))
      .filter((place) => place.revision !== revision && (sentMs.get(place.revision) ?? 0) > since)
      .sort(
        (a, b) =>
          (sentMs.get(a.revision) ?? 0) - (sentMs.get(b.revision) ?? 0) ||
          (a.messageId < b.messageId ? -1 : 1),
      )
      .at(-1);
    const message = later && (await cache.get(store, [later.messageId])).get(later.messageId);
    const isFollowed = revisions.some((one) => one.series === series && one.sentMs > since);
    if (message)
      successors.set(messageId, {
        kind: 'lines',
        messageId: message.messageId,
        lines: message.body.split('\n'),
      });
    else successors.set(messageId, { kind: isFollowed ? 'dropped' : 'none' });
  }
  return successors;
}
