/**
 * Series loader: reads from the store what ../present/series.ts needs.
 *
 * A handful of batch reads for any number of revisions; bodies are read for the evidence that is shown and no more.
 */
import { groupBy } from '../../ingest/model/group-by.ts';
import type { Point } from '../../ingest/model/review.ts';
import type { SeriesRow, Store, StoredFact } from '../../ingest/store/store.ts';
import { arrangeSeries, type SeriesRecords, type SeriesRows } from '../present/series-records.ts';
import { newestPostings, presentSeriesSummary } from '../present/series-summary.ts';
import { evidenceIds, type Mails } from '../present/why.ts';
import type { SeriesSummary } from '../wire.ts';
import { notHeld } from './find-series.ts';
import type { ServerParts } from './parts.ts';
import { loadTracked } from './tracked-loader.ts';

const factKinds = ['trailer', 'point', 'stance', 'landing', 'commit', 'role'];

/** The records of a series, without what its threads point to. @throws NotFoundError */
export async function loadSeries(store: Store, series: string): Promise<SeriesRecords> {
  return arrangeSeries(await readRows(store, series));
}

/** The same with the mails of its threads and what these point to, as its page shows. @throws NotFoundError */
export async function loadWholeSeries(store: Store, series: string): Promise<SeriesRecords> {
  const rows = await readRows(store, series);
  const ids = new Set([...rows.placements.keys()].flatMap((id) => rows.entries.get(id)?.thread ?? []));
  const threadMails = (await Promise.all([...ids].map((thread) => store.getThread(thread)))).flat();
  const owners = threadMails.map(({ messageId }) => messageId);
  const related = await store.getFacts({ kinds: ['related'], owners });
  const targets = await store.getEntries(related.map(relatedId));
  const entries = new Map([...rows.entries, ...targets]);
  const about = new Set([...entries.keys(), ...owners]);
  const corrections = (await store.getCorrections({})).filter(({ subject }) => about.has(subject));
  return arrangeSeries({ ...rows, facts: [...rows.facts, ...related], entries, threadMails, corrections });
}

async function readRows(store: Store, series: string): Promise<SeriesRows> {
  const row = (await store.getSeries([series])).get(series);
  if (!row) throw notHeld('There is no such series', series);
  const revisions = await store.getRevisionsOfSeries([series]);
  const ids = revisions.flatMap(({ postings }) => postings);
  const [placements, postings, facts, tracked] = await Promise.all([
    store.getPlacements(ids),
    store.getPostings(ids),
    store.getFacts({ kinds: factKinds, subjects: ids }),
    loadTracked(store, ids),
  ]);
  const said = facts.filter(({ kind }) => kind === 'point').map(({ value }) => (value as Point).messageId);
  const entries = await store.getEntries([...ids, ...said]);
  return { row, revisions, placements, postings, facts, entries, threadMails: [], corrections: [], tracked };
}

/** The mails whose words a series' page shows. */
export function mailsOfSeries(parts: ServerParts, records: SeriesRecords): Promise<Mails> {
  const points = records.facts.filter(({ kind }) => kind === 'point').map((fact) => fact.value as Point);
  const bases = [
    records.row.stateBasis,
    records.row.waitingBasis,
    ...records.row.ghosts.map(({ basis }) => basis),
    ...records.revisions.map(({ link }) => link),
    ...[...records.placements.values()].map(({ link }) => link),
    ...records.facts,
    ...points.map(({ status }) => status),
  ];
  const said = points.flatMap(({ messageId, anchorMessage }) => [messageId, anchorMessage]);
  return parts.mails.read([...evidenceIds(bases), ...said]);
}

/** Rows of the queue with the words that prove them. */
export async function summarizeSeries(
  parts: ServerParts,
  rows: readonly SeriesRow[],
): Promise<SeriesSummary[]> {
  const revisions = await parts.store.getRevisionsOfSeries(rows.map(({ id }) => id));
  const bySeries = groupBy(revisions, ({ series }) => series);
  const own = (row: SeriesRow) => bySeries.get(row.id) ?? [];
  const [mails, tracked] = await Promise.all([
    parts.mails.read(evidenceIds(rows.flatMap(({ stateBasis, waitingBasis }) => [stateBasis, waitingBasis]))),
    loadTracked(
      parts.store,
      rows.flatMap((row) => newestPostings(row, own(row))),
    ),
  ]);
  return rows.map((row) => presentSeriesSummary(row, own(row), tracked, mails));
}

function relatedId({ value }: StoredFact): string {
  return (value as { readonly messageId: string }).messageId;
}
