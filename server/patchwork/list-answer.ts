/**
 * List answer: a page of rows with the header that leads on.
 */
import type { Counted } from '../../ingest/store/tracker.ts';
import type { Reply } from './answer.ts';
import type { Asked } from './asked.ts';
import { linkHeader, type PageAsked, pageAsked } from './page.ts';

/** Reads the page asked for and shapes its rows. */
export async function answerList<Row>(
  asked: Asked,
  read: (page: PageAsked) => Promise<Counted<Row>>,
  shape: (rows: readonly Row[]) => Promise<readonly unknown[]> | readonly unknown[],
): Promise<Reply> {
  const page = pageAsked(asked.query);
  const { items, count } = await read(page);
  const { pathname, search } = new URL(asked.c.req.url);
  const Link = linkHeader(asked.links.absolute(`${pathname}${search}`), page, count);
  return { body: await shape(items), headers: { Link } };
}

/** The same where all rows are at hand. */
export function answerRows<Row>(
  asked: Asked,
  rows: readonly Row[],
  shape: (rows: readonly Row[]) => Promise<readonly unknown[]> | readonly unknown[],
): Promise<Reply> {
  return answerList(
    asked,
    async ({ offset, limit }) => ({ items: rows.slice(offset, offset + limit), count: rows.length }),
    shape,
  );
}
