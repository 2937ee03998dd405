/**
 * Readable status: what a store says of itself, without what may not be read.
 */
import type { Page, PageRequest, Store, StoreInfo, TroubleRow } from '../../ingest/store/store.ts';
import { fillPage } from './readable-page.ts';

const every = Number.MAX_SAFE_INTEGER;
const first = { offset: 0, limit: 1 };

/** Counts of what may be read; sizes and work that waits would tell of the rest, so they are 0. */
export async function countOpen(whole: Store, readable: Store): Promise<StoreInfo> {
  const info = await whole.info();
  const messages = await readable.countSearch({ op: 'all' }, every);
  const postings = await readable.countSearch({ op: 'value', field: 'is', value: 'posting' }, every);
  const { count } = await readable.tracker.listSendings({}, { by: 'id', isDescending: false }, first);
  const waiting = { parse: 0, thread: 0, link: 0, review: 0, series: 0 };
  return { ...info, messages, rawMails: messages, postings, series: count, facts: 0, sizeBytes: 0, waiting };
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
