/**
 * Webhooks: `webhook`. Addresses of other programs that a server tells what changes.
 */
import { Option } from 'commander';
import { UsageError } from '../../../ingest/model/errors.ts';
import type { Store } from '../../../ingest/store/store.ts';
import { type HookEvent, hookEvents, type Webhook } from '../../hooks/webhook.ts';
import {
  addWebhook,
  listWebhooks,
  removeWebhook,
  requireWebhook,
  resumeWebhook,
} from '../../hooks/webhooks.ts';
import { newestSequence } from '../../routes/live-feed.ts';
import { exitStatus } from '../exit-status.ts';
import type { Session } from '../session.ts';
import type { CommandSpec, Typed } from './command-spec.ts';

export const webhookCommands: readonly CommandSpec[] = [
  {
    name: 'webhook',
    arguments: [
      ['[action]', '`add URL`, `remove NUMBER`, `resume NUMBER`, `log NUMBER`; without it they are listed'],
      ['[subject]', 'an address for `add`, else the number of a webhook'],
    ],
    options: [
      new Option('--event <kind...>', 'kinds of changes to tell (default: all)')
        .choices(hookEvents)
        .default([]),
      new Option('--list <name...>', 'only what is on these lists'),
      new Option('--internal', 'it may be an address of your own network'),
      new Option('--label <text>', 'what it is for, for the listing').default(''),
    ],
    help: 'List the addresses that a server tells what changes, add one or remove one',
    more: [
      'patchtrail webhook add https://ci.example.org/patchtrail --list linux-api --event series',
      '',
      'Its secret is printed once: X-Hub-Signature-256 of each delivery is the HMAC-SHA256 of the body with it.',
    ].join('\n'),
    run: runWebhook,
  },
];

type Action = (session: Session, store: Store, subject: string, typed: Typed) => Promise<number>;

const actions: Readonly<Record<string, Action>> = { add, remove, resume, log: writeLog };

async function runWebhook(session: Session, typed: Typed): Promise<number> {
  const [action, subject] = typed.words;
  if (action === undefined) return session.withStore('read', (store) => writeWebhooks(session, store));
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!run || subject === undefined) {
    throw new UsageError('There is no such action', {
      remedy: 'Give `add URL`, or `remove`, `resume` or `log` with a NUMBER.',
    });
  }
  return session.withStore('write', (store) => run(session, store, subject, typed));
}

async function add(session: Session, store: Store, url: string, typed: Typed): Promise<number> {
  const { event, list, internal, label } = typed.options as {
    event: HookEvent[];
    list?: string[];
    internal?: boolean;
    label: string;
  };
  const nowMs = session.terminal.nowMs();
  const hook = await addWebhook(
    store.tracker,
    {
      url,
      label,
      events: event,
      lists: list ?? null,
      isInternal: internal ?? false,
      account: null,
      by: who(session),
    },
    { sequence: await newestSequence(store), atMs: nowMs },
  );
  await note(session, store, 'patchtrail webhook add', hook);
  if (session.isJson) await session.writeJson(hook);
  else {
    await session.writeLines([hook.secret]);
    session.note(`webhook ${hook.number}; this is the only time that its secret is shown`);
  }
  return exitStatus.done;
}

async function remove(session: Session, store: Store, number: string): Promise<number> {
  const hook = await requireWebhook(store.tracker, Number(number));
  await removeWebhook(store.tracker, hook);
  await note(session, store, 'patchtrail webhook remove', hook);
  session.note(`webhook ${number} is removed`);
  return exitStatus.done;
}

async function resume(session: Session, store: Store, number: string): Promise<number> {
  const hook = await requireWebhook(store.tracker, Number(number));
  await resumeWebhook(store.tracker, hook);
  await note(session, store, 'patchtrail webhook resume', hook);
  session.note(`webhook ${number} is told again`);
  return exitStatus.done;
}

async function writeLog(session: Session, store: Store, number: string): Promise<number> {
  const { log } = await requireWebhook(store.tracker, Number(number));
  if (session.isJson) await session.writeJson(log);
  else {
    await session.writeLines(
      log.map(({ atMs, events, attempt, status, error }) => {
        const outcome = error === '' ? `taken (${status})` : `failed: ${error}`;
        return `${new Date(atMs).toISOString()} ${events} ${events === 1 ? 'event' : 'events'}, try ${attempt}: ${outcome}`;
      }),
    );
  }
  return exitStatus.done;
}

async function writeWebhooks(session: Session, store: Store): Promise<number> {
  const hooks = await listWebhooks(store.tracker);
  if (session.isJson) await session.writeJson(hooks.map(withoutSecret));
  else {
    await session.writeLines(
      hooks.map(({ number, url, events, lists, stopped, failures, label }) => {
        const state =
          stopped !== '' ? `stopped: ${stopped}` : failures > 0 ? `failed ${failures} times` : 'told';
        return [number, url, events.join('+'), lists?.join(',') ?? 'all', state, label].join(' ').trim();
      }),
    );
  }
  return exitStatus.done;
}

function withoutSecret({ secret: _, ...rest }: Webhook) {
  return rest;
}

async function note(session: Session, store: Store, action: string, { number, url }: Webhook): Promise<void> {
  const atMs = session.terminal.nowMs();
  await store.tracker.addAudit({ atMs, by: who(session), action, subject: String(number), detail: { url } });
}

function who(session: Session): string {
  return session.config.me || session.terminal.env.USER || 'someone';
}
