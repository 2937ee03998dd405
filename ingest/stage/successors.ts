/**
 * Successors: the newest later posting of each patch, so that comments can be held against what came of it.
 */
import type { Placement } from '../model/series.ts';
import type { Store } from '../store/store.ts';
import type { Successor } from './later-change.ts';

/** What is read of a store; nothing is written. */
export type SuccessorSource = Pick<Store, 'getPlacements' | 'getRevisionsOfSeries' | 'getLineages'>;

/** By posting; postings that are not linked yet have none. `readLines` gives the lines of held mails. */
export async function readSuccessors(
  store: SuccessorSource,
  readLines: (messageIds: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>,
  postings: readonly string[],
): Promise<Map<string, Successor>> {
  const places = [...(await store.getPlacements(postings)).values()];
  const revisions = await store.getRevisionsOfSeries([...new Set(places.map((place) => place.series))]);
  const sentMs = new Map(revisions.map((revision) => [revision.id, revision.sentMs]));
  const newestMs = new Map<string, number>();
  for (const { series, sentMs: ms } of revisions)
    newestMs.set(series, Math.max(ms, newestMs.get(series) ?? ms));
  const lineages = await store.getLineages([...new Set(places.flatMap(({ lineage }) => lineage ?? []))]);
  const timeOf = (place: Placement) => sentMs.get(place.revision) ?? 0;
  const newest = places.flatMap((place) => {
    if (place.lineage === null) return [];
    const later = (lineages.get(place.lineage) ?? [])
      .filter((other) => other.revision !== place.revision && timeOf(other) > timeOf(place))
      .sort((a, b) => timeOf(a) - timeOf(b) || (a.messageId < b.messageId ? -1 : 1))
      .at(-1);
    return [{ place, later: later?.messageId ?? null }];
  });
  const lines = await readLines(newest.flatMap(({ later }) => later ?? []));
  const isFollowed = (place: Placement) => (newestMs.get(place.series) ?? 0) > timeOf(place);
  const covers = places.filter((place) => place.lineage === null && isFollowed(place));
  return new Map([
    ...covers.map(({ messageId }): [string, Successor] => [messageId, { kind: 'followed' }]),
    ...newest.map(({ place, later }): [string, Successor] => {
      const held = later === null ? undefined : lines.get(later);
      if (later !== null && held) return [place.messageId, { kind: 'lines', lines: held }];
      return [place.messageId, { kind: isFollowed(place) ? 'dropped' : 'none' }];
    }),
  ]);
}
