/**
 * Current: the parts that routes work with, limited to what the asker of the running request may read.
 *
 * Routes are handed one store, one mail reader and one feed, which stand for those of whoever asks: so a route cannot
 * forget to look at rights, and a new one needs no line for them. Outside of a request private lists do not exist.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import type { Store } from '../../ingest/store/store.ts';
import { MailReader } from '../routes/mail-reader.ts';
import type { Feed, ServerParts } from '../routes/parts.ts';
import { type Asker, isRuler, mayReadPrivate, nobody } from './asker.ts';
import { ReadableStore } from './readable-store.ts';

/** What one kind of reader sees. */
interface View {
  readonly store: Store;
  readonly mails: Pick<MailReader, 'read'>;
  /** Null where nothing is hidden. */
  readonly limited: ReadableStore | null;
}

const running = new AsyncLocalStorage<Asker>();

/** Kinds of readers whose parsed mails are kept in memory. */
const viewsMost = 50;

/** Who asks now; undefined outside of a request. */
export function currentAsker(): Asker | undefined {
  return running.getStore();
}

/** @throws PatchtrailError where the asker of the running request does not rule the site */
export function requireRuler(what: string): void {
  if (isRuler(currentAsker() ?? nobody)) return;
  throw new PatchtrailError('forbidden', what, { remedy: 'Ask with a token of an admin.' });
}

export function runAs<T>(asker: Asker, work: () => T): T {
  return running.run(asker, work);
}

/** The parts for all routes. */
export function limitParts(parts: ServerParts): ServerParts {
  const privateLists = parts.access.privateLists ?? [];
  if (privateLists.length === 0) return parts;
  const views = new Map<string, View>();
  const hiddenNow = () => {
    const asker = currentAsker() ?? nobody;
    return privateLists.filter((list) => !mayReadPrivate(asker, list));
  };
  const view = (): View => {
    const hidden = hiddenNow();
    const key = JSON.stringify(hidden);
    let found = views.get(key);
    if (!found) {
      found = makeView(parts, hidden);
      views.set(key, found);
      for (const [oldest, { limited }] of views) {
        if (views.size <= viewsMost) break;
        views.delete(oldest);
        void limited?.leave();
      }
    }
    return found;
  };
  return {
    ...parts,
    readerKind: () => JSON.stringify(hiddenNow()),
    store: standIn(() => view().store),
    mails: { read: (ids) => view().mails.read(ids) },
    feed: limitFeed(parts.feed, () => view().limited),
  };
}

function makeView(parts: ServerParts, hidden: readonly string[]): View {
  if (hidden.length === 0) return { store: parts.store, mails: parts.mails, limited: null };
  const store = new ReadableStore(parts.store, new Set(hidden));
  return { store, mails: new MailReader(store, parts.nowMs), limited: store };
}

/** An object whose every property is that of another one, chosen at each use. */
function standIn<T extends object>(choose: () => T): T {
  return new Proxy({} as T, {
    get(_, name) {
      const chosen = choose();
      const value: unknown = Reflect.get(chosen, name);
      return typeof value === 'function' ? value.bind(chosen) : value;
    },
  });
}

/** The reader is fixed when the stream starts, and events come to it in order. */
function limitFeed(feed: Feed, limitedNow: () => ReadableStore | null): Feed {
  return {
    heartbeatMs: feed.heartbeatMs,
    get seats() {
      return feed.seats;
    },
    takeSeat: () => feed.takeSeat(),
    close: () => feed.close(),
    watch(after, watcher) {
      const limited = limitedNow();
      if (!limited) return feed.watch(after, watcher);
      let turn = Promise.resolve();
      return feed.watch(after, (events) => {
        turn = turn
          .then(async () => watcher(await limited.openEvents(events)))
          .catch(() => {
            // The store is closing; the stream ends with it.
          });
      });
    },
  };
}
