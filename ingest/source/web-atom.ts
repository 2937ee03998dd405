/**
 * Web atom: the newest mails of a public-inbox on the web, by its `new.atom`, for archives without git.
 *
 * In: the feed's address. Out: the mails it names, oldest first, each fetched as it came (`raw`). A feed has only
 * the newest 25: older pages are asked for until one names a mail that was there at the last look, and the first
 * look takes one page. Cursor: the ids of the newest mails. Only ids are taken from a feed, never its links.
 */
import { createHash } from 'node:crypto';
import { limits } from '../model/limits.ts';
import { unescapeFromLines } from './mbox-split.ts';
import type { Cursor, Source, SourceEvent } from './source.ts';
import type { WebOptions } from './web.ts';
import { fetchWhole, type WebAsking } from './web-fetch.ts';

interface FeedCursor {
  /** Short hashes of the mails that were there at the last look. */
  readonly seen: readonly string[];
}

interface FeedEntry {
  readonly messageId: string;
  /** As the feed writes it; pages are asked for by it. */
  readonly updated: string;
}

/** Pages looked back at most: a thousand mails between two looks. */
const mostPages = 40;
const seenKept = 200;
const feedBytes = 16 * 1024 * 1024;

export function openWebAtom(feed: URL, list: string, options: WebOptions): Source {
  return {
    kind: 'web',
    location: feed.href,
    list,
    read: (cursor, signal) => readFeed(feed, list, cursor, { ...options, signal }),
  };
}

async function* readFeed(
  feed: URL,
  list: string,
  cursor: Cursor | null,
  asking: WebAsking,
): AsyncGenerator<SourceEvent> {
  const { seen }: FeedCursor = cursor === null ? { seen: [] } : JSON.parse(cursor);
  const known = new Set(seen);
  const entries = await findNew(feed, cursor === null ? null : known, asking);
  const total = entries.length;
  let kept = [...seen];
  for (const [done, { messageId }] of entries.entries()) {
    if (asking.signal?.aborted) return;
    yield { type: 'progress', done, total, unit: 'mails' };
    const url = new URL(`${encodeURIComponent(messageId)}/raw`, feed);
    const file = await fetchWhole(url, limits.mailBytes, asking);
    kept = [...kept, shortHash(messageId)].slice(-seenKept);
    const place = messageId;
    if (file) {
      const made: FeedCursor = { seen: kept };
      const mail = { raw: toMail(file), list, place };
      yield { type: 'mail', mail, cursor: JSON.stringify(made) };
    } else yield { type: 'trouble', place, code: 'not-there', detail: 'the feed names it' };
  }
  yield { type: 'progress', done: total, total, unit: 'mails' };
}

/** Entries that are not known, oldest first; only the first page where nothing is. */
async function findNew(
  feed: URL,
  known: ReadonlySet<string> | null,
  asking: WebAsking,
): Promise<FeedEntry[]> {
  const found = new Map<string, FeedEntry>();
  let page = feed;
  for (let count = 0; count < mostPages; count++) {
    const bytes = await fetchWhole(page, feedBytes, asking);
    const entries = readEntries(bytes?.toString('latin1') ?? '', feed);
    const news = entries.filter(({ messageId }) => !known?.has(shortHash(messageId)));
    const before = found.size;
    for (const entry of news) found.set(entry.messageId, entry);
    const isOver = news.length < entries.length || found.size === before || known === null;
    const oldest = entries.at(-1)?.updated.replace(/\D/g, '') ?? '';
    if (isOver || oldest.length !== 14) break;
    page = new URL(`?t=${oldest}`, feed);
  }
  return [...found.values()].reverse();
}

/** The ids that a feed's entries name, in its order. */
export function readEntries(feed: string, base: URL): FeedEntry[] {
  const entries: FeedEntry[] = [];
  const folder = new URL('.', base).pathname;
  for (const part of feed.split('<entry>').slice(1)) {
    const head = part.slice(0, limits.patternLine * 4);
    const href = between(between(head, '<link', '/>'), 'href="', '"');
    const updated = between(head, '<updated>', '</updated>');
    const url = URL.canParse(undoEntities(href), base) ? new URL(undoEntities(href), base) : undefined;
    if (!url?.pathname.startsWith(folder)) continue;
    const messageId = decode(url.pathname.slice(folder.length).replace(/\/$/, ''));
    if (messageId !== '' && messageId.length <= limits.messageIdBytes) entries.push({ messageId, updated });
  }
  return entries;
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = from < 0 ? -1 : text.indexOf(end, from + start.length);
  return to < 0 ? '' : text.slice(from + start.length, to);
}

function undoEntities(text: string): string {
  return text
    .replace(/&#(\d{1,7});/g, (_, code) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A lone `%`: no address that public-inbox writes.
    return '';
  }
}

/** `raw` is an mbox of one entry. */
function toMail(file: Buffer): Buffer {
  const lineEnd = file.indexOf(0x0a);
  const isMbox = file.toString('latin1', 0, 5) === 'From ' && lineEnd >= 0;
  const bytes = isMbox ? file.subarray(lineEnd + 1) : file;
  const end = isMbox && bytes.subarray(-2).toString('latin1') === '\n\n' ? -1 : bytes.length;
  return unescapeFromLines(bytes.subarray(0, end));
}

function shortHash(messageId: string): string {
  return createHash('sha1').update(messageId).digest('base64').slice(0, 12);
}
