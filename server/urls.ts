/**
 * URLs: every page's address, read and written in one place. Pure; shared with web/.
 *
 * In: a path with query and fragment. Out: a Place, and back again by `urlOf`; defaults are never written, so one place
 * has one address. Paths of other tongues (lore's, Patchwork's) are no places: `readUrl` gives `missing` for them and
 * the server answers them before it asks here. Their addresses, where a page links to them, are at the end.
 */
import { diffStyle, readSeries } from './series-urls.ts';
import { type DiffStyle, decode, escapeId, oneOf, queryText, splitAt, text, unless } from './url-text.ts';

export { anchorOf, type DiffStyle, escapeId, twinUrl } from './url-text.ts';

/** What a page shows, as far as its address says it. */
export type Place =
  | {
      readonly page: 'queue';
      /** Whose queue it is: an address, or empty for everybody's. */
      readonly me: string;
      /** Only series in which that person has this part; empty for any. */
      readonly role: '' | 'author' | 'reviewer' | 'maintainer';
      readonly turn: 'all' | 'mine' | 'theirs' | 'author' | 'reviewer' | 'maintainer';
      readonly list: string;
      readonly state: string;
      readonly title: string;
      /** Only series that this user looks after. */
      readonly delegate: string;
      readonly sort: 'waiting' | 'newest' | 'oldest';
    }
  | {
      readonly page: 'series';
      readonly id: string;
      /** Label of a revision (`v9`, `v7.2`); empty for the series as a whole. */
      readonly revision: string;
      /** Status of the points shown, or `all`; empty for those that are not settled. */
      readonly points: string;
    }
  | {
      readonly page: 'compare';
      readonly id: string;
      readonly from: string;
      readonly to: string;
      /** Position in the newer revision; `-2` for one that only the older has; empty for the first that changed. */
      readonly patch: string;
      readonly view: DiffStyle;
      readonly hasWords: boolean;
      readonly isQuiet: boolean;
    }
  | { readonly page: 'patch'; readonly id: string; readonly view: DiffStyle }
  | {
      readonly page: 'thread';
      readonly id: string;
      readonly view: 'nested' | 'flat';
      readonly hasAllQuotes: boolean;
      /** `anchorOf` a message; empty for the one that `id` names. */
      readonly anchor: string;
    }
  | {
      readonly page: 'search';
      readonly query: string;
      readonly sort: 'newest' | 'relevance';
      readonly isFlat: boolean;
      readonly after: string;
    }
  | { readonly page: 'people'; readonly text: string }
  | { readonly page: 'person'; readonly address: string }
  /** What is counted: of one list, of one person, in a range of dates; empty for all. */
  | { readonly page: 'statistics'; readonly list: string; readonly person: string; readonly dates: string }
  | { readonly page: 'kernels'; readonly fix: string }
  /** All bundles, or the one of a number. */
  | { readonly page: 'bundles'; readonly number: string }
  | { readonly page: 'check'; readonly report: string; readonly other: string }
  | { readonly page: 'sources' }
  | { readonly page: 'lists' }
  | { readonly page: 'help'; readonly topic: 'keys' | 'search' }
  | { readonly page: 'missing'; readonly path: string };

export type PlaceOf<Page extends Place['page']> = Extract<Place, { page: Page }>;

/** Reads a path with query and fragment; origin and case are as the browser gives them. */
export function readUrl(href: string): Place {
  const [rest = '', fragment = ''] = splitAt(href, '#');
  const [path = '', search = ''] = splitAt(rest, '?');
  const query = new URLSearchParams(search);
  const segments = path.split('/').filter((segment) => segment !== '');
  const ids = segments.slice(1).map(decode);
  if (ids.includes(undefined)) return { page: 'missing', path };
  const place = readers.get(segments[0] ?? 'queue')?.(ids.map(String), query, fragment);
  return place ?? { page: 'missing', path };
}

/** The one address of a place. */
export function urlOf(place: Place): string {
  switch (place.page) {
    case 'queue': {
      const { me, role, turn, list, state, title, delegate, sort } = place;
      const query = queryText({
        me,
        role,
        turn: unless('all', turn),
        list,
        state,
        title,
        delegate,
        sort: unless('waiting', sort),
      });
      return query === '' ? '/' : `/queue${query}`;
    }
    case 'series': {
      const label = place.revision === '' ? '' : `/${escapeId(place.revision)}`;
      return `/series/${escapeId(place.id)}${label}${queryText({ points: place.points })}`;
    }
    case 'compare': {
      const { id, from, to, patch, view, hasWords, isQuiet } = place;
      return `/series/${escapeId(id)}/${escapeId(from)}..${escapeId(to)}${queryText({
        patch,
        view: unless('unified', view),
        words: hasWords ? '' : '0',
        quiet: isQuiet ? '1' : '',
      })}`;
    }
    case 'patch':
      return `/patches/${escapeId(place.id)}${queryText({ view: unless('unified', place.view) })}`;
    case 'thread': {
      const query = queryText({
        view: unless('nested', place.view),
        quotes: place.hasAllQuotes ? 'all' : '',
      });
      return `/thread/${escapeId(place.id)}${query}${place.anchor === '' ? '' : `#${place.anchor}`}`;
    }
    case 'search': {
      const { query, sort, isFlat, after } = place;
      return `/search${queryText({ q: query, sort: unless('newest', sort), group: isFlat ? '0' : '', after })}`;
    }
    case 'people':
      return `/people${queryText({ q: place.text })}`;
    case 'person':
      return `/people/${escapeId(place.address)}`;
    case 'statistics':
      return `/statistics${queryText({ list: place.list, person: place.person, dates: place.dates })}`;
    case 'bundles':
      return bundleUrl(place.number);
    case 'kernels':
      return place.fix === '' ? '/kernels' : `/kernels/${escapeId(place.fix)}`;
    case 'check':
      return place.report === ''
        ? '/check'
        : `/check/${escapeId(place.report)}${queryText({ with: place.other })}`;
    case 'sources':
    case 'lists':
      return `/${place.page}`;
    case 'help':
      return `/help/${place.topic}`;
    case 'missing':
      return place.path;
  }
}

export const wholeQueue: PlaceOf<'queue'> = {
  page: 'queue',
  me: '',
  role: '',
  turn: 'all',
  list: '',
  state: '',
  title: '',
  delegate: '',
  sort: 'waiting',
};

export function seriesUrl(id: string, revision = ''): string {
  return urlOf({ page: 'series', id, revision, points: '' });
}

export function patchUrl(id: string): string {
  return urlOf({ page: 'patch', id, view: 'unified' });
}

/** A message within its thread. */
export function threadUrl(messageId: string): string {
  return urlOf({ page: 'thread', id: messageId, view: 'nested', hasAllQuotes: false, anchor: '' });
}

export function compareUrl(id: string, from: string, to: string, patch = ''): string {
  return urlOf({
    page: 'compare',
    id,
    from,
    to,
    patch,
    view: 'unified',
    hasWords: true,
    isQuiet: false,
  });
}

export function searchUrl(query: string): string {
  return urlOf({ page: 'search', query, sort: 'newest', isFlat: false, after: '' });
}

/** Without a number that of all bundles. */
export function bundleUrl(number: string | number): string {
  return number === '' ? '/bundles' : `/bundles/${escapeId(String(number))}`;
}

export function personUrl(address: string): string {
  return urlOf({ page: 'person', address });
}

/** A message as lore serves it: `''` its page, `raw`, `t.mbox.gz`, `t.atom`, `T/`. A list named like a page moves. */
export function archiveUrl(list: string, messageId: string, form = ''): string {
  return `${archiveListUrl(list)}${escapeId(messageId)}/${form}`;
}

export function archiveListUrl(list: string): string {
  return pageWords.includes(list) ? `/lists/${escapeId(list)}/` : `/${escapeId(list)}/`;
}

type Reader = (ids: readonly string[], query: URLSearchParams, fragment: string) => Place | undefined;

const pageReaders: Readonly<Record<string, Reader>> = {
  queue: (ids, query) =>
    ids.length > 0
      ? undefined
      : {
          page: 'queue',
          me: text(query, 'me'),
          role: oneOf(query, 'role', ['', 'author', 'reviewer', 'maintainer']),
          turn: oneOf(query, 'turn', ['all', 'mine', 'theirs', 'author', 'reviewer', 'maintainer']),
          list: text(query, 'list'),
          state: text(query, 'state'),
          title: text(query, 'title'),
          delegate: text(query, 'delegate'),
          sort: oneOf(query, 'sort', ['waiting', 'newest', 'oldest']),
        },
  series: readSeries,
  patches: (ids, query) => ({ page: 'patch', id: ids.join('/'), view: diffStyle(query) }),
  thread: (ids, query, fragment) => ({
    page: 'thread',
    id: ids.join('/'),
    view: oneOf(query, 'view', ['nested', 'flat']),
    hasAllQuotes: query.get('quotes') === 'all',
    anchor: fragment,
  }),
  search: (ids, query) =>
    ids.length > 0
      ? undefined
      : {
          page: 'search',
          query: text(query, 'q'),
          sort: oneOf(query, 'sort', ['newest', 'relevance']),
          isFlat: query.get('group') === '0',
          after: text(query, 'after'),
        },
  people: (ids, query) =>
    ids.length === 0
      ? { page: 'people', text: text(query, 'q') }
      : { page: 'person', address: ids.join('/') },
  statistics: (ids, query) =>
    ids.length > 0
      ? undefined
      : {
          page: 'statistics',
          list: text(query, 'list'),
          person: text(query, 'person'),
          dates: text(query, 'dates'),
        },
  bundles: (ids) => ({ page: 'bundles', number: ids.join('/') }),
  kernels: (ids) => ({ page: 'kernels', fix: ids.join('/') }),
  check: (ids, query) => ({ page: 'check', report: ids.join('/'), other: text(query, 'with') }),
  sources: (ids) => (ids.length > 0 ? undefined : { page: 'sources' }),
  lists: (ids) => (ids.length > 0 ? undefined : { page: 'lists' }),
  help: ([topic = 'keys', ...more]) =>
    more.length === 0 && (topic === 'keys' || topic === 'search') ? { page: 'help', topic } : undefined,
};

/** A map: an object would also answer to `/constructor`. */
const readers: ReadonlyMap<string, Reader> = new Map(Object.entries(pageReaders));

/** First path segments that belong to pages: a list with such a name lives under `/lists/`. */
export const pageWords: readonly string[] = [...readers.keys()];
