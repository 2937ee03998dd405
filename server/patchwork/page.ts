/**
 * Pages: the part of a list that was asked for, and the Link header that leads on.
 *
 * pwclient compares the header's name with its case and takes only a `next` that stands first, so both are as
 * Patchwork writes them (patchwork/api/base.py); see ./answer.ts for the case.
 */
import type { Window } from '../../ingest/store/tracker.ts';
import { Refusal } from './refusal.ts';

const usualRows = 30;
const mostRows = 250;

export interface PageAsked extends Window {
  readonly page: number;
}

/** @throws Refusal for a page that is none */
export function pageAsked(query: URLSearchParams): PageAsked {
  const given = query.get('page') ?? '1';
  const page = /^\d{1,9}$/.test(given) ? Number(given) : 0;
  if (page === 0) throw invalidPage();
  const rows = query.get('per_page') ?? '';
  const limit = /^[1-9]\d{0,9}$/.test(rows) ? Math.min(Number(rows), mostRows) : usualRows;
  return { page, limit, offset: (page - 1) * limit };
}

/** The value of Link. @throws Refusal where the page lies behind the end */
export function linkHeader(address: string, { page, limit }: PageAsked, count: number): string {
  const last = Math.max(1, Math.ceil(count / limit));
  if (page > last) throw invalidPage();
  const link = (to: number, rel: string) => `<${withPage(address, to)}>; rel="${rel}"`;
  return [
    ...(page < last ? [link(page + 1, 'next')] : []),
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    link(1, 'first'),
    link(last, 'last'),
  ].join(', ');
}

function withPage(address: string, page: number): string {
  const url = new URL(address);
  url.searchParams.delete('page');
  url.searchParams.append('page', String(page));
  url.searchParams.sort();
  // URLSearchParams writes commas as %2C already; `<` and `>` never stand in it.
  return url.href;
}

function invalidPage(): Refusal {
  return new Refusal(404, { detail: 'Invalid page.' });
}
