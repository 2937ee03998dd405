/**
 * Page requests: which route of the API a page reads first, and how that answer reads as text.
 *
 * The paths are those that web/ asks for, spelled the same way, so the shell's first data fits. Pure.
 */
import { keyRows } from '../key-table.ts';
import type { FeedEntry } from '../present/atom.ts';
import { type CsvTable, statisticsTables } from '../present/csv.ts';
import { queueEntries, searchEntries, seriesEntries } from '../present/feeds.ts';
import {
  renderKernels,
  renderLists,
  renderPeople,
  renderPerson,
  renderReport,
  renderStatus,
} from '../present/text-kernel.ts';
import {
  renderKeys,
  renderMessage,
  renderSearch,
  renderSearchHelp,
  renderThread,
} from '../present/text-mail.ts';
import { renderQueue, renderRangeDiff, renderSeries } from '../present/text-series.ts';
import { renderStatistics } from '../present/text-statistics.ts';
import { renderBundle, renderBundles, renderChecks } from '../present/text-tracked.ts';
import type { Place, PlaceOf } from '../urls.ts';
import type { Api } from '../wire.ts';

export interface PageRequest {
  readonly path: string;
  /** `answer` is what the path gives. */
  text(answer: unknown, nowMs: number): string;
  /** What a feed of it tells; undefined where it has none. `origin` stands before each address. */
  readonly feed?: (answer: unknown, origin: string, nowMs: number) => FeedEntry[];
  /** Its tables for spreadsheets by name; undefined where it has none. */
  readonly tables?: Readonly<Record<string, (answer: unknown) => CsvTable>>;
}

type Rows = { readonly [Page in Place['page']]: (place: PlaceOf<Page>) => PageRequest | null };

const rows: Rows = {
  queue: ({ me, role, turn, list, state, title, delegate, sort }) =>
    request(
      'GET /api/v1/series',
      '',
      {
        person: me,
        role: me === '' ? '' : role,
        turn: turn === 'author' || turn === 'reviewer' || turn === 'maintainer' ? turn : '',
        list,
        state,
        title,
        delegate,
        sort,
        limit: '100',
      },
      renderQueue,
      queueEntries,
    ),
  series: ({ id }) => request('GET /api/v1/series/{id}', id, {}, renderSeries, seriesEntries),
  compare: ({ id, from, to }) => request('GET /api/v1/series/{id}/diff', id, { from, to }, renderRangeDiff),
  patch: ({ id }) =>
    request(
      'GET /api/v1/patches/{id}',
      id,
      {},
      ({ message, checks }) => renderMessage(message) + renderChecks(checks),
    ),
  thread: ({ id }) => request('GET /api/v1/threads/{id}', id, {}, renderThread),
  search: ({ query, sort, after }) =>
    query === ''
      ? null
      : request('GET /api/v1/search', '', { q: query, sort, cursor: after }, renderSearch, searchEntries),
  people: ({ text }) => request('GET /api/v1/people', '', { q: text }, renderPeople),
  person: ({ address }) => request('GET /api/v1/people/{address}', address, {}, renderPerson),
  statistics: ({ list, person, dates }) => ({
    ...request('GET /api/v1/statistics', '', { list, person, dates }, renderStatistics),
    tables: statisticsTables as Required<PageRequest>['tables'],
  }),
  bundles: ({ number }) =>
    number === ''
      ? request('GET /api/v1/bundles', '', {}, ({ items }) => renderBundles(items))
      : request('GET /api/v1/bundles/{id}', number, {}, renderBundle),
  kernels: ({ fix }) =>
    request('GET /api/v1/kernels', '', {}, ({ items }) =>
      renderKernels(items.filter(({ name }) => fix === '' || name === fix)),
    ),
  check: ({ report }) =>
    report === ''
      ? request('GET /api/v1/check', '', {}, ({ lastReport, unavailable }) =>
          lastReport ? renderReport(lastReport) : `${unavailable || 'No check was run yet.'}\n`,
        )
      : request('GET /api/v1/reports/{id}', report, {}, renderReport),
  sources: () => request('GET /api/v1/status', '', {}, renderStatus),
  lists: () => request('GET /api/v1/lists', '', {}, ({ items }) => renderLists(items)),
  help: ({ topic }) =>
    topic === 'search'
      ? request('GET /api/v1/search/completions', '', { caret: '0' }, ({ items }) => renderSearchHelp(items))
      : null,
  missing: () => null,
};

/** Null for a page that reads nothing. */
export function firstRequest(place: Place): PageRequest | null {
  const row = rows[place.page] as (place: Place) => PageRequest | null;
  return row(place);
}

/** The text of a page that reads nothing; null where it has none. */
export function fixedText(place: Place): string | null {
  return place.page === 'help' && place.topic === 'keys' ? renderKeys(keyRows) : null;
}

function request<Name extends keyof Api>(
  name: Name,
  id: string,
  query: Readonly<Record<string, string>>,
  text: (answer: Api[Name]['gives'], nowMs: number) => string,
  feed?: (answer: Api[Name]['gives'], origin: string, nowMs: number) => FeedEntry[],
): PageRequest {
  const path = (name.split(' ')[1] ?? '').replace(/\{\w+\}/, () => encodeURIComponent(id));
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return {
    path: given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`,
    text: (answer, nowMs) => text(answer as Api[Name]['gives'], nowMs),
    ...(feed && { feed: (answer, origin, nowMs) => feed(answer as Api[Name]['gives'], origin, nowMs) }),
  };
}
