/**
 * Pages: every address of ../urls.ts answered by the shell with its first data, and by its twins.
 *
 * The page, its first data, `?as=json`, `?as=text`, `?as=atom` and `?as=csv` are one answer of the API in several clothes:
 * the app asks itself, so none of them can say something else or skip a check.
 */
import type { Context, Hono } from 'hono';
import { NotFoundError } from '../../ingest/model/errors.ts';
import { everyList } from '../archive-url.ts';
import { atomFeed, type FeedEntry } from '../present/atom.ts';
import { csvText } from '../present/csv.ts';
import { presentProblem } from '../present/problem.ts';
import { joinText } from '../present/text.ts';
import { askerIn } from '../rights/recognise.ts';
import { isOwnMachine } from '../security.ts';
import { archiveUrl, type Place, readUrl, twinUrl, urlOf } from '../urls.ts';
import type { Problem } from '../wire.ts';
import { beginPage, foresee } from './begun-page.ts';
import { readPreloads } from './page-preloads.ts';
import { firstRequest, fixedText } from './page-requests.ts';
import type { ServerParts } from './parts.ts';
import { type FirstData, fillShell, readShell, type Twins } from './shell.ts';

export function addPages(app: Hono, parts: ServerParts): void {
  const empty = readShell(parts.webRoot);
  const preloads = readPreloads(parts.webRoot);
  app.get('*', async (c, next) => {
    const url = new URL(c.req.url);
    const place = readUrl(`${url.pathname}${url.search}`);
    if (isApi(url.pathname) || place.page === 'missing') return next();
    const request = firstRequest(place);
    const form = c.req.query('as') ?? '';
    const shell = empty.replace('  </head>', () => `${preloads(place.page)}  </head>`);
    if (request === null) {
      const fixed = fixedText(place);
      if (fixed !== null && form === 'text') return asText(c, fixed);
      const own = fixed === null ? undefined : twinsOf(place, `${url.pathname}${url.search}`);
      return form === '' ? html(c, fillShell(shell, tokenFor(c, parts), null, own), 200) : next();
    }
    const ask = () => app.request(new URL(request.path, url), { headers: passedHeaders(c) });
    const fill = (first: FirstData | null) =>
      fillShell(shell, tokenFor(c, parts), first, twinsOf(place, `${url.pathname}${url.search}`));
    if (form === '') {
      const { isSure, series } = await foresee(parts.store, place);
      if (place.page === 'series' && series !== null && series !== place.id)
        return c.redirect(urlOf({ ...place, id: series }), 302);
      if (isSure) return beginPage(c, fill(null), async () => dataOf(request.path, await ask()));
    }
    const answer = await ask();
    if (form === 'json') return answer;
    const text = await answer.text();
    if (form === 'text')
      return answer.ok
        ? asText(c, request.text(JSON.parse(text), parts.nowMs()))
        : asProblem(c, text, answer.status);
    if (form === 'atom' && request.feed && answer.ok) {
      const origin = parts.publicUrl || url.origin;
      return asFeed(c, url, request.feed(JSON.parse(text), origin, parts.nowMs()), origin);
    }
    if (form === 'csv' && request.tables && answer.ok) {
      const name = c.req.query('table') ?? '';
      const table = Object.hasOwn(request.tables, name) ? request.tables[name] : undefined;
      return table ? asTable(c, csvText(table(JSON.parse(text)))) : next();
    }
    return answer.ok
      ? html(c, fill({ path: request.path, json: text }), 200)
      : html(c, fill(null), answer.status);
  });
}

/** Pages of a mail also lead to its thread as the archive shows it. */
function twinsOf(place: Place, href: string): Twins {
  const isMail = place.page === 'thread' || place.page === 'patch' || place.page === 'series';
  return { text: twinUrl(href, 'text'), archive: isMail ? archiveUrl(everyList, place.id, 'T/') : '' };
}

function tokenFor(c: Context, { access }: ServerParts): string {
  const { csrf } = askerIn(c);
  if (csrf !== undefined) return csrf;
  return isOwnMachine(c, access) ? access.sessionToken : '';
}

/** What nobody answered: a problem for programs, the shell for people. */
export function answerMissing(c: Context, parts: ServerParts): Response {
  const { pathname } = new URL(c.req.url);
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (isRead && !isApi(pathname) && c.req.query('as') === undefined) {
    return html(c, fillShell(readShell(parts.webRoot), tokenFor(c, parts), null), 404);
  }
  const problem = presentProblem(
    new NotFoundError('Nothing is at this address', { remedy: 'See /openapi.json for what there is.' }),
  );
  c.header('Content-Type', 'application/problem+json; charset=utf-8');
  return c.body(JSON.stringify(problem), 404);
}

function isApi(pathname: string): boolean {
  return pathname === '/api' || pathname.startsWith('/api/') || pathname === '/openapi.json';
}

/** A twin may be asked for again with the tag that it had. */
function passedHeaders(c: Context): Record<string, string> {
  const tag = c.req.header('if-none-match');
  return tag === undefined || c.req.query('as') !== 'json' ? {} : { 'if-none-match': tag };
}

/** Null for an answer that failed. */
async function dataOf(path: string, answer: Response): Promise<FirstData | null> {
  return answer.ok ? { path, json: await answer.text() } : null;
}

function asFeed(c: Context, url: URL, entries: readonly FeedEntry[], origin: string): Response {
  const own = `${origin}${url.pathname}`;
  const query = new URLSearchParams(url.search);
  query.delete('as');
  const page = query.size === 0 ? own : `${own}?${query}`;
  c.header('Content-Type', 'application/atom+xml; charset=utf-8');
  c.header('Cache-Control', 'private, no-cache');
  const name = decodeURIComponent(url.pathname.slice(1)) || 'queue';
  return c.body(
    atomFeed({ title: `Patchtrail: ${name}`, href: page, selfHref: `${own}${url.search}` }, entries),
  );
}

function asTable(c: Context, text: string): Response {
  c.header('Content-Type', 'text/csv; charset=utf-8; header=present');
  c.header('Content-Disposition', 'attachment; filename="statistics.csv"');
  c.header('Cache-Control', 'private, no-cache');
  return c.body(text);
}

function asText(c: Context, text: string, status = 200): Response {
  c.header('Content-Type', 'text/plain; charset=utf-8');
  c.header('Cache-Control', 'private, no-cache');
  return c.body(text, status as 200);
}

function asProblem(c: Context, json: string, status: number): Response {
  const { detail, remedy }: Problem = JSON.parse(json);
  return asText(c, joinText([detail, remedy]), status);
}

/** The token and the data are for this reader at this time. */
function html(c: Context, text: string, status: number): Response {
  c.header('Content-Type', 'text/html; charset=utf-8');
  c.header('Cache-Control', 'no-store');
  return c.body(text, status as 200);
}
