/**
 * Shelf: the mail of one list, as the archive's routes take it from the store.
 *
 * `list` is null for the one that holds the mail of all. Nothing of another list is ever given.
 */
import type { Query } from '../../../ingest/model/query.ts';
import type { MessageEntry, SearchHit } from '../../../ingest/store/store.ts';
import { everyList } from '../../archive-url.ts';
import { archiveListUrl } from '../../urls.ts';
import { newestMessages } from '../newest.ts';
import type { ServerParts } from '../parts.ts';

export interface Shelf {
  readonly parts: ServerParts;
  /** As it stands in addresses. */
  readonly name: string;
  readonly list: string | null;
  /** Absolute address of the list, with the slash at its end. */
  readonly base: string;
}

/** Hits that are passed over at most for `o`: beyond it nobody reads page by page. */
const offsetMost = 20_000;
/** Rows of one question to the store. */
const rowsAtOnce = 200;

export function shelfOf(parts: ServerParts, name: string, origin: string): Shelf {
  const list = name === everyList ? null : name;
  return { parts, name, list, base: `${origin}${list === null ? `/${everyList}/` : archiveListUrl(name)}` };
}

export function isOnShelf({ list }: Shelf, entry: MessageEntry): boolean {
  return list === null || entry.lists.includes(list);
}

export async function findOnShelf(shelf: Shelf, id: string): Promise<MessageEntry | undefined> {
  const entry = (await shelf.parts.store.getEntries([id])).get(id);
  return entry && isOnShelf(shelf, entry) ? entry : undefined;
}

/** The thread of a message, oldest first. */
export async function threadOnShelf(shelf: Shelf, entry: MessageEntry): Promise<MessageEntry[]> {
  const thread = await shelf.parts.store.getThread(entry.thread);
  return thread.filter((one) => isOnShelf(shelf, one)).sort(asSent);
}

/** Mails of a series often carry one and the same second: then the cover letter comes first and patches in their order. */
function asSent(a: MessageEntry, b: MessageEntry): number {
  const byTime = a.sortMs - b.sortMs || a.references.length - b.references.length;
  return byTime || compareText(a.subject, b.subject) || compareText(a.messageId, b.messageId);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The newest, or with `beforeMs` the newest that were sent before it. */
export async function newestOnShelf(
  shelf: Shelf,
  limit: number,
  beforeMs: number | null,
): Promise<MessageEntry[]> {
  if (beforeMs !== null) {
    const { hits } = await searchShelf(shelf, { op: 'date', fromMs: null, toMs: beforeMs }, 0, limit);
    return entriesOf(shelf, hits);
  }
  const filter = shelf.list === null ? {} : { list: shelf.list };
  const { store, nowMs } = shelf.parts;
  return [...(await store.listMessages(filter, newestMessages({ limit }, nowMs()))).items];
}

/** What a query finds on this shelf. */
export function onShelf(shelf: Shelf, query: Query): Query {
  if (shelf.list === null) return query;
  return { op: 'and', items: [query, { op: 'value', field: 'list', value: shelf.list }] };
}

export interface Found {
  readonly hits: SearchHit[];
  /** True where there are hits behind these. */
  readonly hasMore: boolean;
}

/** Hits from `offset` on, newest first. */
export async function searchShelf(shelf: Shelf, query: Query, offset: number, limit: number): Promise<Found> {
  const hits: SearchHit[] = [];
  let cursor: string | null = null;
  let passed = Math.min(offset, offsetMost);
  do {
    const page: { limit: number; cursor?: string } = {
      limit: Math.min(rowsAtOnce, passed + limit - hits.length),
    };
    if (cursor !== null) page.cursor = cursor;
    const found = await shelf.parts.store.search(onShelf(shelf, query), 'newest', page);
    hits.push(...found.items.slice(passed));
    passed = Math.max(0, passed - found.items.length);
    cursor = found.next;
  } while (cursor !== null && hits.length < limit);
  return { hits, hasMore: cursor !== null };
}

/** All hits, some at a time, newest first. */
export async function* walkShelf(shelf: Shelf, query: Query): AsyncGenerator<MessageEntry[]> {
  let cursor: string | undefined;
  do {
    const page = cursor === undefined ? { limit: rowsAtOnce } : { limit: rowsAtOnce, cursor };
    const found = await shelf.parts.store.search(onShelf(shelf, query), 'newest', page);
    yield await entriesOf(shelf, found.items);
    cursor = found.next ?? undefined;
  } while (cursor !== undefined);
}

export async function entriesOf(shelf: Shelf, hits: readonly SearchHit[]): Promise<MessageEntry[]> {
  const entries = await shelf.parts.store.getEntries(hits.map(({ messageId }) => messageId));
  return hits.flatMap(({ messageId }) => {
    const entry = entries.get(messageId);
    return entry && isOnShelf(shelf, entry) ? [entry] : [];
  });
}
