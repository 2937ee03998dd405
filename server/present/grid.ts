/**
 * Grid: patches by revisions, one row for each patch (lineage), one cell for each posting of it.
 *
 * A later revision decides the order of rows: patches of the newest one first, by position, then those that are gone,
 * the longest-lived last position first, so a reader sees today's series on top.
 */
import type { Placement } from '../../ingest/model/series.ts';
import type { GridCell, LineageRow } from '../wire.ts';
import { countTrailers } from './given-trailers.ts';
import type { SeriesRecords } from './series-records.ts';
import { type Mails, presentWhy } from './why.ts';

const openStatuses: ReadonlySet<string> = new Set(['open', 'contested']);

export function presentGrid(records: SeriesRecords, mails: Mails): LineageRow[] {
  const order = new Map(records.revisions.map(({ id }, at) => [id, at]));
  const newestOf = (row: LineageRow) => row.cells.at(-1);
  const lastAt = (row: LineageRow) =>
    order.get(records.placements.get(newestOf(row)?.messageId ?? '')?.revision ?? '') ?? -1;
  return [...records.lineages.keys()]
    .map((lineage) => presentLineage(lineage, records, mails))
    .sort(
      (a, b) =>
        lastAt(b) - lastAt(a) ||
        (newestOf(a)?.position ?? 0) - (newestOf(b)?.position ?? 0) ||
        (a.id < b.id ? -1 : 1),
    );
}

export function presentLineage(lineage: string, records: SeriesRecords, mails: Mails): LineageRow {
  const placements = records.lineages.get(lineage) ?? [];
  const cells = placements.map((placement) => presentCell(placement, records, mails));
  return {
    id: lineage,
    title: cells.at(-1)?.title ?? '',
    formerTitles: formerTitles(cells.map(({ title, revision }) => ({ title, label: revision }))),
    cells,
    droppedIn: droppedIn(placements, records),
  };
}

export function presentCell(placement: Placement, records: SeriesRecords, mails: Mails): GridCell {
  const { messageId, position, total, link } = placement;
  const posting = records.postings.get(messageId);
  const label = records.labels.find(({ revision }) => revision === placement.revision);
  const patchVersion = posting?.subject.patchVersion ?? null;
  return {
    revision: label?.label ?? '',
    messageId,
    position,
    total,
    patchVersion: patchVersion === label?.version ? null : patchVersion,
    title: posting?.subject.title ?? '',
    changes: link ? [...link.changes] : ['new'],
    origins: originsOf(placement, records),
    why: link && presentWhy(link, mails),
    ...countTrailers(records.trailersOn.get(messageId) ?? []),
    openPoints: (records.pointsOn.get(messageId) ?? []).filter(({ status }) => openStatuses.has(status.value))
      .length,
  };
}

/** A split names the patch that it is from; those that were merged into a patch stand in the evidence of its link. */
function originsOf({ lineage, previous, link }: Placement, records: SeriesRecords): GridCell['origins'] {
  const named = [
    ...(link?.changes.includes('split') ? [previous] : []),
    ...(link?.changes.includes('merged') ? link.evidence.map(({ messageId }) => messageId) : []),
  ];
  return [...new Set(named)].flatMap((messageId) => {
    const other = records.placements.get(messageId ?? '');
    if (!messageId || !other || other.lineage === lineage) return [];
    return [{ messageId, title: records.postings.get(messageId)?.subject.title ?? '' }];
  });
}

/** Titles before the newest one, each with the label of the revision that replaced it. */
export function formerTitles(
  named: readonly { readonly title: string; readonly label: string }[],
): { title: string; until: string }[] {
  const former: { title: string; until: string }[] = [];
  named.forEach(({ title, label }, at) => {
    const before = named[at - 1];
    if (before && before.title !== title) former.push({ title: before.title, until: label });
  });
  return former;
}

/** The first revision without a patch that is gone; else the revisions in between that lack it. */
function droppedIn(placements: readonly Placement[], records: SeriesRecords): string | null {
  const has = new Set(placements.map(({ revision }) => revision));
  const present = records.revisions.map(({ id }) => has.has(id));
  const [first, last] = [present.indexOf(true), present.lastIndexOf(true)];
  const labelAt = (at: number) => records.labels[at]?.label ?? '';
  if (last < present.length - 1) return labelAt(last + 1);
  const holes = present.flatMap((isThere, at) => (!isThere && at > first ? [labelAt(at)] : []));
  return holes.length > 0 ? holes.join(', ') : null;
}
