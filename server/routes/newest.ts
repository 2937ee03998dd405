/**
 * Newest: where lists of the newest begin.
 *
 * A mail may claim any date, and one without Received headers is believed: one of 2099 would stand on top of every
 * list until then. So lists begin at the present, with room for clocks that are days wrong. Who asks for dates gets them,
 * and threads and series show all they hold.
 */
import type { Query } from '../../ingest/model/query.ts';
import { messagesUntil, seriesUntil } from '../../ingest/store/page-start.ts';
import type { PageRequest } from '../../ingest/store/store.ts';

const dayMs = 86_400_000;

/** The page asked for; the first one begins at the present. */
export function newestMessages(page: PageRequest, nowMs: number): PageRequest {
  return { cursor: messagesUntil(nowMs + dayMs), ...page };
}

export function newestSeries(page: PageRequest, nowMs: number): PageRequest {
  return { cursor: seriesUntil(nowMs + dayMs), ...page };
}

/** True where a query asks for dates itself. */
export function namesDates(query: Query): boolean {
  if (query.op === 'date') return true;
  if (query.op === 'and' || query.op === 'or') return query.items.some(namesDates);
  return query.op === 'not' && namesDates(query.item);
}
