/**
 * Patch states: the words of trackers for what a series is, and back.
 *
 * Numbers, names and slugs are Patchwork's own (patchwork/fixtures/default_states). What a person set goes first.
 */
import type { SeriesState } from '../model/series.ts';

export interface PatchState {
  readonly number: number;
  readonly name: string;
  readonly slug: string;
  /** What a series is all of whose patches a person put into it; null where nothing of ours says it. */
  readonly means: SeriesState | null;
}

/** All states that a patch may have. */
export const patchStates: readonly PatchState[] = [
  { number: 1, name: 'New', slug: 'new', means: 'new' },
  { number: 2, name: 'Under Review', slug: 'under-review', means: 'under-review' },
  { number: 3, name: 'Accepted', slug: 'accepted', means: 'applied' },
  { number: 4, name: 'Rejected', slug: 'rejected', means: 'rejected' },
  { number: 5, name: 'RFC', slug: 'rfc', means: 'rfc' },
  { number: 6, name: 'Not Applicable', slug: 'not-applicable', means: 'withdrawn' },
  { number: 7, name: 'Changes Requested', slug: 'changes-requested', means: 'changes-requested' },
  { number: 8, name: 'Awaiting Upstream', slug: 'awaiting-upstream', means: 'queued' },
  { number: 9, name: 'Superseded', slug: 'superseded', means: 'superseded' },
  { number: 10, name: 'Deferred', slug: 'deferred', means: null },
];

/** What patches of the newest sending are, by the state of their series. */
const slugOf: Readonly<Record<SeriesState, string>> = {
  new: 'new',
  rfc: 'rfc',
  'under-review': 'under-review',
  'changes-requested': 'changes-requested',
  reviewed: 'under-review',
  queued: 'awaiting-upstream',
  applied: 'accepted',
  landed: 'accepted',
  rejected: 'rejected',
  superseded: 'superseded',
  withdrawn: 'not-applicable',
};

/** The state in SQL: `k` is the mark, `pl` the placement, `s` the series, `p` the posting. */
export const patchStateSql = `coalesce(k.state, CASE
  WHEN coalesce(s.state, '') NOT IN ('rejected', 'withdrawn') AND EXISTS (SELECT 1 FROM fact_subject f
    WHERE f.subject_key = p.message_key AND f.kind IN ('landing', 'commit')) THEN 'accepted'
  WHEN pl.revision_key IS DISTINCT FROM s.latest_revision_key THEN 'superseded'
  ${Object.entries(slugOf)
    .map(([state, slug]) => `WHEN s.state = '${state}' THEN '${slug}'`)
    .join(' ')}
  ELSE 'new' END)`;
