/** Statistics: what two lists gave to count in a year. */
import type { WireStatistics } from '../../../server/wire.ts';
import { bo, chidi, dayMs } from './names.ts';

const hourMs = dayMs / 24;

export const counted: WireStatistics = {
  fromMs: null,
  toMs: null,
  series: 240,
  reviews: 1204,
  firstReview: { count: 201, p25Ms: 3 * hourMs, p50Ms: dayMs, p75Ms: 4 * dayMs, p90Ms: 20 * dayMs },
  untilTaken: { count: 120, p25Ms: 2 * dayMs, p50Ms: 9 * dayMs, p75Ms: 40 * dayMs, p90Ms: 130 * dayMs },
  rounds: [
    { rounds: 1, series: 61 },
    { rounds: 2, series: 40 },
    { rounds: 14, series: 1 },
  ],
  responses: [
    { belowMs: hourMs, count: 80 },
    { belowMs: dayMs, count: 600 },
    { belowMs: null, count: 14 },
  ],
  openPoints: [
    { belowMs: 7 * dayMs, count: 12 },
    { belowMs: null, count: 90 },
  ],
  reviewers: [
    { person: bo, reviews: 402, series: 90, medianMs: 5 * hourMs },
    { person: chidi, reviews: 300, series: 71, medianMs: 2 * dayMs },
  ],
  lists: [
    { list: 'kernel-beta', series: 140, taken: 80, reviews: 800, medianMs: 20 * hourMs },
    { list: 'lib-alpha', series: 100, taken: 40, reviews: 404, medianMs: null },
  ],
  weeks: [0, 1, 3, 4].map((week) => ({
    weekMs: Date.UTC(2026, 2, 2) + week * 7 * dayMs,
    mails: 120 + 31 * week,
    patches: 40 + 9 * week,
  })),
  reviewWeeks: [bo, chidi].flatMap((person, at) =>
    [0, 1, 3].map((week) => ({
      person,
      weekMs: Date.UTC(2026, 2, 2) + week * 7 * dayMs,
      reviews: 1 + 4 * at + week,
    })),
  ),
  months: [
    { month: '2026-03', series: 20, taken: 12, reviews: 101, medianMs: dayMs },
    { month: '2026-04', series: 22, taken: 9, reviews: 110, medianMs: 2 * dayMs },
  ],
};
