/** Tracker schemas: delegates and bundles of wire.ts, as zod says them; and what changes of them may hold. */
import { z } from 'zod';
import { limits } from '../ingest/model/limits.ts';
import { personNameSchema, time } from './openapi-review-schema.ts';
import { checkCountsSchema } from './openapi-series-schema.ts';

const count = z.int().min(0);
const ids = z.array(z.string().min(1).max(limits.messageIdBytes)).max(limits.pageRows);
/** As long as on Patchwork. */
const bundleName = z.string().trim().min(1).max(50);

export const delegateSchema = z
  .object({ name: z.string(), fullName: z.string(), lists: z.array(z.string()).nullable() })
  .meta({ id: 'Delegate' });

export const delegateRequestSchema = z
  .strictObject({ series: ids, patches: ids, delegate: z.string().max(255) })
  .meta({ id: 'DelegateRequest' });

export const bundleSchema = z
  .object({
    number: count,
    name: z.string(),
    owner: z.string(),
    isOwn: z.boolean(),
    isPublic: z.boolean(),
    list: z.string(),
    patches: count,
    mbox: z.string(),
  })
  .meta({ id: 'Bundle' });

export const bundleDetailSchema = z
  .object({
    ...bundleSchema.shape,
    items: z.array(
      z.object({
        messageId: z.string(),
        name: z.string(),
        author: personNameSchema,
        sentMs: time,
        state: z.string(),
        delegate: z.string(),
        checks: checkCountsSchema,
      }),
    ),
  })
  .meta({ id: 'BundleDetail' });

export const bundleRequestSchema = z
  .strictObject({ name: bundleName, series: ids, patches: ids })
  .meta({ id: 'BundleRequest' });

export const bundleChangeSchema = z
  .strictObject({
    name: bundleName.exactOptional(),
    isPublic: z.boolean().exactOptional(),
    patches: z
      .array(z.string().min(1).max(limits.messageIdBytes))
      .min(1)
      .max(limits.bundlePatches)
      .exactOptional(),
  })
  .meta({ id: 'BundleChange' });
