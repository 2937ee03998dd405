/**
 * Patch change: what a person or program changes of a patch, kept as corrections: who, when, from what, to what.
 *
 * The mark that lists filter by is written with them. Where all patches of a series' newest sending have one state by a
 * person's word, that is said of the series, too, so that our own pages show it.
 */
import { patchStates } from '../../ingest/store/patch-state.ts';
import type { Correction, Store } from '../../ingest/store/store.ts';
import type { PatchMark, PatchRow } from '../../ingest/store/tracker.ts';
import { listPatches } from '../routes/tracked-patches.ts';

/** Fields of a mark, with the kind of correction that each becomes. */
const correctionKinds = {
  state: 'patch-state',
  isArchived: 'patch-archived',
  delegate: 'patch-delegate',
  commitRef: 'patch-commit-ref',
  pullUrl: 'patch-pull-url',
} as const satisfies Record<keyof PatchMark, string>;

interface Change {
  /** What was shown before, and what is now. */
  readonly from: string | null;
  readonly to: string | null;
  /** What the mark held before: an undo puts it back. */
  readonly mark: PatchMark[keyof PatchMark];
}

/** Changes a patch; what stays the same is no change. Gives what was kept of it. */
export async function changePatch(
  store: Store,
  row: PatchRow,
  wanted: Partial<PatchMark>,
  by: string,
  nowMs: number,
): Promise<Correction[]> {
  const before = markOf(row);
  const fields = (Object.keys(wanted) as (keyof PatchMark)[]).filter(
    (field) => wanted[field] !== before[field],
  );
  if (fields.length === 0) return [];
  await store.tracker.putPatchMark(row.messageId, { ...before, ...wanted });
  const kept: Correction[] = [];
  for (const field of fields) {
    const change: Change = {
      from: field === 'state' ? row.slug : textOf(before[field]),
      to: textOf(wanted[field] ?? null),
      mark: before[field],
    };
    const kind = correctionKinds[field];
    const subject = row.messageId;
    kept.push(await store.addCorrection({ atMs: nowMs, by, kind, subject, value: change, reason: '' }));
  }
  return kept;
}

/** Puts back what a correction of a patch changed; false where it is none. */
export async function undoPatchChange(store: Store, { kind, subject, value }: Correction): Promise<boolean> {
  const field = (Object.keys(correctionKinds) as (keyof PatchMark)[]).find(
    (one) => correctionKinds[one] === kind,
  );
  if (field === undefined) return kind === 'comment-addressed';
  const [row] = await listPatches(store, { messageIds: [subject] });
  if (row) await store.tracker.putPatchMark(subject, { ...markOf(row), [field]: (value as Change).mark });
  return true;
}

/** Says of the series what its whole newest sending was said to be. Gives true where something is to be derived anew. */
export async function tellSeries(store: Store, row: PatchRow, by: string, nowMs: number): Promise<boolean> {
  const place = (await store.getRevisionsOf([row.messageId])).get(row.messageId);
  const series = place && (await store.getSeries([place.series])).get(place.series);
  if (!place || series?.latestRevision !== place.revision) return false;
  const sent = await listPatches(store, { sendings: [row.number] });
  const [said, ...others] = new Set(sent.map(({ state }) => state));
  const means = patchStates.find(({ slug }) => slug === said)?.means;
  if (!means || others.length > 0 || means === series.state) return false;
  await store.addCorrection({ atMs: nowMs, by, kind: 'state', subject: series.id, value: means, reason: '' });
  await store.markWaiting('series', [series.id]);
  return true;
}

function markOf({ state, isArchived, delegate, commitRef, pullUrl }: PatchRow): PatchMark {
  return { state, isArchived, delegate, commitRef, pullUrl };
}

function textOf(value: PatchMark[keyof PatchMark]): string | null {
  return value === null ? null : String(value);
}
