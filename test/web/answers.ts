/**
 * Answers: what the fixture server gives for each route of the API, made of the story.
 *
 * `states` change all of it: `full`, `empty` (nothing held), `error` (every read fails), `hostile` (a stranger's text).
 */
import { readUrl } from '../../server/urls.ts';
import type {
  Api,
  DiffFile,
  KernelFix,
  PatchDetail,
  PersonDetail,
  Problem,
  RangeDiff,
  SearchAnswer,
  SeriesSummary,
  WireReport,
} from '../../server/wire.ts';
import {
  ada,
  bo,
  chidi,
  dana,
  dayMs,
  messageSummary,
  newTitle,
  oldTitle,
  patchBody,
  posting,
  postingId,
  series,
  startMs,
  summary,
  thread,
  why,
} from './story.ts';

export type State = 'full' | 'empty' | 'error';

type Answers = {
  readonly [Route in keyof Api]?: (url: URL, ids: readonly string[]) => Api[Route]['gives'] | null;
};

const others: SeriesSummary[] = [
  {
    ...summary,
    id: 'area-1@moss.example',
    title: 'area: Tell new threads their CPU',
    version: 1,
    total: 1,
    revisions: 2,
    lists: ['kernel-beta'],
    state: 'landed',
    turn: 'nobody',
    waitingPerson: '',
    waitingWhy: 'It is in mainline since 5.8.',
    openPoints: 0,
    reviewed: 2,
    tested: 1,
  },
  {
    ...summary,
    id: 'timer-1@harbour.example',
    title: 'timers: Do not count a tick twice when the clock was stopped and started within it',
    author: bo,
    version: 2,
    total: 4,
    lists: ['kernel-beta'],
    state: 'reviewed',
    turn: 'maintainer',
    waitingPerson: '',
    waitingSinceMs: Date.now() - 6 * dayMs,
    lastMs: Date.now() - 6 * dayMs,
    waitingWhy: 'All 4 patches are reviewed or acked, but not applied.',
    openPoints: 0,
    acked: 1,
    reviewed: 4,
  },
  {
    ...summary,
    id: 'pages-1@weiss.example',
    title: 'mm: Name the zone when a page is given back to the wrong one',
    author: dana,
    version: 1,
    isRfc: true,
    total: 12,
    lists: ['kernel-beta'],
    state: 'rfc',
    turn: 'reviewer',
    waitingPerson: '',
    waitingSinceMs: Date.now() - 20 * dayMs,
    lastMs: Date.now() - 20 * dayMs,
    waitingWhy: 'Nobody has answered it.',
    openPoints: 0,
    reviewed: 0,
  },
  {
    ...summary,
    id: 'docs-1@okoro.example',
    title: 'doc: Say which locks are held',
    author: chidi,
    version: 3,
    total: 1,
    state: 'changes-requested',
    turn: 'author',
    waitingPerson: 'chidi@okoro.example',
    waitingSinceMs: Date.now() - 3 * dayMs,
    lastMs: Date.now() - 2 * dayMs,
    waitingWhy: 'Dana Weiss asked for a change that is not made.',
    openPoints: 3,
    reviewed: 0,
    acked: 1,
  },
];

const files: DiffFile[] = [
  {
    path: 'src/cpu.c',
    oldPath: 'src/cpu.c',
    status: 'changed',
    added: 6,
    removed: 1,
    hunks: [
      {
        header: patchBody[15] ?? '',
        lines: patchBody.slice(16, 27).map((line, at) => ({
          kind: line.startsWith('+') ? '+' : line.startsWith('-') ? '-' : ' ',
          text: line.slice(1),
          oldLine: line.startsWith('+') ? null : 20 + at,
          newLine: line.startsWith('-') ? null : 20 + at,
          bodyLine: 16 + at,
        })),
      },
    ],
  },
];

const rangeDiff: RangeDiff = {
  from: 'v8',
  to: 'v9',
  pairs: [
    {
      lineage: 'area',
      old: {
        messageId: 'v8-5-ada@moss.example',
        position: 5,
        title: 'alpha: Register a thread area for each thread',
      },
      new: {
        messageId: 'v9-1-ada@moss.example',
        position: 1,
        title: 'alpha: Register a thread area for each thread',
      },
      mark: '=',
      lines: [],
      isCut: false,
    },
    {
      lineage: 'main',
      old: { messageId: postingId('v8'), position: 6, title: oldTitle },
      new: { messageId: postingId('v9'), position: 2, title: newTitle },
      mark: '!',
      lines: [
        { kind: ' ', text: 'Author: Ada Moss <ada@moss.example>', words: [] },
        { kind: '-', text: `    ${oldTitle}`, words: [[11, 20]] },
        { kind: '+', text: `    ${newTitle}`, words: [[11, 14]] },
        { kind: ' ', text: '@@ src/cpu.c: get_cpu (void)', words: [] },
        { kind: ' ', text: ' {', words: [] },
        { kind: '-', text: '+  int cpu = area_cpu_id ();', words: [[13, 24]] },
        { kind: '+', text: '+  int cpu = area_cpu ();', words: [[13, 21]] },
        { kind: ' ', text: '+  if (__glibc_likely (cpu >= 0))', words: [] },
        { kind: ' ', text: '+    return cpu;', words: [] },
        { kind: '+', text: '+  /* An old kernel: ask it.  */', words: [] },
        { kind: '-', text: '-  return INLINE_SYSCALL (getcpu, 0);', words: [] },
      ],
      isCut: false,
    },
    {
      lineage: 'dropped',
      old: { messageId: 'v8-8-ada@moss.example', position: 8, title: 'alpha: Try the area in a loop' },
      new: null,
      mark: '<',
      lines: [],
      isCut: false,
    },
    {
      lineage: 'bench',
      old: null,
      new: {
        messageId: 'v9-3-ada@moss.example',
        position: 3,
        title: 'alpha: Measure get_cpu() in the benchmarks',
      },
      mark: '>',
      lines: [],
      isCut: false,
    },
  ],
};

const report: WireReport = {
  id: 'r2',
  receivedMs: Date.now() - dayMs,
  release: '5.4.0-42-generic',
  kernelVersion: '#46-Debian SMP Fri Jul 10 00:24:02 UTC 2026',
  arch: 'x86_64',
  machine: 'quiet-otter',
  isVirtual: true,
  verdict: 'broken',
  reason: '',
  sentence:
    'This kernel (5.4.0-42) still has the stale CPU number: 3 of 10 000 new threads read another CPU first.',
  checks: [
    {
      name: 'new-task-cpu-id',
      status: 'fail',
      reason: '',
      evidence: { effective: 10_000, stale: 3, equal: 9997, trials: 31_000, method: 'placement' },
    },
    { name: 'membarrier-rseq', status: 'pass', reason: '', evidence: { duration_ms: 41 } },
    { name: 'mm-cid-unique', status: 'skip', reason: 'no-mm-cid', evidence: {} },
  ],
};

const fixedReport: WireReport = {
  ...report,
  id: 'r1',
  receivedMs: Date.now() - 9 * dayMs,
  release: '5.8.1',
  machine: 'slow-heron',
  verdict: 'fixed',
  sentence: 'This kernel (5.8.1) has the fix: none of 10 000 new threads read a wrong CPU number.',
  checks: report.checks.map((check) => (check.status === 'fail' ? { ...check, status: 'pass' } : check)),
};

const fix: KernelFix = {
  name: 'new-task-cpu-id',
  title: 'area: Tell new threads their CPU',
  commit: 'c0ffee0123456789c0ffee0123456789c0ffee01',
  check: 'new-task-cpu-id',
  introduced: 'badc0de0123456789badc0de0123456789badc0d',
  landings: series.landings,
  cells: [
    {
      release: '4.14.180',
      expected: 'not-affected',
      expectedWhy: why('release-before-bug', 'The faulty code came with a later release.', 0.97),
      measured: [],
    },
    {
      release: '5.4.0-42-generic',
      expected: 'fixed',
      expectedWhy: why('release-has-fix', 'This release is the first with the fix.', 0.8, [
        'area: Tell new threads their CPU',
      ]),
      measured: [{ reportId: 'r2', machine: 'quiet-otter', verdict: 'broken', agrees: false }],
    },
    {
      release: '5.7.9',
      expected: 'fixed',
      expectedWhy: why('release-has-fix', 'This release is the first with the fix.', 1),
      measured: [],
    },
    {
      release: '5.8.1',
      expected: 'fixed',
      expectedWhy: why('release-has-fix', 'A release before it has the fix.', 1),
      measured: [{ reportId: 'r1', machine: 'slow-heron', verdict: 'fixed', agrees: true }],
    },
    { release: '5.6.0', expected: 'unknown', expectedWhy: null, measured: [] },
  ],
};

const found: SearchAnswer = {
  understood: 'subject has "thread area", sent from 2026-01-01 on',
  count: 1234,
  countIsExact: false,
  next: 'page-2',
  items: [
    {
      message: posting,
      series: series.summary.id,
      lines: [
        {
          line: 0,
          text: 'Read the CPU number from the thread area where the kernel keeps one, and',
          marks: [
            [29, 35],
            [36, 40],
          ],
        },
      ],
    },
    ...thread.messages.slice(1, 3).map((message) => ({
      message,
      series: series.summary.id,
      lines: [
        {
          line: 7,
          text: 'A new thread could see the CPU of its parent.',
          marks: [[6, 12]] as [number, number][],
        },
      ],
    })),
    {
      message: {
        ...messageSummary('bug-1@moss.example', ada, 100, '[RFC] area: new threads are told a stale CPU'),
        thread: 'bug-1@moss.example',
      },
      series: null,
      lines: [],
    },
  ],
};

const person: PersonDetail = {
  ...ada,
  messages: 1204,
  postings: 310,
  series: 41,
  trailersGiven: 77,
  firstMs: startMs - 2000 * dayMs,
  lastMs: startMs + 190 * dayMs,
  openTurns: [summary],
  recentSeries: [summary, ...others.slice(0, 1)],
  recentMessages: thread.messages.slice(0, 3),
};

const patch: PatchDetail = {
  message: posting,
  cell:
    series.grid[1]?.cells.find(({ revision }) => revision === 'v8') ?? series.grid[0]?.cells[0] ?? missing(),
  files,
  isCorrupt: false,
};

function missing(): never {
  throw new Error('the story has no cell');
}

const completions = [
  { insert: 's:', help: 'words in the subject', example: 's:"thread area"' },
  { insert: 'f:', help: 'who sent it', example: 'f:ada@moss.example' },
  { insert: 'd:', help: 'when it was sent', example: 'd:2026-01-01..' },
  { insert: 'is:', help: 'what became of the series', example: 'is:open' },
];

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
        lastError: '',
        progress: { done: 4_100_000, total: 9_800_000, unit: 'bytes', mailsPerSecond: 1240, etaMs: 42_000 },
      },
      {
        location: 'imaps://reader@mail.example/beta',
        kind: 'imap',
        list: 'kernel-beta',
        mails: 92_310,
        lastPulledMs: Date.now() - 2 * dayMs,
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
  'GET /api/v1/threads/{id}': () => thread,
  'GET /api/v1/search': (url) =>
    url.searchParams.has('cursor') ? { ...found, items: [], next: null } : found,
  'GET /api/v1/search/completions': () => ({ items: completions }),
  'GET /api/v1/people': () => ({ items: [person, { ...person, ...bo }], next: null }),
  'GET /api/v1/people/{address}': () => person,
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
    related: [],
  }),
  'GET /api/v1/series/{id}/diff': () => ({ ...rangeDiff, pairs: [] }),
  'GET /api/v1/patches/{id}': () => ({ ...patch, files: [] }),
  'GET /api/v1/search': () => ({ ...found, items: [], count: 0, countIsExact: true, next: null }),
  'GET /api/v1/people': emptyPage,
  'GET /api/v1/people/{address}': () => ({ ...person, openTurns: [], recentSeries: [], recentMessages: [] }),
  'GET /api/v1/kernels': () => ({ items: [] }),
  'GET /api/v1/reports': () => ({ items: [] }),
  'GET /api/v1/check': () => ({ unavailable: '', isRunning: false, lastReport: null }),
  'GET /api/v1/troubles': emptyPage,
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

/** Events of a local check from its start to its end. */
export const checkEvents = [
  { kind: 'building', text: 'cc -O2 …', line: null, report: null },
  {
    kind: 'line',
    text: '',
    line: { type: 'start', checks: ['new-task-cpu-id', 'membarrier-rseq'] },
    report: null,
  },
  {
    kind: 'line',
    text: '',
    line: { type: 'progress', check: 'new-task-cpu-id', effective: 700, target: 2000 },
    report: null,
  },
  {
    kind: 'line',
    text: '',
    line: { type: 'result', check: 'new-task-cpu-id', status: 'pass' },
    report: null,
  },
  {
    kind: 'line',
    text: '',
    line: { type: 'result', check: 'membarrier-rseq', status: 'pass' },
    report: null,
  },
  { kind: 'done', text: '', line: null, report: fixedReport },
];
