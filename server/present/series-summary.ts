/**
 * Series summary: one row of the queue.
 */
import type { SeriesRow } from '../../ingest/store/store.ts';
import type { SeriesSummary } from '../wire.ts';
import { personName } from './person-name.ts';
import { type Mails, presentWhy } from './why.ts';

/** `revisions`: how many sendings there are of it. */
export function presentSeriesSummary(row: SeriesRow, revisions: number, mails: Mails): SeriesSummary {
  return {
    id: row.id,
    title: row.title,
    author: personName(row.authorName, row.authorAddress),
    lists: [...row.lists],
    version: row.version,
    total: row.total,
    isRfc: row.isRfc,
    revisions,
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
  };
}
