/**
 * Archive: addresses in the tongue of public-inbox, for people without scripts and for b4, lei, curl and feed readers.
 *
 * Their form is ../../archive-url.ts; unlike there, mail is held in the store and not in git, so addresses of git answer
 * that nothing is there. These routes come after all others, since a list may be named like anything.
 */
import { gzipSync } from 'node:zlib';
import type { Context, Hono, Next } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type ArchivePlace, everyList, readArchiveUrl } from '../../archive-url.ts';
import { archiveStyle, escapeHtml } from '../../present/archive/html.ts';
import { archiveText } from '../../present/archive/texts.ts';
import { archiveUrl } from '../../urls.ts';
import type { ServerParts } from '../parts.ts';
import { gzipStream, htmlAnswer, movedAnswer, notFoundAnswer, textAnswer } from './answers.ts';
import { messageFeed } from './feeds.ts';
import { answerMail, mboxPieces } from './mail.ts';
import { answerRoot, isRootAddress } from './root.ts';
import { answerMbox, answerSearch } from './search.ts';
import { findOnShelf, newestOnShelf, type Shelf, shelfOf, walkShelf } from './shelf.ts';
import { answerNewest, answerTopics, readTime } from './topics.ts';

/** A form sends `x=m` and perhaps a button. */
const bodyBytes = 16 * 1024;
const feedMails = 25;
/** Kinds of readers whose lists are remembered. */
const kindsMost = 50;

export function addArchive(app: Hono, parts: ServerParts): void {
  const lists = new ListNames(parts);
  const answer = async (c: Context, next: Next) => {
    const url = new URL(c.req.url);
    const asked = readAsked(url.search);
    if (isRootAddress(url.pathname, asked)) return answerRoot(c, parts, asked);
    const names = await lists.read();
    const place = readArchiveUrl(url.pathname, (name) => names.has(name));
    if (place === undefined) return next();
    return (await answerPlace(c, parts, place, asked)) ?? next();
  };
  app.get('/archive.css', (c) => {
    c.header('Content-Type', 'text/css; charset=utf-8');
    c.header('Cache-Control', 'public, max-age=3600');
    return c.body(archiveStyle);
  });
  app.get('/manifest.js.gz', manifest);
  app.get('*', answer);
  app.post('*', bodyLimit({ maxSize: bodyBytes }), answer);
}

/** Undefined where nothing of the archive is there and somebody else may know more. */
async function answerPlace(
  c: Context,
  parts: ServerParts,
  place: ArchivePlace,
  asked: URLSearchParams,
): Promise<Response | undefined> {
  const origin = parts.publicUrl || new URL(c.req.url).origin;
  switch (place.kind) {
    case 'moved':
      return movedAnswer(c, `${origin}${place.to}`, 301);
    case 'none':
      return notFoundAnswer(c);
    case 'anywhere': {
      const entry = await findOnShelf(shelfOf(parts, everyList, origin), place.id);
      return (
        entry &&
        movedAnswer(c, `${origin}${archiveUrl(entry.lists[0] ?? everyList, place.id, place.form)}`, 302)
      );
    }
    case 'text':
      return answerText(c, shelfOf(parts, place.list, origin), place);
    case 'mail': {
      const shelf = shelfOf(parts, place.list, origin);
      return c.req.method === 'POST'
        ? answerPost(c, shelf, asked, place.form === '' ? place.id : null)
        : answerMail(c, shelf, place.id, place.form);
    }
    case 'list': {
      const shelf = shelfOf(parts, place.list, origin);
      return c.req.method === 'POST'
        ? answerPost(c, shelf, asked, null)
        : answerList(c, shelf, place.page, asked);
    }
  }
}

async function answerList(c: Context, shelf: Shelf, page: string, asked: URLSearchParams): Promise<Response> {
  switch (page) {
    case '':
      return asked.has('q') ? answerSearch(c, shelf, asked) : answerTopics(c, shelf, asked);
    case 'topics_new.html':
    case 'topics_active.html':
      return answerTopics(c, shelf, asked);
    case 'new.html':
      return answerNewest(c, shelf, asked);
    case 'new.atom':
      return messageFeed(c, shelf, {
        title: shelf.name,
        href: shelf.base,
        entries: await newestOnShelf(shelf, feedMails, readTime(asked.get('t'))),
      });
    case 'description':
      return textAnswer(c, `${shelf.name}\n`);
    case 'all.mbox.gz':
      return gzipStream(c, 'all', mboxPieces(shelf, walkShelf(shelf, { op: 'all' })));
    default:
      return manifest(c);
  }
}

/** An mbox of a search: whole threads where `t` or the button of the form asks for them. */
async function answerPost(
  c: Context,
  shelf: Shelf,
  asked: URLSearchParams,
  thread: string | null,
): Promise<Response> {
  if (asked.get('x') !== 'm' || !asked.has('q')) return notFoundAnswer(c);
  if (thread !== null && !(await findOnShelf(shelf, thread))) return notFoundAnswer(c);
  const body = await c.req.text();
  const hasThreads = /^x=[^0]/.test(body) || (asked.get('t') ?? '0') !== '0';
  return answerMbox(c, shelf, asked, hasThreads, thread);
}

function answerText(c: Context, shelf: Shelf, place: Extract<ArchivePlace, { kind: 'text' }>): Response {
  const text = archiveText(place.name, shelf.name, shelf.base);
  if (text === undefined) return notFoundAnswer(c);
  if (place.isRaw) {
    if (place.name === 'config') c.header('Content-Disposition', 'inline; filename=inbox.config');
    return textAnswer(c, text);
  }
  const frame = { title: `${shelf.name} ${place.name}`, feed: '', listHref: '../../../' };
  return htmlAnswer(c, frame, `<h1>${escapeHtml(frame.title)}</h1>\n<pre>${escapeHtml(text)}</pre>\n`);
}

/** No git repositories: an empty list of them, as those who mirror expect one. */
function manifest(c: Context): Response {
  const bytes = gzipSync('{}');
  c.header('Content-Type', 'application/gzip');
  c.header('Last-Modified', new Date(0).toUTCString());
  c.header('Content-Length', String(bytes.length));
  return c.body(new Uint8Array(bytes));
}

/** Keys are split at `&` or `;`, the last one of a name counts, and `+` is a blank. */
function readAsked(search: string): URLSearchParams {
  const asked = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(search.replaceAll(';', '&'))) asked.set(name, value);
  return asked;
}

/** Names of lists by kind of reader, read again after each change of the store. */
class ListNames {
  readonly #parts: ServerParts;
  readonly #known = new Map<string, { readonly mark: string; readonly names: ReadonlySet<string> }>();

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  async read(): Promise<ReadonlySet<string>> {
    const { store, readerKind } = this.#parts;
    const kind = readerKind();
    const mark = await store.changeMark();
    const known = this.#known.get(kind);
    if (known?.mark === mark) return known.names;
    const names = new Set([...(await store.getLists()).map(({ name }) => name), everyList]);
    if (this.#known.size >= kindsMost) this.#known.clear();
    this.#known.set(kind, { mark, names });
    return names;
  }
}
