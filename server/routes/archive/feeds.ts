/**
 * Feeds of messages: a list's newest, a thread, the hits of a search.
 */
import type { Context } from 'hono';
import type { MessageEntry } from '../../../ingest/store/store.ts';
import { atomFeed, type FeedEntry } from '../../present/atom.ts';
import { personName } from '../../present/person-name.ts';
import { escapeId } from '../../urls.ts';
import { atomAnswer } from './answers.ts';
import type { Shelf } from './shelf.ts';

/** Text of one entry: a feed is for finding out, the page for reading on. */
const textMost = 20_000;

export async function messageFeed(
  c: Context,
  shelf: Shelf,
  feed: { readonly title: string; readonly href: string; readonly entries: readonly MessageEntry[] },
): Promise<Response> {
  const entries = await messageEntries(shelf, feed.entries);
  return atomAnswer(c, atomFeed({ title: feed.title, href: feed.href, selfHref: c.req.url }, entries));
}

async function messageEntries(shelf: Shelf, entries: readonly MessageEntry[]): Promise<FeedEntry[]> {
  const messages = await shelf.parts.mails.read(entries.map(({ messageId }) => messageId));
  const hrefOf = (id: string) => `${shelf.base}${escapeId(id)}/`;
  return entries.map((entry) => ({
    key: entry.messageId,
    title: entry.subject || '(no subject)',
    author: personName(entry.fromName, entry.fromAddress),
    updatedMs: entry.sortMs,
    href: hrefOf(entry.messageId),
    text: messages.get(entry.messageId)?.body.slice(0, textMost) ?? '',
    inReplyTo: entry.parent === null ? null : { id: entry.parent, href: hrefOf(entry.parent) },
  }));
}
