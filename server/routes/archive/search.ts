/**
 * Search of the archive: results as a page, as a feed, or as an mbox with whole threads where that is asked for.
 */
import type { Context } from 'hono';
import { QueryError } from '../../../ingest/model/errors.ts';
import type { Query } from '../../../ingest/model/query.ts';
import { parseQuery } from '../../../ingest/search/query.ts';
import type { MessageEntry } from '../../../ingest/store/store.ts';
import { escapeHtml } from '../../present/archive/html.ts';
import { resultsHtml, topicsHtml } from '../../present/archive/lists.ts';
import { subjectFileName } from '../../present/archive/mboxrd.ts';
import { feedEnd } from '../../present/atom.ts';
import { decode, queryText } from '../../url-text.ts';
import { atomAnswer, gzipStream, htmlAnswer, sentenceAnswer, textAnswer } from './answers.ts';
import { messageFeed } from './feeds.ts';
import { mboxPieces } from './mail.ts';
import { onShelf, type Shelf, searchShelf, threadOnShelf, walkShelf } from './shelf.ts';
import { topicsOf } from './topics.ts';

/** What public-inbox gives at once; clients count on it. */
const rowsMost = 200;
/** Beyond it a count says "more than". */
const countMost = 10_000;

/** `?q=`, as a page or with `x=A` as a feed. */
export async function answerSearch(c: Context, shelf: Shelf, asked: URLSearchParams): Promise<Response> {
  const text = asked.get('q') ?? '';
  const frame = { title: `${text} - search`, feed: '', listHref: './', query: text };
  const asking = await understand(shelf, text);
  if (asking instanceof QueryError) {
    return sentenceAnswer(c, frame, `${asking.message}\n\n${pointAt(text, asking)}`, 400);
  }
  const { query, count } = asking;
  const limit = numberOf(asked.get('l'), rowsMost, 1, rowsMost);
  const given = numberOf(asked.get('o'), 0, -countMost, Number.MAX_SAFE_INTEGER);
  const offset = given < 0 ? Math.max(0, count + given + 1 - limit) : given;
  const { entries, hasMore } = await searchShelf(shelf, query, offset, limit);
  const shown = given < 0 ? entries.reverse() : entries;
  if (asked.get('x') === 'A') {
    if (entries.length === 0 && count > 0) return atomAnswer(c, feedEnd);
    const href = `${shelf.base}${queryText({ q: text })}`;
    if (entries.length > 0) return messageFeed(c, shelf, { title: frame.title, href, entries: shown });
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
<p>Results ${offset + 1}-${offset + entries.length} of ${number} ${links.join(' / ')}</p>
<form action="${escapeHtml(queryText({ q: text, x: 'm' }))}" method="post"><label>mbox.gz of <select name="x"><option value="m">whole threads</option><option value="0">results only</option></select></label> <button>download</button></form>
${asked.get('x') === 't' ? topicsHtml(topicsOf(shown)) : resultsHtml(shown, offset)}`,
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
  const asking = await understand(shelf, text);
  if (asking instanceof QueryError) return textAnswer(c, `${asking.message}\n`, 400);
  let { query } = asking;
  const within: Query[] = thread === null ? [] : [{ op: 'value', field: 'thread', value: thread }];
  if (within.length > 0) query = { op: 'and', items: [query, ...within] };
  const batches = walkShelf(shelf, query);
  const first = await batches.next();
  if (first.done || first.value.length === 0) return textAnswer(c, 'No results found\n', 404);
  const filename = `results-${hasThreads ? 'thread-' : ''}${subjectFileName(text)}`;
  const hits = goOn(first.value, batches);
  return gzipStream(c, filename, mboxPieces(shelf, hasThreads ? wholeThreads(shelf, hits) : hits));
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

/** The query and its number of hits, or what is wrong with it. One with `%` that finds nothing was escaped twice. */
async function understand(
  shelf: Shelf,
  text: string,
): Promise<{ readonly query: Query; readonly count: number } | QueryError> {
  const query = readQuery(text, shelf.parts.nowMs());
  if (query instanceof QueryError) return query;
  const count = await shelf.parts.store.countSearch(onShelf(shelf, query), countMost);
  const plain = count === 0 && text.includes('%') ? decode(text) : undefined;
  return plain === undefined || plain === text ? { query, count } : understand(shelf, plain);
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
