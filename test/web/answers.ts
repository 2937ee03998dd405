/**
 * Answers: what the fixture server gives for each route of the API, made of the story beside it.
 *
 * `states` change all of it: `full`, `empty` (nothing held), `error` (every request fails).
 */

import { readUrl } from '../../server/urls.ts';
import type { Api, Problem } from '../../server/wire.ts';
import { bundles, delegates, ownBundle, sharedBundle } from './story/bundles.ts';
import { patch, rangeDiff } from './story/diffs.ts';
import { digest } from './story/digest.ts';
import { fix, fixedReport, report } from './story/kernels.ts';
import { longThread, thread } from './story/mails.ts';
import { bo, dayMs, startMs } from './story/names.ts';
import { completions, found, person } from './story/search.ts';
import { others, series, summary } from './story/series.ts';
import { counted } from './story/statistics.ts';

export type State = 'full' | 'empty' | 'error';

type Answers = {
  readonly [Route in keyof Api]?: (url: URL, ids: readonly string[]) => Api[Route]['gives'] | null;
};

const full: Answers = {
  'GET /api/v1/status': () => ({
    isRunning: true,
    sources: [
      {
        location: '/srv/mail/alpha.mbox.gz',
        kind: 'mbox',
        list: 'lib-alpha',
        mails: 18_422,
        lastPulledMs: Date.now() - 3 * 60_000,
        lastTriedMs: Date.now() - 3 * 60_000,
        failures: 0,
        lastError: '',
        newestMs: Date.now() - 4 * 60_000,
        lagMs: 900,
        watch: { state: 'watched', sinceMs: Date.now() - 60 * 60_000, nextMs: null },
        progress: { done: 4_100_000, total: 9_800_000, unit: 'bytes', mailsPerSecond: 1240, etaMs: 42_000 },
      },
      {
        location: 'imaps://reader@mail.example/beta',
        kind: 'imap',
        list: 'kernel-beta',
        mails: 92_310,
        lastPulledMs: Date.now() - 2 * dayMs,
        lastTriedMs: Date.now() - 60_000,
        failures: 31,
        newestMs: Date.now() - 2 * dayMs,
        lagMs: null,
        watch: { state: 'lost', sinceMs: Date.now() - 2 * dayMs, nextMs: Date.now() + 240_000 },
        lastError:
          'The server refused the password: imaps://mail.example. Set PATCHTRAIL_IMAP_PASSWORD and pull again.',
        progress: null,
      },
    ],
    waiting: { parse: 0, thread: 120, link: 44, review: 0, series: 2 },
    messages: 110_732,
    rawMails: 112_004,
    postings: 41_200,
    series: 9_870,
    facts: 402_118,
    storeBytes: 1_420_000_000,
    schema: 3,
    engine: 'sqlite',
  }),
  'GET /api/v1/lists': () => ({
    items: ['lib-alpha', 'kernel-beta'].map((name, at) => ({
      name,
      messages: 18_422 * (at + 1),
      postings: 6_100,
      series: 900,
      firstMs: startMs - 3000 * dayMs,
      lastMs: Date.now() - at * dayMs,
    })),
  }),
  'GET /api/v1/series': (url) => ({
    items: url.searchParams.has('cursor') ? [] : [summary, ...others],
    next: url.searchParams.has('cursor') ? null : 'page-2',
  }),
  'GET /api/v1/series/{id}': () => series,
  'GET /api/v1/series/{id}/diff': () => rangeDiff,
  'GET /api/v1/patches/{id}': () => patch,
  'GET /api/v1/threads/{id}': (url, [id]) =>
    id?.startsWith('long-') ? longThread(Number(url.searchParams.get('offset') ?? 0)) : thread,
  'GET /api/v1/threads/{id}/digest': () => digest,
  'GET /api/v1/search': (url) =>
    url.searchParams.has('cursor') ? { ...found, items: [], next: null } : found,
  'GET /api/v1/search/completions': () => ({ items: completions }),
  'GET /api/v1/people': () => ({ items: [person, { ...person, ...bo }], next: null }),
  'GET /api/v1/people/{address}': () => person,
  'GET /api/v1/statistics': () => counted,
  'GET /api/v1/kernels': () => ({ items: [fix] }),
  'GET /api/v1/reports': () => ({ items: [report, fixedReport] }),
  'GET /api/v1/reports/{id}': (_, [id]) => (id === 'r1' ? fixedReport : report),
  'GET /api/v1/check': () => ({ unavailable: '', isRunning: false, lastReport: report }),
  'GET /api/v1/troubles': () => ({
    items: [
      {
        messageId: 'odd-1@weiss.example',
        source: 'alpha.mbox.gz',
        place: 'byte 104 220',
        code: 'charset-unknown',
        detail: 'The charset x-unknown is not known; the text was read as latin1.',
      },
    ],
    next: null,
  }),
  'GET /api/v1/corrections': () => ({ items: [] }),
  'GET /api/v1/delegates': () => ({ items: delegates }),
  'GET /api/v1/bundles': () => ({ items: bundles }),
  'GET /api/v1/bundles/{id}': (_, [id]) => (id === '3' ? sharedBundle : ownBundle),
};

const emptyPage = () => ({ items: [], next: null });

const empty: Answers = {
  ...full,
  'GET /api/v1/status': () => ({
    isRunning: false,
    sources: [],
    waiting: {},
    messages: 0,
    rawMails: 0,
    postings: 0,
    series: 0,
    facts: 0,
    storeBytes: 4096,
    schema: 3,
    engine: 'sqlite',
  }),
  'GET /api/v1/lists': () => ({ items: [] }),
  'GET /api/v1/series': emptyPage,
  'GET /api/v1/series/{id}': () => ({
    ...series,
    formerTitles: [],
    ghosts: [],
    revisions: series.revisions.slice(0, 1),
    grid: [],
    trailers: [],
    points: [],
    stances: [],
    landings: [],
    roles: [],
    related: [],
    corrections: [],
  }),
  'GET /api/v1/series/{id}/diff': () => ({ ...rangeDiff, pairs: [] }),
  'GET /api/v1/patches/{id}': () => ({ ...patch, files: [] }),
  'GET /api/v1/search': () => ({ ...found, items: [], count: 0, countIsExact: true, next: null }),
  'GET /api/v1/people': emptyPage,
  'GET /api/v1/people/{address}': () => ({ ...person, openTurns: [], recentSeries: [], recentMessages: [] }),
  'GET /api/v1/statistics': () => ({ ...counted, series: 0, reviews: 0, weeks: [], reviewWeeks: [] }),
  'GET /api/v1/kernels': () => ({ items: [] }),
  'GET /api/v1/reports': () => ({ items: [] }),
  'GET /api/v1/check': () => ({ unavailable: '', isRunning: false, lastReport: null }),
  'GET /api/v1/troubles': emptyPage,
  'GET /api/v1/delegates': () => ({ items: [] }),
  'GET /api/v1/bundles': () => ({ items: [] }),
  'GET /api/v1/bundles/{id}': () => ({ ...ownBundle, patches: 0, items: [] }),
};

const failure: Problem = {
  type: 'about:blank',
  title: 'Store busy',
  status: 503,
  detail: 'The store is busy: another program writes to it.',
  code: 'store-busy',
  remedy: 'Wait a moment, then try again.',
};

const queryError: Problem = {
  ...failure,
  status: 400,
  code: 'query-invalid',
  detail: '`d:` needs a date: d:soon.',
  remedy: 'Write for example d:last.month.. or d:2026-01-01..2026-02-01.',
  span: [6, 12],
};

/** Answer of a request: status and body. */
export function answer(method: string, target: string, state: State): { status: number; body: unknown } {
  const url = new URL(target, 'http://localhost');
  if (state === 'error') return { status: 503, body: failure };
  if (url.searchParams.get('q')?.includes('d:soon') && !url.pathname.endsWith('completions')) {
    return { status: 400, body: queryError };
  }
  if (url.pathname.includes('not-held')) {
    return {
      status: 404,
      body: {
        ...failure,
        status: 404,
        code: 'not-found',
        detail: 'The message is not held: not-held@example.org.',
        remedy: 'Look for it elsewhere.',
      },
    };
  }
  if (method !== 'GET') return changed(method, url.pathname);
  const table = state === 'empty' ? empty : full;
  for (const [route, give] of Object.entries(table)) {
    const ids = matchRoute(route.split(' ')[1] ?? '', url.pathname);
    if (ids) return { status: 200, body: give(url, ids) };
  }
  return { status: 404, body: { ...failure, status: 404, detail: 'No such route.' } };
}

function changed(method: string, path: string): { status: number; body: unknown } {
  if (path === '/api/v1/check')
    return { status: 200, body: { unavailable: '', isRunning: method === 'POST', lastReport: null } };
  const correction = {
    id: 7,
    atMs: Date.now(),
    by: 'tester',
    kind: 'state',
    subject: summary.id,
    value: 'landed',
    reason: 'it is',
    undoneBy: null,
  };
  if (path === '/api/v1/delegates') return { status: 200, body: { items: [correction] } };
  if (path.startsWith('/api/v1/bundles')) return { status: 200, body: ownBundle };
  if (path === '/api/v1/sources') return { status: 200, body: { locations: ['/srv/mail/pets.mbox'] } };
  if (path.endsWith('/bulk')) return { status: 200, body: { items: [correction, { ...correction, id: 8 }] } };
  return { status: 200, body: correction };
}

/** Ids of a path that fits a route; undefined where it does not. */
function matchRoute(route: string, path: string): string[] | undefined {
  const wanted = route.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const ids: string[] = [];
  for (const [at, part] of wanted.entries()) {
    if (part.startsWith('{')) ids.push(decodeURIComponent(given[at] ?? ''));
    else if (part !== given[at]) return undefined;
  }
  return ids;
}

/** Whether the shell answers this path. */
export function isPage(path: string): boolean {
  return readUrl(path).page !== 'missing' || path.startsWith('/nowhere');
}
