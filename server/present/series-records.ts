/**
 * Series records: all that the store holds of one series, put in order for presenting.
 *
 * In: rows as ../routes/series-loader.ts read them. Out: the same with labels and lineages worked out once.
 */

import { groupBy } from '../../ingest/model/group-by.ts';
import type { Posting } from '../../ingest/model/posting.ts';
import type { GivenTrailer, Point } from '../../ingest/model/review.ts';
import type { Placement, Revision } from '../../ingest/model/series.ts';
import type { Correction, MessageEntry, SeriesRow, StoredFact } from '../../ingest/store/store.ts';
import { inOrderOfTime, labelRevisions, type RevisionLabel } from './revision-label.ts';
import type { Tracked } from './tracked.ts';

/** Rows of one series as read. */
export interface SeriesRows {
  readonly row: SeriesRow;
  readonly revisions: readonly Revision[];
  readonly placements: ReadonlyMap<string, Placement>;
  readonly postings: ReadonlyMap<string, Posting>;
  /** Trailers, points, stances, landings and related mails of these postings. */
  readonly facts: readonly StoredFact[];
  /** Messages named by any of it. */
  readonly entries: ReadonlyMap<string, MessageEntry>;
  /** All mails of the threads that it stands in; empty where they were not asked for. */
  readonly threadMails: readonly MessageEntry[];
  /** What people said of it and of these mails; empty where it was not asked for. */
  readonly corrections: readonly Correction[];
  /** What people and machines said of its patches. */
  readonly tracked: Tracked;
}

export interface SeriesRecords extends SeriesRows {
  readonly labels: readonly RevisionLabel[];
  /** Placements of each patch in order of time. */
  readonly lineages: ReadonlyMap<string, readonly Placement[]>;
  /** Trailers given on each posting, and points about it. */
  readonly trailersOn: ReadonlyMap<string, readonly GivenTrailer[]>;
  readonly pointsOn: ReadonlyMap<string | null, readonly Point[]>;
  /** Label of the revision that a posting is in; undefined where it is in none of this series. */
  labelOf(messageId: string): string | undefined;
}

export function arrangeSeries(rows: SeriesRows): SeriesRecords {
  const revisions = inOrderOfTime(rows.revisions);
  const labels = labelRevisions(rows);
  const labelById = new Map(labels.map(({ revision, label }) => [revision, label]));
  const order = new Map(revisions.map(({ id }, at) => [id, at]));
  const valuesOf = <Value>(kind: string) => factsOf(rows, kind).map(({ value }) => value as Value);
  const inOrder = [...rows.placements.values()].sort(
    (a, b) => (order.get(a.revision) ?? 0) - (order.get(b.revision) ?? 0) || a.position - b.position,
  );
  const placed = inOrder.flatMap((placement) =>
    placement.lineage === null ? [] : [{ ...placement, lineage: placement.lineage }],
  );
  const lineages = groupBy(placed, ({ lineage }) => lineage);
  return {
    ...rows,
    revisions,
    labels,
    lineages,
    trailersOn: groupBy(valuesOf<GivenTrailer>('trailer'), ({ messageId }) => messageId),
    pointsOn: groupBy(valuesOf<Point>('point'), ({ posting }) => posting),
    labelOf: (messageId) => labelById.get(rows.placements.get(messageId)?.revision ?? ''),
  };
}

export function factsOf(records: SeriesRows, kind: string): StoredFact[] {
  return records.facts.filter((fact) => fact.kind === kind);
}
