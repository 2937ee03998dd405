/** Tracked patches: the patches that a request means, by series or one by one, as trackers list them. */
import type { Store } from '../../ingest/store/store.ts';
import type { PatchFilter, PatchRow } from '../../ingest/store/tracker.ts';
import { newestPostings } from '../present/series-summary.ts';
import { notHeld } from './find-series.ts';

export interface WantedPatches {
  /** Series, of whose newest sending all patches are meant. */
  readonly series: readonly string[];
  readonly patches: readonly string[];
}

/** In the order of the request, in a series by position; each once. @throws NotFoundError */
export async function requirePatches(store: Store, { series, patches }: WantedPatches): Promise<PatchRow[]> {
  const rows = await store.getSeries(series);
  for (const id of series) if (!rows.has(id)) throw notHeld('There is no such series', id);
  const revisions = await store.getRevisionsOfSeries(series);
  const ofSeries = series.flatMap((id) => {
    const row = rows.get(id);
    return row ? newestPostings(row, revisions) : [];
  });
  const found = await listPatches(store, { messageIds: [...ofSeries, ...patches] });
  const byId = new Map(found.map((row) => [row.messageId, row]));
  for (const id of patches) if (!byId.has(id)) throw notHeld('No patch has this Message-ID', id);
  // A cover letter is among the mails of a sending, but is no patch.
  const sorted = ofSeries.flatMap((id) => byId.get(id) ?? []);
  return [...new Set([...inOrder(sorted), ...patches.flatMap((id) => byId.get(id) ?? [])])];
}

/** All that are named, by number: patches, or covers. */
export async function listPatches(
  { tracker }: Pick<Store, 'tracker'>,
  named: Pick<PatchFilter, 'numbers' | 'messageIds' | 'sendings'>,
  isCover = false,
): Promise<readonly PatchRow[]> {
  const order = { by: 'id', isDescending: false } as const;
  const every = { offset: 0, limit: Number.MAX_SAFE_INTEGER };
  return (await tracker.listPatches({ isCover, ...named }, order, every)).items;
}

/** Patches of a sending by position; sendings stay where they are. */
function inOrder(rows: readonly PatchRow[]): PatchRow[] {
  const place = new Map(
    [...new Set(rows.map(({ revision }) => revision))].map((revision, at) => [revision, at]),
  );
  const placeOf = (row: PatchRow) => place.get(row.revision) ?? 0;
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b) || a.position - b.position || a.number - b.number);
}
