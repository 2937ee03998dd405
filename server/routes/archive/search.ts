/**
 * Search of the archive: results as a page, as a feed, or as an mbox with whole threads where that is asked for.
 */
import type { Context } from 'hono';
import { QueryError } from '../../../ingest/model/errors.ts';
import type { Query } from '../../../ingest/model/query.ts';
import { parseQuery } from '../../../ingest/search/query.ts';
import type { MessageEntry, SearchHit } from '../../../ingest/store/store.ts';
import { escapeHtml } from '../../present/archive/html.ts';
import { resultsHtml, topicsHtml } from '../../present/archive/lists.ts';
import { subjectFileName } from '../../present/archive/mboxrd.ts';
import { feedEnd } from '../../present/atom.ts';
import { decode, queryText } from '../../url-text.ts';
import { atomAnswer, gzipStream, htmlAnswer, sentenceAnswer, textAnswer } from './answers.ts';
import { messageFeed } from './feeds.ts';
import { mboxPieces } from './mail.ts';
import { entriesOf, onShelf, type Shelf, searchShelf, threadOnShelf, walkShelf } from './shelf.ts';
import { topicsOf } from './topics.ts';

/** What public-inbox gives at once; clients count on it. */
const rowsMost = 200;
/** Beyond it a count says "more than". */
const countMost = 10_000;

/** `?q=`, as a page or with `x=A` as a feed. */
export async function answerSearch(c: Context, shelf: Shelf, asked: URLSearchParams): Promise<Response> {
  const text = asked.get('q') ?? '';
  const frame = { title: `${text} - search`, feed: '', listHref: './', query: text };
  const limit = numberOf(asked.get('l'), rowsMost, 1, rowsMost);
  const start = numberOf(asked.get('o'), 0, -countMost, Number.MAX_SAFE_INTEGER);
  const found = await firstReading(
    text,
    shelf.parts.nowMs(),
    (query) => findHits(shelf, query, start, limit),
    ({ count }) => count > 0,
  );
  if (found instanceof QueryError) {
    return sentenceAnswer(c, frame, `${found.message}\n\n${pointAt(text, found)}`, 400);
  }
  const { hits, hasMore, offset, count } = found;
  if (asked.get('x') === 'A') {
    if (hits.length === 0 && count > 0) return atomAnswer(c, feedEnd);
    const href = `${shelf.base}${queryText({ q: text })}`;
    const entries = await entriesOf(shelf, hits);
    if (entries.length > 0) return messageFeed(c, shelf, { title: frame.title, href, entries });
  }
  if (count === 0) return sentenceAnswer(c, frame, '[No results found]', 404);
  const number = count >= countMost ? `more than ${countMost}` : String(count);
  const link = (at: number, word: string) =>
    `<a href="${escapeHtml(queryText({ q: text, o: String(at), x: asked.get('x') ?? '' }))}">${word}</a>`;
  const links = [
    ...(offset > 0 ? [link(Math.max(0, offset - limit), 'newer')] : []),
    ...(hasMore ? [link(offset + limit, 'older')] : []),
  ];
  const feed = queryText({ q: text, x: 'A' });
  return htmlAnswer(
    c,
    { ...frame, feed },
    `<h1>Search: ${escapeHtml(text)}</h1>
<p>Results ${offset + 1}-${offset + hits.length} of ${number} ${links.join(' / ')}</p>
<form action="${escapeHtml(queryText({ q: text, x: 'm' }))}" method="post"><label>mbox.gz of <select name="x"><option value="m">whole threads</option><option value="0">results only</option></select></label> <button>download</button></form>
${asked.get('x') === 't' ? topicsHtml(topicsOf(await entriesOf(shelf, hits))) : resultsHtml(hits, offset)}`,
  );
}

/** POST with `x=m`; `thread`: only of the thread of this message. */
export async function answerMbox(
  c: Context,
  shelf: Shelf,
  asked: URLSearchParams,
  hasThreads: boolean,
  thread: string | null,
): Promise<Response> {
  const text = asked.get('q') ?? '';
  const within: Query[] = thread === null ? [] : [{ op: 'value', field: 'thread', value: thread }];
  const found = await firstReading(
    text,
    shelf.parts.nowMs(),
    async (query) => {
      const batches = walkShelf(shelf, { op: 'and', items: [query, ...within] });
      const first = await batches.next();
      return first.done || first.value.length === 0 ? null : goOn(first.value, batches);
    },
    (hits) => hits !== null,
  );
  if (found instanceof QueryError) return textAnswer(c, `${found.message}\n`, 400);
  if (found === null) return textAnswer(c, 'No results found\n', 404);
  const filename = `results-${hasThreads ? 'thread-' : ''}${subjectFileName(text)}`;
  return gzipStream(c, filename, mboxPieces(shelf, hasThreads ? wholeThreads(shelf, found) : found));
}

async function* goOn(first: MessageEntry[], rest: AsyncGenerator<MessageEntry[]>) {
  yield first;
  yield* rest;
}

/** Each thread once, where its newest hit stands. */
async function* wholeThreads(shelf: Shelf, hits: AsyncIterable<readonly MessageEntry[]>) {
  const seen = new Set<string>();
  for await (const entries of hits) {
    for (const entry of entries) {
      if (seen.has(entry.thread)) continue;
      seen.add(entry.thread);
      yield await threadOnShelf(shelf, entry);
    }
  }
}

interface FoundHits {
  readonly hits: readonly SearchHit[];
  readonly hasMore: boolean;
  /** The place of the first of them among all. */
  readonly offset: number;
  /** Of all; `countMost` where there are as many or more. */
  readonly count: number;
}

/** Hits from `start` on, newest first; a negative start counts from the oldest, which then comes first. */
async function findHits(shelf: Shelf, query: Query, start: number, limit: number): Promise<FoundHits> {
  const countAll = () => shelf.parts.store.countSearch(onShelf(shelf, query), countMost);
  if (start < 0) {
    const count = await countAll();
    const offset = Math.max(0, count + start + 1 - limit);
    const { hits, hasMore } = await searchShelf(shelf, query, offset, limit);
    return { hits: hits.reverse(), hasMore, offset, count };
  }
  const { hits, hasMore } = await searchShelf(shelf, query, start, limit);
  // What fits on one page is counted by it.
  const count = start === 0 && !hasMore ? hits.length : await countAll();
  return { hits, hasMore, offset: start, count };
}

/** What the first reading of a text gives that finds anything: a text with `%` may have been escaped twice. */
async function firstReading<T>(
  text: string,
  nowMs: number,
  ask: (query: Query) => Promise<T>,
  isGood: (found: T) => boolean,
): Promise<T | QueryError> {
  const query = readQuery(text, nowMs);
  if (query instanceof QueryError) return query;
  const found = await ask(query);
  const plain = !isGood(found) && text.includes('%') ? decode(text) : undefined;
  return plain === undefined || plain === text ? found : firstReading(plain, nowMs, ask, isGood);
}

function readQuery(text: string, nowMs: number): Query | QueryError {
  try {
    return parseQuery(text, nowMs);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
}

/** The query with a mark below what is wrong. */
function pointAt(text: string, { start, end }: QueryError): string {
  const line = text.replace(/\s/g, ' ');
  return `${line}\n${' '.repeat(Math.min(start, line.length))}${'^'.repeat(Math.max(1, Math.min(end, line.length) - start))}`;
}

function numberOf(text: string | null, usual: number, least: number, most: number): number {
  const number = Number(text ?? '');
  return text === null || !/^-?\d{1,9}$/.test(text) ? usual : Math.max(least, Math.min(number, most));
}
