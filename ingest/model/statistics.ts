/**
 * Statistics: what is counted of series and reviews, and what a store answers of it.
 *
 * Counting is done where the rows are, so that an answer costs no memory. Spans of time are in ms. Percentiles are
 * nearest ranks: a span that really occurred.
 */
import type { SeriesRole } from './maintainers.ts';

/** One review: a reply by somebody else than the author that takes a stance, asks for something or gives a trailer. */
export interface Review {
  readonly messageId: string;
  readonly person: string;
  readonly atMs: number;
  /** Since the posting that it answers was sent. */
  readonly delayMs: number;
}

/** A time, and the mail that tells it. */
export interface NotedTime {
  readonly messageId: string;
  readonly atMs: number;
}

/** What a series gives to statistics; made anew with its row of the queue, which has its lists. */
export interface SeriesActivity {
  readonly series: string;
  readonly author: string;
  readonly firstMs: number;
  /** Revisions that were sent until it was taken, resends not counted. */
  readonly rounds: number;
  /** The first mail that says that it was applied or landed; null while none does. */
  readonly taken: NotedTime | null;
  readonly reviews: readonly Review[];
  /** Where and when each of its points that still stand was made. */
  readonly openPoints: readonly NotedTime[];
  /** Who looks after its files. */
  readonly roles: readonly SeriesRole[];
}

/** Which series and reviews are counted. */
export interface StatisticsFilter {
  /** On one of these lists: series, and the mails that tell of reviews, of points and that it was taken. */
  readonly lists?: readonly string[];
  /** Series by this address; reviews that it gave. */
  readonly person?: string;
  /** Series that began, and reviews that were given, from here on. */
  readonly fromMs?: number;
  /** And before this. */
  readonly toMs?: number;
}

/** How spans of time are spread. Null where there are none. */
export interface Spread {
  readonly count: number;
  readonly p25Ms: number | null;
  readonly p50Ms: number | null;
  readonly p75Ms: number | null;
  readonly p90Ms: number | null;
}

/** How many lie below a bound, and not below the one before; the last has no bound. */
export interface Bucket {
  readonly belowMs: number | null;
  readonly count: number;
}

export interface ReviewerLoad {
  readonly address: string;
  readonly name: string;
  readonly reviews: number;
  readonly series: number;
  readonly medianMs: number;
}

export interface ListLoad {
  readonly list: string;
  readonly series: number;
  readonly taken: number;
  readonly reviews: number;
  /** Until the first review of a series; null where none has one. */
  readonly medianMs: number | null;
}

/** Mails that were sent in one week. */
export interface WeekLoad {
  /** When the week began: a Monday, UTC. */
  readonly weekMs: number;
  readonly mails: number;
  /** Those of them that are patches or covers. */
  readonly patches: number;
}

/** Reviews that one person gave in one week. */
export interface ReviewWeek {
  readonly address: string;
  readonly name: string;
  readonly weekMs: number;
  readonly reviews: number;
}

export interface PeriodLoad {
  /** `2020-07`, in UTC. */
  readonly month: string;
  readonly series: number;
  /** Of these series. */
  readonly taken: number;
  readonly reviews: number;
  readonly medianMs: number | null;
}

export interface Statistics {
  readonly series: number;
  readonly reviews: number;
  /** From the first posting of a series to its first review; series without one are not in it. */
  readonly firstReview: Spread;
  /** From the first posting to the first mail that says that it was taken. */
  readonly untilTaken: Spread;
  readonly rounds: readonly { readonly rounds: number; readonly series: number }[];
  readonly responses: readonly Bucket[];
  /** Age of the points that stand, at the time asked for. */
  readonly openPoints: readonly Bucket[];
  /** Who reviewed most, at most as many as asked for. */
  readonly reviewers: readonly ReviewerLoad[];
  readonly lists: readonly ListLoad[];
  /** Oldest first. */
  readonly months: readonly PeriodLoad[];
  /** Oldest first; weeks without mail are left out. */
  readonly weeks: readonly WeekLoad[];
  /** Of the people who reviewed most, in the last half year in which anybody did; oldest first, weeks without are left out. */
  readonly reviewWeeks: readonly ReviewWeek[];
}
