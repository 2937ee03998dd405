/**
 * Series schemas: queue rows, revisions, the grid and range-diffs of wire.ts, as zod says them.
 */
import { z } from 'zod';
import {
  correctionSchema,
  landingSchema,
  personNameSchema,
  pointSchema,
  stanceSchema,
  time,
  trailerSchema,
  whySchema,
} from './openapi-review-schema.ts';

const count = z.int().min(0);
const spans = z.array(z.tuple([z.int(), z.int()]));

export const checkCountsSchema = z
  .object({ success: count, warning: count, fail: count, pending: count })
  .meta({ id: 'CheckCounts' });

export const seriesSummarySchema = z
  .object({
    id: z.string(),
    title: z.string(),
    author: personNameSchema,
    lists: z.array(z.string()),
    version: z.int(),
    total: count,
    isRfc: z.boolean(),
    revisions: count,
    firstMs: time,
    lastMs: time,
    state: z.string(),
    stateWhy: whySchema,
    turn: z.enum(['author', 'reviewer', 'maintainer', 'nobody']),
    waitingPerson: z.string(),
    waitingSinceMs: time,
    waitingWhy: z.string(),
    waiting: whySchema,
    openPoints: count,
    acked: count,
    reviewed: count,
    tested: count,
    checks: checkCountsSchema,
    delegates: z.array(z.string()),
  })
  .meta({ id: 'SeriesSummary' });

export const revisionSummarySchema = z
  .object({
    id: z.string(),
    label: z.string(),
    version: z.int(),
    isRfc: z.boolean(),
    isResend: z.boolean(),
    total: count,
    held: count,
    hasCover: z.boolean(),
    title: z.string(),
    sentMs: time,
    added: count,
    removed: count,
    thread: z.string(),
    previous: z.string().nullable(),
    why: whySchema.nullable(),
  })
  .meta({ id: 'RevisionSummary' });

export const gridCellSchema = z
  .object({
    revision: z.string(),
    messageId: z.string(),
    position: count,
    total: count,
    patchVersion: z.int().nullable(),
    title: z.string(),
    changes: z.array(z.enum(['same', 'changed', 'moved', 'renamed', 'split', 'merged', 'new'])),
    origins: z.array(z.object({ messageId: z.string(), title: z.string() })),
    why: whySchema.nullable(),
    acked: count,
    reviewed: count,
    tested: count,
    openPoints: count,
  })
  .meta({ id: 'GridCell' });

const formerTitle = z.object({ title: z.string(), until: z.string() });

export const lineageRowSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    formerTitles: z.array(formerTitle),
    cells: z.array(gridCellSchema),
    droppedIn: z.string().nullable(),
  })
  .meta({ id: 'LineageRow' });

export const seriesDetailSchema = z
  .object({
    summary: seriesSummarySchema,
    formerTitles: z.array(formerTitle),
    revisions: z.array(revisionSummarySchema),
    ghosts: z.array(z.object({ version: z.int(), why: whySchema })),
    grid: z.array(lineageRowSchema),
    trailers: z.array(trailerSchema),
    points: z.array(pointSchema),
    stances: z.array(stanceSchema),
    landings: z.array(landingSchema),
    roles: z.array(
      z.object({ role: z.string(), person: personNameSchema, subsystem: z.string(), tree: z.string() }),
    ),
    related: z.array(
      z.object({ messageId: z.string(), subject: z.string(), isHeld: z.boolean(), why: whySchema }),
    ),
    corrections: z.array(correctionSchema),
  })
  .meta({ id: 'SeriesDetail' });

const rangeSide = z.object({ messageId: z.string(), position: count, title: z.string() }).nullable();

export const rangePairSchema = z
  .object({
    lineage: z.string(),
    old: rangeSide,
    new: rangeSide,
    mark: z.enum(['=', '!', '<', '>']),
    lines: z.array(z.object({ kind: z.enum(['+', '-', ' ']), text: z.string(), words: spans })),
    isCut: z.boolean(),
  })
  .meta({ id: 'RangePair' });

export const rangeDiffSchema = z
  .object({ from: z.string(), to: z.string(), pairs: z.array(rangePairSchema) })
  .meta({ id: 'RangeDiff' });
