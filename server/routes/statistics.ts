/**
 * Statistics: how long reviews take and who carries the load, counted where the rows are.
 */
import { z } from 'zod';
import { UsageError } from '../../ingest/model/errors.ts';
import { type DateSpan, parseDateSpan } from '../../ingest/search/dates.ts';
import { statisticsSchema } from '../openapi-statistics-schema.ts';
import { reads } from './json-route.ts';
import { nameParameter } from './page-query.ts';

/** People that are named: whoever reviewed less is in the sums. */
const reviewersMost = 50;

export const statisticsRoutes = [
  reads({
    name: 'GET /api/v1/statistics',
    says: 'Time to first review, rounds, load, response times and open points, by list, person and time.',
    query: z.strictObject({
      list: nameParameter.exactOptional(),
      person: nameParameter
        .meta({ description: 'Series by this address, and reviews that it gave.' })
        .exactOptional(),
      dates: nameParameter
        .meta({ description: 'As `d:` of the search: `2020-07..`, `last.year`.' })
        .exactOptional(),
    }),
    gives: statisticsSchema,
    async answer({ store, nowMs }, { query }) {
      const { list, person } = query;
      const { fromMs, toMs } = spanOf(query.dates, nowMs());
      const filter = {
        ...(list === undefined ? {} : { lists: [list] }),
        ...(person === undefined ? {} : { person }),
        ...(fromMs === null ? {} : { fromMs }),
        ...(toMs === null ? {} : { toMs }),
      };
      const counted = await store.readStatistics(filter, nowMs(), reviewersMost);
      return {
        fromMs,
        toMs,
        series: counted.series,
        reviews: counted.reviews,
        firstReview: { ...counted.firstReview },
        untilTaken: { ...counted.untilTaken },
        rounds: counted.rounds.map((row) => ({ ...row })),
        responses: counted.responses.map((row) => ({ ...row })),
        openPoints: counted.openPoints.map((row) => ({ ...row })),
        reviewers: counted.reviewers.map(({ address, name, ...load }) => ({
          person: { name, address },
          ...load,
        })),
        lists: counted.lists.map((row) => ({ ...row })),
        weeks: counted.weeks.map((row) => ({ ...row })),
        reviewWeeks: counted.reviewWeeks.map(({ address, name, ...row }) => ({
          person: { name, address },
          ...row,
        })),
        months: counted.months.map((row) => ({ ...row })),
      };
    },
  }),
];

function spanOf(dates: string | undefined, nowMs: number): DateSpan {
  if (dates === undefined) return { fromMs: null, toMs: null };
  const span = parseDateSpan(dates, nowMs);
  if (span) return span;
  throw new UsageError('`dates` needs a date or a range', {
    remedy: 'Such as 2020-07, 2020-07.. or last.year.. .',
  });
}
