/**
 * Begun page: a page whose first part goes out before its data is there.
 *
 * A browser then starts, fetches scripts and styles and makes ready to run them while the data is made; without that each
 * waits for the other. It is done only where the store's keys say that the answer will be good: a status cannot be taken
 * back. Where the data fails after all, its place stays empty: the page asks itself and shows why.
 */
import type { Context } from 'hono';
import { limits } from '../../ingest/model/limits.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { Place } from '../urls.ts';
import { findSeries } from './find-series.ts';
import { cutShell, type FirstData, firstDataText } from './shell.ts';

/** Marks an answer that is packed and sent bit by bit. */
export const begunMark = 'isBegun';

/** What a look at the store's keys tells of a place. */
export interface Foresight {
  /** True where the data will surely be there. */
  readonly isSure: boolean;
  /** The id that a series is known by; null where nothing else is meant. */
  readonly series: string | null;
}

export async function foresee(store: Store, place: Place): Promise<Foresight> {
  switch (place.page) {
    case 'series': {
      const series = (await findSeries(store, place.id)) ?? null;
      return { isSure: series !== null, series };
    }
    case 'patch':
      return { isSure: (await store.getPlacements([place.id])).get(place.id)?.lineage != null, series: null };
    case 'thread':
      return { isSure: (await store.getEntries([place.id])).has(place.id), series: null };
    case 'queue':
      return { isSure: place.state === '' && isShort(place), series: null };
    case 'statistics':
      return { isSure: place.dates === '' && isShort(place), series: null };
    default:
      return { isSure: false, series: null };
  }
}

/** Longer values are refused. */
function isShort(place: Readonly<Record<string, string>>): boolean {
  return Object.values(place).every((value) => value.length <= limits.messageIdBytes);
}

/** Sends `shell` up to the place of its data, then the data that `read` gives, then the rest. */
export function beginPage(c: Context, shell: string, read: () => Promise<FirstData | null>): Response {
  const [before, after] = cutShell(shell);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(encoder.encode(before));
      await sent();
      const data = await read().then(
        (first) => (first ? firstDataText(first) : ''),
        () => '',
      );
      try {
        controller.enqueue(encoder.encode(data + after));
        controller.close();
      } catch {
        // Whoever asked has gone.
      }
    },
  });
  c.set(begunMark, true);
  c.header('Content-Type', 'text/html; charset=utf-8');
  c.header('Cache-Control', 'no-store');
  // Else some hundred bytes wait for more.
  c.header('Transfer-Encoding', 'chunked');
  c.header('X-Accel-Buffering', 'no');
  return c.body(body, 200);
}

/** Turns of the loop that packing and sending the first part take: data is made in long runs that let nothing by. */
const turns = 4;

async function sent(): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
