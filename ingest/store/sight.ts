/**
 * Sights: a store as somebody sees it who may not read some lists.
 *
 * Hidden mail is not there, and neither is what follows from it alone. Where hidden mail adds to something that is seen, a
 * series, whoever makes the sight says how that is without it; all queries of the engine then read that in its place.
 */
import type { SeriesActivity } from '../model/statistics.ts';
import type { SeriesRow, Store } from './store.ts';
import type { Tracker } from './tracker.ts';

export interface Sight {
  /** Another text for other contents. */
  readonly mark: string;
  readonly hiddenLists: readonly string[];
  /** All series to which hidden mail adds. */
  readonly series: readonly SeenSeries[];
}

export interface SeenSeries {
  /** Under which id the store holds it. */
  readonly id: string;
  /** As it is without hidden mail; null where nothing is left. */
  readonly row: SeriesRow | null;
  readonly activity: SeriesActivity | null;
  /** Postings that landed or were committed, as far as seen mail says so. */
  readonly landed: readonly string[];
}

/** The part of a store that looks through a sight: what lists, counts and searches in the engine. */
export type SeenStore = Pick<
  Store,
  | 'search'
  | 'countSearch'
  | 'listMessages'
  | 'listFacts'
  | 'listSeries'
  | 'getLists'
  | 'getPerson'
  | 'listPeople'
  | 'readStatistics'
> & {
  readonly tracker: Pick<
    Tracker,
    'listPatches' | 'listSendings' | 'listHappenings' | 'listSubmitters' | 'countPeople'
  >;
  /** Looks through this one from now on. */
  putSight(sight: Sight): Promise<void>;
  close(): Promise<void>;
};
