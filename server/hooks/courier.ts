/**
 * Courier: tells webhooks what changed, while a server runs.
 *
 * How far each hook was told, and when it is tried again, stands in the store before and after each try: a server that
 * starts again goes on from there. A hook is told at least once, in order, several events at once; what its maker may not
 * read it is not told. Addresses of the own network are refused after the name was looked up, unless it is an internal one.
 */
import { randomUUID } from 'node:crypto';
import { Agent, fetch } from 'undici';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import { checkWrittenAddress, lookupPublic } from '../../ingest/source/web-guard.ts';
import type { ChangeEvent } from '../../ingest/store/store.ts';
import { findAccount } from '../rights/accounts.ts';
import { type Asker, ownerAsker } from '../rights/asker.ts';
import { runAs } from '../rights/current.ts';
import type { ServerParts } from '../routes/parts.ts';
import { afterDelivery, type Delivery, type HookEvent, signatureOf, type Webhook } from './webhook.ts';
import { listWebhooks, putWebhook } from './webhooks.ts';

export interface CourierTimes {
  readonly pollMs: number;
  readonly patienceMs: number;
}

export const usualTimes: CourierTimes = { pollMs: 1000, patienceMs: 10_000 };

/** Events told at once. */
const batch = 100;

export class Courier {
  readonly #parts: ServerParts;
  readonly #patienceMs: number;
  readonly #outside: Agent;
  readonly #inside: Agent;
  readonly #timer: NodeJS.Timeout;
  readonly #ending = new AbortController();
  #running: Promise<void> = Promise.resolve();

  /** `parts` are those of routes: what they show depends on who asks. */
  constructor(parts: ServerParts, { pollMs, patienceMs }: CourierTimes = usualTimes) {
    this.#parts = parts;
    this.#patienceMs = patienceMs;
    const timeouts = { connectTimeout: patienceMs, headersTimeout: patienceMs, bodyTimeout: patienceMs };
    this.#outside = new Agent({ ...timeouts, connect: { lookup: lookupPublic } });
    this.#inside = new Agent(timeouts);
    let isBusy = false;
    this.#timer = setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      this.#running = this.deliver().finally(() => {
        isBusy = false;
      });
    }, pollMs);
    this.#timer.unref();
  }

  /** Tells each hook that is due what it was not told yet. */
  async deliver(): Promise<void> {
    try {
      const nowMs = this.#parts.nowMs();
      const hooks = await listWebhooks(this.#parts.store.tracker);
      const due = hooks.filter(({ stopped, nextMs }) => stopped === '' && nextMs <= nowMs);
      await Promise.all(due.map((hook) => this.#tell(hook)));
    } catch (error) {
      // The store is busy or closing: the next turn tries again, and nothing was marked as told.
      if (!this.#ending.signal.aborted) this.#parts.log.info({ error }, 'webhooks wait');
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#ending.abort();
    await this.#running;
    await Promise.all([this.#outside.destroy(), this.#inside.destroy()]);
  }

  async #tell(hook: Webhook): Promise<void> {
    const { store } = this.#parts;
    const asker = await this.#askerOf(hook);
    if (!asker) return putWebhook(store.tracker, { ...hook, stopped: 'its user is gone' });
    const events = await runAs(asker, () => store.getEvents(hook.sequence, batch));
    const newest = events.at(-1);
    if (!newest) return;
    const told = await runAs(asker, () => this.#wanted(hook, events));
    if (told.length === 0) return putWebhook(store.tracker, { ...hook, sequence: newest.sequence });
    const made = await this.#send(hook, told, newest.sequence);
    if (this.#ending.signal.aborted) return;
    await putWebhook(store.tracker, { ...hook, ...afterDelivery(hook, made) });
    if (made.error !== '')
      this.#parts.log.info({ url: new URL(hook.url).host, error: made.error }, 'webhook failed');
  }

  async #askerOf({ account, by }: Webhook): Promise<Asker | undefined> {
    if (account === null) return ownerAsker(by);
    const found = await findAccount(this.#parts.store.tracker, { number: account });
    return found && { kind: 'token', name: found.name, account: found, scopes: [], lists: null };
  }

  async #wanted({ events: kinds, lists }: Webhook, events: readonly ChangeEvent[]): Promise<ChangeEvent[]> {
    const ofKind = events.filter(({ kind }) => kinds.includes(kind as HookEvent));
    if (lists === null) return ofKind;
    const { store } = this.#parts;
    const subjects = ofKind.map(({ subject }) => subject);
    const [entries, series, sources] = [
      await store.getEntries(subjects),
      await store.getSeries(subjects),
      new Map((await store.getSources()).map(({ location, list }) => [location, [list]])),
    ];
    const listsOf = ({ kind, subject }: ChangeEvent): readonly string[] =>
      (kind === 'message'
        ? entries.get(subject)?.lists
        : kind === 'series'
          ? series.get(subject)?.lists
          : undefined) ??
      sources.get(subject) ??
      [];
    return ofKind.filter((event) => listsOf(event).some((list) => lists.includes(list)));
  }

  async #send(hook: Webhook, events: readonly ChangeEvent[], sequence: number): Promise<Delivery> {
    const id = randomUUID();
    const atMs = this.#parts.nowMs();
    const body = JSON.stringify({ delivery: id, webhook: hook.number, atMs, events });
    const made = { id, atMs, sequence, events: events.length, attempt: hook.failures + 1 };
    try {
      const url = new URL(hook.url);
      if (!hook.isInternal) checkWrittenAddress(url);
      const answer = await fetch(url, {
        method: 'POST',
        body,
        dispatcher: hook.isInternal ? this.#inside : this.#outside,
        // What it leads to was not named by anybody here.
        redirect: 'manual',
        signal: AbortSignal.any([this.#ending.signal, AbortSignal.timeout(this.#patienceMs)]),
        headers: {
          'content-type': 'application/json',
          'user-agent': 'patchtrail',
          'x-patchtrail-delivery': id,
          'x-hub-signature-256': signatureOf(hook.secret, body),
        },
      });
      await answer.body?.cancel();
      return { ...made, status: answer.status, error: answer.ok ? '' : `it answered ${answer.status}` };
    } catch (cause) {
      return { ...made, status: null, error: whyNot(cause) };
    }
  }
}

function whyNot(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (inner instanceof PatchtrailError) return inner.what;
  if (inner instanceof Error)
    return inner.name === 'TimeoutError' ? 'it did not answer in time' : inner.message;
  return String(inner);
}
