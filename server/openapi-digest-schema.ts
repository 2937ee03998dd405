/**
 * Digest schemas: the outline of a thread of wire.ts, as zod says it.
 */
import { z } from 'zod';
import { evidenceSchema, personNameSchema, time, whySchema } from './openapi-review-schema.ts';

const count = z.int().min(0);

export const digestItemSchema = z
  .object({
    group: z.enum(['decision', 'disagreement', 'turning-point']),
    kind: z.string(),
    person: personNameSchema,
    atMs: time,
    span: evidenceSchema,
    answers: evidenceSchema.nullable(),
    outcome: z.object({ status: z.string(), why: whySchema }).nullable(),
    addressed: count,
    why: whySchema,
  })
  .meta({ id: 'DigestItem' });

export const digestLinkSchema = z
  .object({
    kind: z.enum(['mail', 'commit']),
    messageId: z.string().nullable(),
    masked: z.string(),
    sha: z.string(),
    title: z.string(),
    isHeld: z.boolean(),
    isFixes: z.boolean(),
    series: z.string().nullable(),
    places: z.array(evidenceSchema),
  })
  .meta({ id: 'DigestLink' });

export const threadDigestSchema = z
  .object({
    id: z.string(),
    subject: z.string(),
    mails: count,
    people: count,
    firstMs: time,
    lastMs: time,
    items: z.array(digestItemSchema),
    links: z.array(digestLinkSchema),
  })
  .meta({ id: 'ThreadDigest' });
