/**
 * Webhook schemas: webhooks of wire.ts, as zod says them.
 */
import { z } from 'zod';
import { hookEvents } from './hooks/webhook.ts';
import { time } from './openapi-review-schema.ts';

const count = z.int().min(0);

export const webhookSchema = z
  .object({
    id: count,
    url: z.string(),
    label: z.string(),
    events: z.array(z.enum(hookEvents)),
    lists: z.array(z.string()).nullable(),
    isInternal: z.boolean(),
    by: z.string(),
    createdMs: time,
    failures: count,
    nextMs: time.nullable(),
    stopped: z.string(),
    deliveries: z.array(
      z.object({
        id: z.string(),
        atMs: time,
        sequence: count,
        events: count,
        attempt: count,
        status: z.int().nullable(),
        error: z.string(),
      }),
    ),
  })
  .meta({ id: 'Webhook' });

export const madeWebhookSchema = webhookSchema.extend({ secret: z.string() }).meta({ id: 'MadeWebhook' });
