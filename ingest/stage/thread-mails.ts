/**
 * Thread mails: the mails of one thread as the review needs them, with their places in it.
 */
import type { Message } from '../model/message.ts';
import type { Posting } from '../model/posting.ts';
import type { MessageEntry, Store } from '../store/store.ts';
import type { MessageCache } from './message-cache.ts';

export interface ThreadMail {
  readonly messageId: string;
  readonly message: Message;
  readonly posting: Posting | null;
  readonly sortMs: number;
  /** Held or ghost; null for a root. */
  readonly parent: string | null;
  /** Held ancestors, nearest first. */
  readonly ancestors: readonly string[];
  readonly lines: readonly string[];
}

/** How far up quotes are followed: nobody quotes more generations. */
const ancestorsMost = 30;

/** The mails of a thread that `wanted` ones can need: themselves, their ancestors, all below them, and their senders'. */
export async function readThreadMails(
  store: Store,
  cache: MessageCache,
  thread: string,
  wanted: ReadonlySet<string>,
): Promise<Map<string, ThreadMail>> {
  const entries = new Map((await store.getThread(thread)).map((entry) => [entry.messageId, entry]));
  const chains = new Map(
    [...entries.values()].map((entry) => [entry.messageId, ancestorIds(entry, entries)]),
  );
  const senders = new Set([...wanted].flatMap((id) => entries.get(id)?.fromAddress ?? []));
  const needed = new Set<string>();
  for (const [messageId, chain] of chains) {
    if (wanted.has(messageId)) for (const id of [messageId, ...chain]) needed.add(id);
    else if (chain.some((id) => wanted.has(id)) || senders.has(entries.get(messageId)?.fromAddress ?? '')) {
      for (const id of [messageId, ...chain]) needed.add(id);
    }
  }
  const ids = [...needed];
  const messages = await cache.get(store, ids);
  const postings = await store.getPostings(ids);
  const mails = new Map<string, ThreadMail>();
  for (const { messageId, parent, sortMs } of entries.values()) {
    const message = messages.get(messageId);
    if (!message) continue;
    const posting = postings.get(messageId) ?? null;
    const lines = message.body.split('\n');
    mails.set(messageId, {
      messageId,
      message,
      posting,
      sortMs,
      parent,
      ancestors: chains.get(messageId) ?? [],
      lines,
    });
  }
  return mails;
}

/** Held ancestors by id, nearest first. Behind a mail that is not held, References tell who stood above it. */
function ancestorIds(entry: MessageEntry, entries: ReadonlyMap<string, MessageEntry>): string[] {
  const chain = new Set<string>();
  let named: readonly string[] = entry.references;
  for (let at = entry.parent; at !== null && chain.size < ancestorsMost; ) {
    const ancestor = entries.get(at);
    if (!ancestor || chain.has(at)) break;
    chain.add(at);
    if (ancestor.references.length > 0) named = ancestor.references;
    at = ancestor.parent;
  }
  for (const id of [...named].reverse()) {
    if (chain.size >= ancestorsMost) break;
    if (entries.has(id) && id !== entry.messageId) chain.add(id);
  }
  return [...chain];
}

/** Held ancestors of a mail, nearest first. */
export function ancestorsOf(mail: ThreadMail, mails: ReadonlyMap<string, ThreadMail>): ThreadMail[] {
  return mail.ancestors.flatMap((id) => mails.get(id) ?? []);
}
