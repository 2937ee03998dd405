/**
 * Readable series: series as they would be without the mails that may not be read.
 *
 * A row of the queue sums up all mail of a series. Where some of that is hidden it is made anew by the same stage that
 * made it, from a store in which the hidden mail does not exist: so no number and no state tells of it.
 */
import type { Revision } from '../../ingest/model/series.ts';
import { readRoleFinder } from '../../ingest/stage/series-roles.ts';
import { makeSeries } from '../../ingest/stage/series-stage.ts';
import type { Page, PageRequest, SeriesFilter, SeriesRow, Store } from '../../ingest/store/store.ts';
import { fillPage } from './readable-page.ts';

const kinds = ['stance', 'point', 'trailer', 'notice', 'landing', 'commit'];

export function limitRevisions(revisions: readonly Revision[], seen: ReadonlySet<string>): Revision[] {
  return revisions.flatMap((revision) => {
    const postings = revision.postings.filter((id) => seen.has(id));
    if (postings.length === 0) return [];
    const gone = revision.postings.length - postings.length;
    return [{ ...revision, postings, held: Math.max(0, revision.held - gone) }];
  });
}

/** Rows without those of which nothing may be read. `readable` is the store as the reader sees it. */
export async function limitSeries(
  whole: Store,
  readable: Store,
  rows: readonly SeriesRow[],
): Promise<SeriesRow[]> {
  const limited: SeriesRow[] = [];
  const findRoles = await readRoleFinder(whole);
  for (const row of rows) {
    const all = (await whole.getRevisionsOfSeries([row.id])).flatMap(({ postings }) => postings);
    const revisions = await readable.getRevisionsOfSeries([row.id]);
    const open = revisions.flatMap(({ postings }) => postings);
    if (all.length > 0 && open.length === 0) continue;
    const isWhole =
      all.length === open.length &&
      (await whole.getFacts({ kinds, subjects: all })).length ===
        (await readable.getFacts({ kinds, subjects: all })).length;
    if (isWhole) limited.push({ ...row, lists: await openLists(readable, row.lists) });
    else limited.push((await makeSeries(readable, row.id, revisions, findRoles)).row);
  }
  return limited;
}

async function openLists(readable: Store, lists: readonly string[]): Promise<string[]> {
  const open = new Set((await readable.getLists()).map(({ name }) => name));
  return lists.filter((list) => open.has(list));
}

/** The queue of what may be read; a row whose state is another for this reader must still fit the filter. */
export function listOpenSeries(
  whole: Store,
  readable: Store,
  filter: SeriesFilter,
  order: Parameters<Store['listSeries']>[1],
  page: PageRequest,
): Promise<Page<SeriesRow>> {
  const fits = (row: SeriesRow) =>
    (filter.turn === undefined || row.turn === filter.turn) &&
    (filter.states === undefined || filter.states.includes(row.state));
  return fillPage(page, async (request) => {
    const found = await whole.listSeries(filter, order, request);
    const rows = await limitSeries(whole, readable, found.items);
    return { ...found, items: rows.filter(fits) };
  });
}
