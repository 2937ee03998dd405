/**
 * Link stage: gives each new posting its revision, series and lineage.
 *
 * Takes waiting postings and makes the whole answer anew for the neighbourhood that they can change: the sendings of
 * their group, the predecessors of those and of every sending that may follow them, the series that these belong to.
 * Only what differs from the store is written. The rules are pure functions in ../link/.
 */
import { placeSeries } from '../link/lineage.ts';
import { makeOverrides, type Overrides } from '../link/override.ts';
import type { Sending } from '../link/sending.ts';
import { groupSeries, revisionOf, type SendingLink } from '../link/series.ts';
import type { Placement, Revision } from '../model/series.ts';
import type { Store } from '../store/store.ts';
import { chooseLinks } from './link-candidates.ts';
import { LinkNeighbourhood } from './link-neighbourhood.ts';

/** Postings taken at once. */
const batch = 1000;

/** Handles one batch; false when nothing waited. */
export async function runLinkStage(store: Store): Promise<boolean> {
  const waiting = await store.takeWaiting('link', batch);
  if (waiting.length === 0) return false;
  const overrides = await readOverrides(store);
  const neighbourhood = new LinkNeighbourhood(store);
  const { changed, gone } = await neighbourhood.regroup(waiting);
  const links = await chooseLinks(neighbourhood, changed, overrides);
  const { sendings, oldSeries } = await neighbourhood.seriesAround(
    [...links.keys(), ...changed],
    gone,
    links,
  );
  const { revisions, placements } = placeGroups(sendings, links, neighbourhood, overrides);
  const newRevisions = await changedRevisions(store, revisions);
  const newPlacements = await changedPlacements(store, placements);
  // Comments are held against the newest version of their patch.
  const subjects = newPlacements.length > 0 ? placements.map((place) => place.messageId) : [];
  const commented = await store.getFactOwners('point', { subjects });
  const series = new Set([...oldSeries, ...revisions.map((revision) => revision.series)]);
  await store.together(async () => {
    await store.putLinks({ revisions: newRevisions, placements: newPlacements, gone: [...gone] });
    await store.markWaiting('review', commented);
    await store.markWaiting('series', [...series].sort());
    await store.clearWaiting('link', waiting);
  });
  return true;
}

async function readOverrides(store: Store): Promise<Overrides> {
  const corrections = [
    ...(await store.getCorrections({ kind: 'link' })),
    ...(await store.getCorrections({ kind: 'unlink' })),
  ].filter((correction) => correction.undoneBy === null);
  corrections.sort((a, b) => a.id - b.id);
  return makeOverrides(
    corrections.flatMap(({ kind, subject, value, by }) =>
      (kind === 'link' || kind === 'unlink') && typeof value === 'string'
        ? [{ kind, subject, value, by }]
        : [],
    ),
  );
}

function placeGroups(
  sendings: readonly Sending[],
  links: ReadonlyMap<string, SendingLink | null>,
  neighbourhood: LinkNeighbourhood,
  overrides: Overrides,
): { revisions: Revision[]; placements: Placement[] } {
  const known = new Map<string, SendingLink>();
  for (const sending of sendings) {
    const link = links.has(sending.id) ? links.get(sending.id) : neighbourhood.storedLink(sending.id);
    if (link) known.set(sending.id, link);
  }
  const revisions: Revision[] = [];
  const placements: Placement[] = [];
  for (const group of groupSeries(sendings, known)) {
    const series = group[0]?.id ?? '';
    for (const sending of group) revisions.push(revisionOf(sending, series, known.get(sending.id)));
    placements.push(...placeSeries(series, group, overrides));
  }
  return { revisions, placements };
}

async function changedRevisions(store: Store, revisions: readonly Revision[]): Promise<Revision[]> {
  const before = await store.getRevisions(revisions.map((revision) => revision.id));
  return revisions.filter((revision) => !isSame(before.get(revision.id), revision));
}

async function changedPlacements(store: Store, placements: readonly Placement[]): Promise<Placement[]> {
  const before = await store.getPlacements(placements.map((place) => place.messageId));
  return placements.filter((place) => !isSame(before.get(place.messageId), place));
}

/** True where both are the same JSON, whatever the order of their keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a).filter(([, value]) => value !== undefined);
  const right = new Map<string, unknown>(Object.entries(b).filter(([, value]) => value !== undefined));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
  );
}
