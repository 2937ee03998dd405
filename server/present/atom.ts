/**
 * Atom: feeds of messages, series and searches (RFC 4287, threads by RFC 4685), as public-inbox writes them.
 *
 * The head says us-ascii and all other characters are written as numbers, so no reader can take the wrong charset.
 * Characters that XML does not know are left out: one of them makes readers refuse the whole feed.
 */
import { createHash } from 'node:crypto';
import type { PersonName } from '../wire.ts';

export interface FeedHead {
  readonly title: string;
  /** Absolute addresses of the page and of the feed itself. */
  readonly href: string;
  readonly selfHref: string;
}

export interface FeedEntry {
  /** What the entry's id is made of: a Message-ID, or a series with its state. */
  readonly key: string;
  readonly title: string;
  readonly author: PersonName;
  readonly updatedMs: number;
  readonly href: string;
  readonly text: string;
  readonly inReplyTo: { readonly id: string; readonly href: string } | null;
}

/** What the end of a feed is; alone it tells patch-hub that there are no more pages. */
export const feedEnd = '</feed>';

export function atomFeed(head: FeedHead, entries: readonly FeedEntry[]): string {
  const newestMs = entries.reduce((newest, entry) => Math.max(newest, entry.updatedMs), 0);
  return `<?xml version="1.0" encoding="us-ascii"?>
<feed
xmlns="http://www.w3.org/2005/Atom"
xmlns:thr="http://purl.org/syndication/thread/1.0"><title>${xml(head.title)}</title><link
rel="alternate"
type="text/html"
href="${xml(head.href)}"/><link
rel="self"
href="${xml(head.selfHref)}"/><id>${urn(head.selfHref)}</id><updated>${timeOf(newestMs)}</updated>${entries.map(entryOf).join('')}${feedEnd}`;
}

function entryOf(entry: FeedEntry): string {
  const { author, inReplyTo } = entry;
  const email = author.address === '' ? '' : `<email>${xml(author.address)}</email>`;
  const reply =
    inReplyTo === null ? '' : `<thr:in-reply-to\nref="${urn(inReplyTo.id)}"\nhref="${xml(inReplyTo.href)}"/>`;
  return `<entry><author><name>${xml(author.name || author.address || 'nobody')}</name>${email}</author><title>${xml(entry.title)}</title><updated>${timeOf(entry.updatedMs)}</updated><link
href="${xml(entry.href)}"/><id>${urn(entry.key)}</id>${reply}<content
type="xhtml"><div
xmlns="http://www.w3.org/1999/xhtml"><pre
style="white-space:pre-wrap">${xml(entry.text)}</pre></div></content></entry>`;
}

/** `urn:uuid:` of the first 32 hex digits of a SHA-1. */
function urn(key: string): string {
  const hex = createHash('sha1').update(key).digest('hex');
  const parts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ].map(([from, to]) => hex.slice(from, to));
  return `urn:uuid:${parts.join('-')}`;
}

function timeOf(ms: number): string {
  return new Date(Math.max(0, Math.min(ms, 253_402_300_799_000))).toISOString().replace(/\.\d+Z$/, 'Z');
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as XML in ASCII. */
function xml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not go out.
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f&<>"]|[^\u0000-\u007f]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 128) return marks[sign] ?? '';
    const isLone = code >= 0xd800 && code <= 0xdfff;
    return isLone || code === 0xfffe || code === 0xffff ? '' : `&#${code};`;
  });
}
