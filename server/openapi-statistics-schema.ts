/**
 * Statistics schemas: what is counted of series and reviews, as zod says it.
 */
import { z } from 'zod';
import { personNameSchema, time } from './openapi-review-schema.ts';

const count = z.int().min(0);
const span = z.number().meta({ description: 'ms' });

const spreadSchema = z
  .object({
    count,
    p25Ms: span.nullable(),
    p50Ms: span.nullable(),
    p75Ms: span.nullable(),
    p90Ms: span.nullable(),
  })
  .meta({ id: 'Spread' });

const bucketSchema = z.object({ belowMs: span.nullable(), count }).meta({ id: 'Bucket' });

const load = { series: count, taken: count, reviews: count, medianMs: span.nullable() };

export const statisticsSchema = z
  .object({
    fromMs: time.nullable(),
    toMs: time.nullable(),
    series: count,
    reviews: count,
    firstReview: spreadSchema,
    untilTaken: spreadSchema,
    rounds: z.array(z.object({ rounds: count, series: count })),
    responses: z.array(bucketSchema),
    openPoints: z.array(bucketSchema),
    reviewers: z.array(z.object({ person: personNameSchema, reviews: count, series: count, medianMs: span })),
    lists: z.array(z.object({ list: z.string(), ...load })),
    weeks: z.array(z.object({ weekMs: time, mails: count, patches: count })),
    reviewWeeks: z.array(z.object({ person: personNameSchema, weekMs: time, reviews: count })),
    months: z.array(z.object({ month: z.string(), ...load })),
  })
  .meta({ id: 'Statistics' });
