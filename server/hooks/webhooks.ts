/**
 * Webhooks, as records of the store; what anybody changes of them goes through here.
 */
import { randomBytes } from 'node:crypto';
import { NotFoundError, UsageError } from '../../ingest/model/errors.ts';
import { checkWrittenAddress } from '../../ingest/source/web-guard.ts';
import type { StoredRecord, Tracker } from '../../ingest/store/tracker.ts';
import { type HookEvent, hookEvents, type Webhook, webhookValue } from './webhook.ts';

const kind = 'webhook';
/** Each is asked about each event. */
const webhooksMost = 100;

export interface WebhookRequest {
  readonly url: string;
  readonly label: string;
  readonly events: readonly HookEvent[];
  readonly lists: readonly string[] | null;
  readonly isInternal: boolean;
  /** Number of the account whose rights hold; null for who rules the site. */
  readonly account: number | null;
  readonly by: string;
}

export async function listWebhooks(tracker: Tracker): Promise<Webhook[]> {
  return (await tracker.getRecords(kind)).map(webhookOf);
}

/** Tells what comes after event `sequence`. @throws UsageError for an address that cannot be one */
export async function addWebhook(
  tracker: Tracker,
  { url, events, lists, ...rest }: WebhookRequest,
  now: { readonly sequence: number; readonly atMs: number },
): Promise<Webhook> {
  const address = readAddress(url);
  if (!rest.isInternal) checkWrittenAddress(address);
  if ((await tracker.getRecords(kind)).length >= webhooksMost) {
    throw new UsageError('There are as many webhooks as there may be', {
      subject: String(webhooksMost),
      remedy: 'Remove one that nobody needs: patchtrail webhook',
    });
  }
  const value = webhookValue.parse({
    ...rest,
    secret: `pth_${randomBytes(32).toString('base64url')}`,
    events: events.length === 0 ? [...hookEvents] : events,
    lists,
    createdMs: now.atMs,
    sequence: now.sequence,
    failures: 0,
    nextMs: 0,
    stopped: '',
    log: [],
  });
  return webhookOf(await tracker.addRecord(kind, address.href, value));
}

/** @throws NotFoundError */
export async function requireWebhook(tracker: Tracker, number: number): Promise<Webhook> {
  const [record] = await tracker.getRecords(kind, { number });
  if (record) return webhookOf(record);
  throw new NotFoundError('There is no such webhook', {
    subject: String(number),
    remedy: 'Those that there are: patchtrail webhook, or GET /api/v1/webhooks.',
  });
}

/** Keeps what became of it; nothing where it was removed meanwhile. */
export async function putWebhook(tracker: Tracker, { number, url, ...value }: Webhook): Promise<void> {
  await tracker.setRecord(number, url, value);
}

/** Tells again from where it stopped. */
export async function resumeWebhook(tracker: Tracker, hook: Webhook): Promise<Webhook> {
  const resumed = { ...hook, stopped: '', failures: 0, nextMs: 0 };
  await putWebhook(tracker, resumed);
  return resumed;
}

export async function removeWebhook(tracker: Tracker, hook: Webhook): Promise<void> {
  await tracker.removeRecord(hook.number);
}

function readAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url && isWeb && url.username === '' && url.password === '') return url;
  throw new UsageError('A webhook needs a web address, without name and password', {
    remedy: 'Give one such as https://example.org/hooks/patchtrail.',
  });
}

function webhookOf({ number, name, value }: StoredRecord): Webhook {
  return { number, url: name, ...webhookValue.parse(value) };
}
