/**
 * Series summary: one row of the queue.
 */
import type { Revision } from '../../ingest/model/series.ts';
import type { SeriesRow } from '../../ingest/store/store.ts';
import type { SeriesSummary } from '../wire.ts';
import { personName } from './person-name.ts';
import { countChecks, delegatesOf, type Tracked } from './tracked.ts';
import { type Mails, presentWhy } from './why.ts';

/** `revisions`: its sendings; `tracked`: what was said of the patches of its newest. */
export function presentSeriesSummary(
  row: SeriesRow,
  revisions: readonly Revision[],
  tracked: Tracked,
  mails: Mails,
): SeriesSummary {
  const patches = newestPostings(row, revisions);
  return {
    id: row.id,
    title: row.title,
    author: personName(row.authorName, row.authorAddress),
    lists: [...row.lists],
    version: row.version,
    total: row.total,
    isRfc: row.isRfc,
    revisions: revisions.length,
    firstMs: row.firstMs,
    lastMs: row.lastMs,
    state: row.state,
    stateWhy: presentWhy(row.stateBasis, mails),
    turn: row.turn,
    waitingPerson: row.waitingPerson,
    waitingSinceMs: row.waitingSinceMs,
    waitingWhy: row.waitingWhy,
    waiting: presentWhy(row.waitingBasis, mails),
    openPoints: row.openPoints,
    acked: row.acked,
    reviewed: row.reviewed,
    tested: row.tested,
    checks: countChecks(tracked, patches),
    delegates: delegatesOf(tracked, patches),
  };
}

/** Message-IDs of the newest sending. */
export function newestPostings(
  { latestRevision }: Pick<SeriesRow, 'latestRevision'>,
  revisions: readonly Revision[],
): readonly string[] {
  return revisions.find(({ id }) => id === latestRevision)?.postings ?? [];
}
