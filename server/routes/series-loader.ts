/**
 * Series loader: reads from the store what ../present/series.ts needs.
 *
 * A handful of batch reads for any number of revisions; bodies are read for the evidence that is shown and no more.
 */
import type { Point } from '../../ingest/model/review.ts';
import type { SeriesRow, Store, StoredFact } from '../../ingest/store/store.ts';
import { arrangeSeries, type SeriesRecords } from '../present/series-records.ts';
import { presentSeriesSummary } from '../present/series-summary.ts';
import { evidenceIds, type Mails } from '../present/why.ts';
import type { SeriesSummary } from '../wire.ts';
import { notHeld } from './find-series.ts';
import type { ServerParts } from './parts.ts';

const factKinds = ['trailer', 'point', 'stance', 'landing', 'related'];

/** All records of a series. @throws NotFoundError */
export async function loadSeries(store: Store, series: string): Promise<SeriesRecords> {
  const row = (await store.getSeries([series])).get(series);
  if (!row) throw notHeld('There is no such series', series);
  const revisions = await store.getRevisionsOfSeries([series]);
  const ids = revisions.flatMap(({ postings }) => postings);
  const [placements, postings, facts] = await Promise.all([
    store.getPlacements(ids),
    store.getPostings(ids),
    seriesFacts(store, series, ids),
  ]);
  const entries = await store.getEntries([...ids, ...namedIn(facts)]);
  return arrangeSeries({ row, revisions, placements, postings, facts, entries });
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
  const counts = new Map<string, number>();
  for (const { series } of revisions) counts.set(series, (counts.get(series) ?? 0) + 1);
  const mails = await parts.mails.read(
    evidenceIds(rows.flatMap(({ stateBasis, waitingBasis }) => [stateBasis, waitingBasis])),
  );
  return rows.map((row) => presentSeriesSummary(row, counts.get(row.id) ?? 0, mails));
}

/** Facts of its postings, and what its mails point to. */
async function seriesFacts(store: Store, series: string, ids: readonly string[]): Promise<StoredFact[]> {
  const subjects = [...new Set([series, ...ids])];
  const [about, from] = await Promise.all([
    store.getFacts({ kinds: factKinds, subjects }),
    store.getFacts({ kinds: ['related'], owners: subjects }),
  ]);
  const known = new Set(about.filter(({ kind }) => kind === 'related').map(relatedKey));
  return [...about, ...from.filter((fact) => !known.has(relatedKey(fact)))];
}

function relatedKey({ owner, value }: StoredFact): string {
  return `${owner} ${(value as { readonly messageId: string }).messageId}`;
}

/** Messages that facts name and a page shows by author or subject. */
function namedIn(facts: readonly StoredFact[]): string[] {
  return facts.flatMap(({ kind, value }) => {
    if (kind === 'point') return [(value as Point).messageId];
    return kind === 'related' ? [(value as { readonly messageId: string }).messageId] : [];
  });
}
