/**
 * Review schemas: evidence, trailers, points, stances and landings of wire.ts, as zod says them.
 *
 * Each is proven equal to its interface by test/server/openapi.test.ts; `id` is its name in /openapi.json.
 */
import { z } from 'zod';

export const time = z.number().meta({ description: 'ms since 1970' });
const line = z.int().min(-1);

export const evidenceSchema = z
  .object({
    messageId: z.string(),
    part: z.string(),
    start: line,
    end: line,
    words: z.array(z.string()),
  })
  .meta({ id: 'Evidence' });

export const whySchema = z
  .object({
    rule: z.string(),
    says: z.string(),
    confidence: z.number(),
    confidenceWord: z.enum(['certain', 'likely', 'guess']),
    by: z.string(),
    evidence: z.array(evidenceSchema),
  })
  .meta({ id: 'Why' });

export const personNameSchema = z
  .object({ name: z.string(), address: z.string() })
  .meta({ id: 'PersonName' });

export const trailerSchema = z
  .object({
    name: z.string(),
    value: z.string(),
    person: personNameSchema,
    givenIn: z.string(),
    messageId: z.string(),
    on: z.string(),
    isOwn: z.boolean(),
    standing: z.enum(['current', 'carried', 'dropped']),
    why: whySchema,
  })
  .meta({ id: 'Trailer' });

export const pointSchema = z
  .object({
    id: z.string(),
    messageId: z.string(),
    author: personNameSchema,
    atMs: time,
    kind: z.string(),
    status: z.enum(['open', 'answered', 'agreed', 'addressed', 'contested', 'withdrawn']),
    statusWhy: whySchema,
    words: z.array(z.string()),
    moreLines: z.int().min(0),
    anchorMessage: z.string(),
    anchorStart: line,
    anchorEnd: line,
    anchorWords: z.array(z.string()),
    posting: z.string().nullable(),
    on: z.string().nullable(),
  })
  .meta({ id: 'Point' });

export const stanceSchema = z
  .object({
    person: personNameSchema,
    kind: z.string(),
    atMs: time,
    messageId: z.string(),
    posting: z.string(),
    isConditional: z.boolean(),
    why: whySchema,
  })
  .meta({ id: 'Stance' });

export const landingSchema = z
  .object({
    notice: z.string(),
    kind: z.string(),
    messageId: z.string().nullable(),
    title: z.string(),
    sha: z.string(),
    tree: z.string(),
    release: z.string(),
    atMs: time,
    mailSha: z.string(),
    why: whySchema,
  })
  .meta({ id: 'Landing' });

export const correctionSchema = z
  .object({
    id: z.int().min(0),
    atMs: time,
    by: z.string(),
    kind: z.string(),
    subject: z.string(),
    value: z.unknown(),
    reason: z.string(),
    undoneBy: z.int().min(0).nullable(),
  })
  .meta({ id: 'Correction' });
