/**
 * Statistics on the wire: how long reviews take, how many rounds, who carries the load, what stands open.
 *
 * Interfaces only; ./wire.ts says what they have in common and which route gives which. Spans of time are in ms.
 */
import type { PersonName } from './wire-series.ts';

/** Nearest ranks; null where nothing was counted. */
export interface WireSpread {
  count: number;
  p25Ms: number | null;
  p50Ms: number | null;
  p75Ms: number | null;
  p90Ms: number | null;
}

/** How many lie below a bound and not below the one before; the last has none. */
export interface WireBucket {
  belowMs: number | null;
  count: number;
}

export interface WireStatistics {
  /** Bounds of the time that is counted; null is open. */
  fromMs: number | null;
  toMs: number | null;
  series: number;
  reviews: number;
  /** From the first posting of a series to its first review. */
  firstReview: WireSpread;
  /** From the first posting until a mail says that it was taken. */
  untilTaken: WireSpread;
  /** Of series that were taken: how many revisions it took. */
  rounds: { rounds: number; series: number }[];
  /** From a posting to a review of it. */
  responses: WireBucket[];
  /** Age of the points that stand now. */
  openPoints: WireBucket[];
  reviewers: { person: PersonName; reviews: number; series: number; medianMs: number }[];
  lists: { list: string; series: number; taken: number; reviews: number; medianMs: number | null }[];
  /** Weeks from Monday, oldest first; those without mail are left out. */
  weeks: { weekMs: number; mails: number; patches: number }[];
  /** Reviews by person and week, in the last half year with any; at most twenty people. */
  reviewWeeks: { person: PersonName; weekMs: number; reviews: number }[];
  /** Oldest first; a series counts in the month in which it began. */
  months: { month: string; series: number; taken: number; reviews: number; medianMs: number | null }[];
}
