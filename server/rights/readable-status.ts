/**
 * Readable status: what a store says of itself, without what may not be read.
 */
import type { Page, PageRequest, Store, StoreInfo, StoreLoad, TroubleRow } from '../../ingest/store/store.ts';
import { fillPage } from './readable-page.ts';

const every = Number.MAX_SAFE_INTEGER;
const first = { offset: 0, limit: 1 };

/** Sizes and work that waits would tell of what may not be read, so they are 0. */
export async function readOpenLoad(whole: Store): Promise<StoreLoad> {
  const waiting = { parse: 0, thread: 0, link: 0, review: 0, series: 0 };
  return { ...(await whole.load()), sizeBytes: 0, waiting };
}

/** Counts of what may be read. */
export async function countOpen(whole: Store, readable: Store): Promise<StoreInfo> {
  const messages = await readable.countSearch({ op: 'all' }, every);
  const postings = await readable.countSearch({ op: 'value', field: 'is', value: 'posting' }, every);
  const { count } = await readable.tracker.listSendings({}, { by: 'id', isDescending: false }, first);
  const load = await readOpenLoad(whole);
  return { ...load, messages, rawMails: messages, postings, series: count, facts: 0 };
}

export function listOpenTroubles(
  whole: Store,
  readable: Store,
  page: PageRequest,
): Promise<Page<TroubleRow>> {
  return fillPage(page, async (request) => {
    const found = await whole.getTroubles(request);
    const sources = new Set((await readable.getSources()).map(({ location }) => location));
    const seen = await readable.getEntries(found.items.map(({ messageId }) => messageId));
    const isSeen = ({ source, messageId }: TroubleRow) =>
      sources.has(source) && (messageId === '' || seen.has(messageId));
    return { ...found, items: found.items.filter(isSeen) };
  });
}
