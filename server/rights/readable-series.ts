/**
 * Readable series: series as they would be without the mails that may not be read.
 *
 * A row of the queue sums up all mail of a series. Where some of that is hidden it is made anew by the same stage that
 * made it, from a store in which the hidden mail does not exist: so no number and no state tells of it.
 */
import type { Revision } from '../../ingest/model/series.ts';
import { makeSeries } from '../../ingest/stage/series-stage.ts';
import type { SeriesRow, Store } from '../../ingest/store/store.ts';

const kinds = ['stance', 'point', 'trailer', 'notice', 'landing'];

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
    else limited.push((await makeSeries(readable, row.id, revisions)).row);
  }
  return limited;
}

async function openLists(readable: Store, lists: readonly string[]): Promise<string[]> {
  const open = new Set((await readable.getLists()).map(({ name }) => name));
  return lists.filter((list) => open.has(list));
}
