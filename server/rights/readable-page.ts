/**
 * Readable page: reads on until a page is full, when some rows may not be shown.
 */
import { limits } from '../../ingest/model/limits.ts';
import type { ChangeEvent, Page, PageRequest, Store } from '../../ingest/store/store.ts';

/** `read` gives a page without what is hidden; it may be short or empty. There is a next page only if it has a row. */
export async function fillPage<T>(
  page: PageRequest,
  read: (request: PageRequest) => Promise<Page<T>>,
): Promise<Page<T>> {
  const wanted = Math.max(1, Math.min(Math.floor(page.limit) || 1, limits.pageRows));
  const items: T[] = [];
  let cursor = page.cursor;
  for (;;) {
    const found = await read({ limit: wanted - items.length, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...found.items);
    if (found.next === null) return { items, next: null };
    cursor = found.next;
    if (items.length >= wanted) break;
  }
  return { items, next: (await hasMore(cursor, read)) ? cursor : null };
}

async function hasMore<T>(from: string, read: (request: PageRequest) => Promise<Page<T>>): Promise<boolean> {
  for (let cursor: string | null = from; cursor !== null; ) {
    const found: Page<T> = await read({ limit: limits.pageRows, cursor });
    if (found.items.length > 0) return true;
    cursor = found.next;
  }
  return false;
}

type After = Parameters<Store['listMessageIds']>[0];

/** The next ids that may be read; empty only at the end. */
export async function listOpenIds(
  whole: Store,
  seen: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
  after: After,
  limit: number,
) {
  for (let from = after; ; ) {
    const rows = await whole.listMessageIds(from, limit);
    const open = await seen(rows.map(({ messageId }) => messageId));
    if (open.size > 0 || rows.length === 0) return rows.filter(({ messageId }) => open.has(messageId));
    from = rows.at(-1) ?? null;
  }
}

/** The next events that may be read; empty only at the end. */
export async function listOpenEvents(
  whole: Store,
  openOnes: (events: readonly ChangeEvent[]) => Promise<readonly ChangeEvent[]>,
  afterSequence: number,
  limit: number,
): Promise<readonly ChangeEvent[]> {
  for (let after = afterSequence; ; ) {
    const events = await whole.getEvents(after, limit);
    const open = await openOnes(events);
    if (open.length > 0 || events.length === 0) return open;
    after = events.at(-1)?.sequence ?? after;
  }
}
