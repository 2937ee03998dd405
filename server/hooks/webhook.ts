/**
 * Webhook: an address of another program that is told what changes. Pure: its record, its signature, when to try again.
 *
 * The signature is GitHub's, which receivers know: `X-Hub-Signature-256: sha256=` and the HMAC of the body in hexadecimal
 * digits. The secret is kept as it is, since each message is signed with it; it opens nothing here.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';

/** Kinds of live events. */
export const hookEvents = ['message', 'series', 'source'] as const;
export type HookEvent = (typeof hookEvents)[number];

const delivery = z.object({
  id: z.string(),
  atMs: z.number(),
  /** The newest event that it told. */
  sequence: z.number(),
  events: z.number(),
  attempt: z.number(),
  /** What was answered; null where nothing was. */
  status: z.number().nullable(),
  /** Why it failed; empty where it did not. */
  error: z.string(),
});
export type Delivery = z.infer<typeof delivery>;

export const webhookValue = z.object({
  label: z.string(),
  secret: z.string(),
  events: z.array(z.enum(hookEvents)),
  /** Only what is on these lists; null for all that its maker may read. */
  lists: z.array(z.string()).nullable(),
  /** True where it may be an address of the own network. */
  isInternal: z.boolean(),
  /** Number of the account whose rights hold; null for who rules the site. */
  account: z.number().nullable(),
  by: z.string(),
  createdMs: z.number(),
  /** Told up to here. */
  sequence: z.number(),
  /** Tries in a row that failed. */
  failures: z.number(),
  nextMs: z.number(),
  /** Why nothing is told any more; empty while it is. */
  stopped: z.string(),
  /** The newest first. */
  log: z.array(delivery),
});
export type WebhookValue = z.infer<typeof webhookValue>;

export interface Webhook extends WebhookValue {
  readonly number: number;
  readonly url: string;
}

/** After these failures in a row, about three days, nobody listens any more. */
export const failuresMost = 16;
export const deliveriesKept = 50;
const firstWaitMs = 15_000;
const longestWaitMs = 12 * 3_600_000;

/** How long to wait after so many failures in a row. */
export function retryWaitMs(failures: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, failures - 1));
}

export function signatureOf(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** The hook after a try. `410 Gone` says that nobody will ever listen there again. */
export function afterDelivery(hook: WebhookValue, made: Delivery): WebhookValue {
  const log = [made, ...hook.log].slice(0, deliveriesKept);
  if (made.error === '') return { ...hook, log, sequence: made.sequence, failures: 0, nextMs: 0 };
  const failures = hook.failures + 1;
  const isOver = made.status === 410 || failures >= failuresMost;
  return {
    ...hook,
    log,
    failures,
    nextMs: made.atMs + retryWaitMs(failures),
    stopped: isOver ? made.error : '',
  };
}
