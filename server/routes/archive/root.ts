/**
 * Root of the archive: the page of all lists, for clients that ask for it in public-inbox's way (`/?o=0`). People who
 * come without a query get our own first page.
 */
import type { Context } from 'hono';
import { everyList } from '../../archive-url.ts';
import { rootHtml } from '../../present/archive/lists.ts';
import type { ServerParts } from '../parts.ts';
import { htmlAnswer } from './answers.ts';

const listsAtOnce = 200;

export function isRootAddress(path: string, asked: URLSearchParams): boolean {
  return path === '/' && (asked.has('o') || (asked.has('q') && asked.has('x')));
}

export async function answerRoot(
  c: Context,
  { store }: ServerParts,
  asked: URLSearchParams,
): Promise<Response> {
  const sought = (asked.get('q') ?? '').toLowerCase();
  const offset = Math.max(0, Math.floor(Number(asked.get('o') ?? '0')) || 0);
  const lists = (await store.getLists())
    .filter(({ name }) => name.toLowerCase().includes(sought))
    .sort((a, b) => b.lastMs - a.lastMs);
  const shown = lists.slice(offset, offset + listsAtOnce);
  const body = rootHtml(shown, everyList, offset === 0);
  return htmlAnswer(
    c,
    { title: 'Mailing lists', feed: '', listHref: '' },
    body,
    lists.length === 0 ? 404 : 200,
  );
}
