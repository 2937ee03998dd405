/**
 * Webhooks: made, listed and removed by whoever may change something; each sees their own, who rules the site all.
 */
import { z } from 'zod';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import { hookEvents, type Webhook } from '../hooks/webhook.ts';
import { addWebhook, listWebhooks, removeWebhook, requireWebhook, resumeWebhook } from '../hooks/webhooks.ts';
import { madeWebhookSchema, webhookSchema } from '../openapi-webhook-schema.ts';
import { type Asker, isRuler, nobody } from '../rights/asker.ts';
import { currentAsker } from '../rights/current.ts';
import type { WireWebhook } from '../wire.ts';
import { changes, noQuery, reads } from './json-route.ts';
import { newestSequence } from './live-feed.ts';
import type { ServerParts } from './parts.ts';

export const webhookRoutes = [
  reads({
    name: 'GET /api/v1/webhooks',
    says: 'Your webhooks, with what became of their newest deliveries; for who rules the site all.',
    query: noQuery,
    gives: z.object({ items: z.array(webhookSchema) }),
    async answer({ store }) {
      const asker = requireName();
      const hooks = await listWebhooks(store.tracker);
      return { items: hooks.filter((hook) => isTheirs(asker, hook)).map(presentWebhook) };
    },
  }),
  changes({
    name: 'POST /api/v1/webhooks',
    says: 'Has an address told of what changes from now on. The secret, by which it is signed, is shown this once.',
    body: z.strictObject({
      url: z.url({ protocol: /^https?$/ }).max(2000),
      label: z.string().max(200).default(''),
      events: z.array(z.enum(hookEvents)).default([]).meta({ description: 'Empty: all kinds.' }),
      lists: z.array(z.string().max(250)).max(100).nullable().default(null),
      isInternal: z
        .boolean()
        .default(false)
        .meta({ description: 'An address of the own network; only who rules the site may name one.' }),
    }),
    gives: madeWebhookSchema,
    isForOwnPage: false,
    async answer({ store, nowMs }, { by, body }) {
      const asker = requireName();
      if (body.isInternal && !isRuler(asker))
        throw forbidden('Only who rules the site may name an internal address');
      const now = { sequence: await newestSequence(store), atMs: nowMs() };
      const request = { ...body, account: isRuler(asker) ? null : (asker.account?.number ?? null), by };
      const hook = await addWebhook(store.tracker, request, now);
      return { ...presentWebhook(hook), secret: hook.secret };
    },
  }),
  changes({
    name: 'POST /api/v1/webhooks/{id}/resume',
    says: 'Tells a webhook again that was given up, from where it stopped.',
    body: z.strictObject({}),
    gives: webhookSchema,
    isForOwnPage: false,
    async answer(parts, { id }) {
      return presentWebhook(await resumeWebhook(parts.store.tracker, await requireTheirs(parts, id)));
    },
  }),
  changes({
    name: 'DELETE /api/v1/webhooks/{id}',
    says: 'Tells an address no more.',
    body: z.null(),
    gives: webhookSchema,
    isForOwnPage: false,
    async answer(parts, { id }) {
      const hook = await requireTheirs(parts, id);
      await removeWebhook(parts.store.tracker, hook);
      return presentWebhook(hook);
    },
  }),
];

export function presentWebhook(hook: Webhook): WireWebhook {
  const { number, url, label, events, lists, isInternal, by, createdMs, failures, nextMs, stopped, log } =
    hook;
  return {
    id: number,
    url,
    label,
    events: [...events],
    lists: lists && [...lists],
    isInternal,
    by,
    createdMs,
    failures,
    nextMs: nextMs === 0 ? null : nextMs,
    stopped,
    deliveries: log.map((one) => ({ ...one })),
  };
}

/** @throws NotFoundError also for what is another's */
async function requireTheirs({ store }: ServerParts, id: string): Promise<Webhook> {
  const hook = await requireWebhook(store.tracker, Number(id));
  return isTheirs(requireName(), hook) ? hook : requireWebhook(store.tracker, 0);
}

function isTheirs(asker: Asker, { account }: Webhook): boolean {
  return isRuler(asker) || (account !== null && account === asker.account?.number);
}

function requireName(): Asker {
  const asker = currentAsker() ?? nobody;
  if (asker.account || isRuler(asker)) return asker;
  throw forbidden('Webhooks are for those who have a name here');
}

function forbidden(what: string): PatchtrailError {
  return new PatchtrailError('forbidden', what, {
    remedy: 'Ask with a token (`patchtrail token add USER --scope write`).',
  });
}
