/**
 * Story: what the pages are shown in tests: one patch through nine versions, its review, a bug it led to, the landings.
 *
 * Invented people and sentences. The shapes are those of server/wire.ts, so a page that a test likes fits the server.
 */
import type {
  GridCell,
  LineageRow,
  MessageDetail,
  MessageSummary,
  PersonName,
  RevisionSummary,
  SeriesDetail,
  SeriesSummary,
  ThreadDetail,
  Why,
  WirePoint,
} from '../../server/wire.ts';

export const dayMs = 86_400_000;
export const startMs = Date.UTC(2026, 1, 3, 9, 30);

export const ada: PersonName = { name: 'Ada Moss', address: 'ada@moss.example' };
export const bo: PersonName = { name: 'Bo Lindqvist', address: 'bo@harbour.example' };
export const chidi: PersonName = { name: 'Chidi Okoro', address: 'chidi@okoro.example' };
export const dana: PersonName = { name: 'Dana Weiss', address: 'dana@weiss.example' };

export const patchId = '20260203.2-ada@moss.example';

export function why(rule: string, says: string, confidence: number, words: string[] = []): Why {
  return {
    rule,
    says,
    confidence,
    confidenceWord: confidence >= 0.95 ? 'certain' : confidence >= 0.7 ? 'likely' : 'guess',
    by: 'rule',
    evidence:
      words.length === 0
        ? []
        : [{ messageId: 'reply-1@harbour.example', part: 'body', start: 3, end: 5, words }],
  };
}

const sendings: readonly [label: string, day: number, position: number, total: number][] = [
  ['v4', 0, 2, 5],
  ['v5', 9, 10, 13],
  ['v6', 30, 5, 8],
  ['v7', 44, 5, 8],
  ['v7.2', 45, 5, 8],
  ['v8', 70, 6, 9],
  ['v9', 86, 2, 3],
];

export const newTitle = 'alpha: Use the thread area in get_cpu() where there is one';
export const oldTitle = 'alpha: get_cpu(): read the CPU number from the thread area';

export function postingId(label: string): string {
  return label === 'v4' ? patchId : `${label}-2-ada@moss.example`;
}

export const revisions: RevisionSummary[] = sendings.map(([label, day, , total], at) => ({
  id: label === 'v4' ? '20260203.0-ada@moss.example' : `${label}-0-ada@moss.example`,
  label,
  version: Number.parseInt(label.slice(1), 10),
  isRfc: false,
  isResend: label === 'v7.2',
  total,
  held: label === 'v5' ? 12 : total,
  hasCover: true,
  title: 'Thread areas for alpha',
  sentMs: startMs + day * dayMs,
  thread: label === 'v4' ? '20260203.0-ada@moss.example' : `${label}-0-ada@moss.example`,
  previous: at === 0 ? null : (sendings[at - 1]?.[0] ?? null),
  why:
    at === 0
      ? null
      : why('same-author-and-title', 'The author sent a cover letter with the same title before.', 0.97, [
          'Changes since v4:',
          '- rebased',
        ]),
}));

const mainCells: GridCell[] = sendings.map(([label, , position, total], at) => ({
  revision: label,
  messageId: postingId(label),
  position,
  total,
  patchVersion: null,
  title: label === 'v9' ? newTitle : oldTitle,
  changes:
    at === 0
      ? ['new']
      : label === 'v7.2'
        ? ['same']
        : label === 'v9'
          ? ['moved', 'renamed', 'changed']
          : ['moved', 'changed'],
  why:
    at === 0
      ? null
      : why(
          'same-files-and-function',
          'Both change the same function of the same file.',
          label === 'v9' ? 0.62 : 0.98,
          ['+  int cpu = area_cpu_id ();'],
        ),
  acked: 0,
  reviewed: label === 'v9' ? 1 : 0,
  tested: 0,
  openPoints: label === 'v8' ? 1 : 0,
}));

function otherRow(id: string, title: string, cells: [string, number, number, number | null][]): LineageRow {
  const labels = cells.map(([label]) => label);
  const last = sendings.findIndex(([label]) => label === labels.at(-1));
  return {
    id,
    title,
    formerTitles: [],
    droppedIn: sendings[last + 1]?.[0] ?? null,
    cells: cells.map(([label, position, total, patchVersion], at) => ({
      revision: label,
      messageId: `${label}-${position}-ada@moss.example`,
      position,
      total,
      patchVersion,
      title,
      changes: at === 0 ? ['new'] : at % 2 === 1 ? ['same'] : ['changed'],
      why: at === 0 ? null : why('same-diff', 'The diffs are the same line by line.', 0.99),
      acked: at === 1 ? 1 : 0,
      reviewed: 0,
      tested: 0,
      openPoints: 0,
    })),
  };
}

const mainRow: LineageRow = {
  id: patchId,
  title: newTitle,
  formerTitles: [{ title: oldTitle, until: 'v9' }],
  cells: mainCells,
  droppedIn: null,
};

const openPoint: WirePoint = {
  id: 'reply-1@harbour.example#6',
  messageId: 'reply-1@harbour.example',
  author: bo,
  atMs: startMs + 72 * dayMs,
  kind: 'question',
  status: 'open',
  statusWhy: why('no-answer-after', 'No later mail of the author answers these lines.', 0.8, [
    'What happens when the kernel has not',
    'written the number yet?',
  ]),
  words: [
    'What happens when the kernel has not written the number yet?',
    'A new thread could see the CPU of its parent.',
  ],
  anchorMessage: postingId('v8'),
  anchorStart: 20,
  anchorEnd: 21,
  anchorWords: ['+  int cpu = area_cpu_id ();'],
  posting: postingId('v8'),
  on: 'v8',
};

const donePoint: WirePoint = {
  ...openPoint,
  id: 'reply-1@harbour.example#14',
  kind: 'change-requested',
  status: 'addressed',
  statusWhy: why('line-changed-later', 'The quoted line is another one in v9.', 0.9, ['-  return cpu;']),
  words: ['Please return the fallback here, not the raw number.'],
  anchorStart: 22,
  anchorEnd: 23,
  anchorWords: ['+  return cpu;'],
};

export const points: WirePoint[] = [
  openPoint,
  donePoint,
  {
    ...openPoint,
    id: 'reply-3@okoro.example#2',
    messageId: 'reply-3@okoro.example',
    author: chidi,
    kind: 'nit',
    status: 'answered',
    words: ['The comment still names the old function.'],
    anchorWords: ['+/* Ask get_cpu_old for the number.  */'],
    anchorStart: 18,
    anchorEnd: 19,
  },
];

export const summary: SeriesSummary = {
  id: patchId,
  title: newTitle,
  author: ada,
  lists: ['lib-alpha', 'kernel-beta'],
  version: 9,
  total: 3,
  isRfc: false,
  revisions: 7,
  firstMs: startMs,
  lastMs: startMs + 190 * dayMs,
  state: 'under-review',
  stateWhy: why('somebody-answered', 'Somebody other than the author answered.', 0.9, [
    'I like it, but see below.',
  ]),
  turn: 'author',
  waitingPerson: 'ada@moss.example',
  waitingSinceMs: startMs + 72 * dayMs,
  waitingWhy: 'Bo Lindqvist asked a question that is not answered.',
  waiting: why('open-question', 'A question was asked and not answered.', 0.85, [
    'What happens when the kernel has not',
    'written the number yet?',
  ]),
  openPoints: 1,
  acked: 0,
  reviewed: 1,
  tested: 0,
};

export const series: SeriesDetail = {
  summary,
  formerTitles: [{ title: oldTitle, until: 'v9' }],
  revisions,
  ghosts: [
    { version: 3, why: why('change-log', 'The change log of v4 speaks of v3.', 0.9, ['Changes since v3:']) },
  ],
  grid: [
    otherRow('area', 'alpha: Register a thread area for each thread', [
      ['v4', 1, 5, null],
      ['v5', 9, 13, null],
      ['v6', 4, 8, 20],
      ['v7', 4, 8, 21],
      ['v7.2', 4, 8, 21],
      ['v8', 5, 9, 21],
      ['v9', 1, 3, 22],
    ]),
    mainRow,
    otherRow('bench', 'alpha: Measure get_cpu() in the benchmarks', [
      ['v8', 7, 9, null],
      ['v9', 3, 3, null],
    ]),
    otherRow('sockets', 'alpha: Number sockets apart from cores', [
      ['v4', 3, 5, null],
      ['v5', 11, 13, null],
    ]),
  ],
  trailers: [
    {
      name: 'Reviewed-by',
      value: 'Chidi Okoro <chidi@okoro.example>',
      person: chidi,
      givenIn: 'reply-3@okoro.example',
      messageId: postingId('v9'),
      on: 'v9',
      isOwn: true,
      standing: 'current',
      why: why('trailer-line', 'A reply holds the line.', 0.99, [
        'Reviewed-by: Chidi Okoro <chidi@okoro.example>',
      ]),
    },
    {
      name: 'Acked-by',
      value: 'Dana Weiss <dana@weiss.example>',
      person: dana,
      givenIn: 'reply-9@weiss.example',
      messageId: 'v5-9-ada@moss.example',
      on: 'v5',
      isOwn: true,
      standing: 'dropped',
      why: why('trailer-line', 'A reply holds the line.', 0.99, [
        'Acked-by: Dana Weiss <dana@weiss.example>',
      ]),
    },
  ],
  points,
  stances: [
    {
      person: bo,
      kind: 'question',
      atMs: startMs + 72 * dayMs,
      messageId: 'reply-1@harbour.example',
      posting: postingId('v8'),
      isConditional: false,
      why: why('question-mark', 'Own words end in a question.', 0.75, ['written the number yet?']),
    },
    {
      person: chidi,
      kind: 'review',
      atMs: startMs + 90 * dayMs,
      messageId: 'reply-3@okoro.example',
      posting: postingId('v9'),
      isConditional: true,
      why: why('trailer-line', 'A reply holds the line.', 0.99, [
        'With that mended,',
        'Reviewed-by: Chidi Okoro',
      ]),
    },
  ],
  landings: [
    {
      notice: 'notice-1@tip.example',
      kind: 'applied',
      messageId: postingId('v9'),
      title: 'area: Tell new threads their CPU',
      sha: 'c0ffee0123456789c0ffee0123456789c0ffee01',
      tree: 'core/urgent',
      release: '',
      atMs: startMs + 120 * dayMs,
      why: why('notice-tip-bot', 'The tip bot says that it was merged.', 1, [
        'has been merged into core/urgent',
      ]),
    },
    {
      notice: 'notice-2@stable.example',
      kind: 'released',
      messageId: null,
      title: 'area: Tell new threads their CPU',
      sha: 'c0ffee0123456789c0ffee0123456789c0ffee01',
      tree: 'stable',
      release: '5.7.9',
      atMs: startMs + 140 * dayMs,
      why: why('notice-release', 'The announcement of a release lists it.', 0.97, [
        'area: Tell new threads their CPU',
      ]),
    },
  ],
  related: [
    {
      messageId: 'bug-1@moss.example',
      subject: '[RFC] area: new threads are told a stale CPU',
      isHeld: true,
      why: why('link-in-text', 'A mail holds the link.', 1, ['https://lore.example/r/bug-1@moss.example']),
    },
    {
      messageId: 'talk-7@elsewhere.example',
      subject: '',
      isHeld: false,
      why: why('link-in-text', 'A mail holds the link.', 1),
    },
  ],
};

export const patchBody = [
  'Read the CPU number from the thread area where the kernel keeps one, and',
  'ask the kernel only where there is none. See https://example.org/areas.',
  '',
  'Signed-off-by: Ada Moss <ada@moss.example>',
  '---',
  'Changes since v7:',
  '- name the fallback',
  '',
  ' src/cpu.c | 9 +++++++--',
  ' 1 file changed, 7 insertions(+), 2 deletions(-)',
  '',
  'diff --git a/src/cpu.c b/src/cpu.c',
  'index 1111111..2222222 100644',
  '--- a/src/cpu.c',
  '+++ b/src/cpu.c',
  '@@ -20,7 +20,12 @@ cpu_setup (void)',
  ' int',
  ' get_cpu (void)',
  '+/* Ask get_cpu_old for the number.  */',
  ' {',
  '+  int cpu = area_cpu_id ();',
  '+  if (__glibc_likely (cpu >= 0))',
  '+    return cpu;',
  '-  return INLINE_SYSCALL (getcpu, 0);',
  '+  const char *way = "syscall";',
  '+  return get_cpu_by (way);',
  ' }',
  '-- ',
  '2.40.1',
];

export function messageSummary(
  messageId: string,
  from: PersonName,
  day: number,
  subject: string,
): MessageSummary {
  return {
    messageId,
    subject,
    from,
    sortMs: startMs + day * dayMs,
    lists: ['lib-alpha'],
    thread: postingId('v8'),
    parent: null,
    parentIsGuess: false,
    isPosting: false,
    sizeBytes: 4200,
  };
}

function detail(base: MessageSummary, body: string[], more: Partial<MessageDetail> = {}): MessageDetail {
  return {
    ...base,
    to: [ada],
    cc: [{ name: '', address: 'lib-alpha@lists.example' }],
    dateText: 'Fri, 17 Apr 2026 09:30:00 +0000',
    body,
    quotes: [],
    diff: null,
    attachments: [],
    troubles: [],
    appearances: [{ list: 'lib-alpha', source: 'alpha.mbox', arrivedMs: null }],
    copies: 0,
    series: patchId,
    revision: 'v8',
    trailersGiven: [],
    points: [],
    headers: [],
    ...more,
  };
}

const subject = `[PATCH v8 6/9] ${oldTitle}`;

export const posting = detail(
  { ...messageSummary(postingId('v8'), ada, 70, subject), isPosting: true },
  patchBody,
  { diff: { start: 11, end: 27 } },
);

const reply = detail(
  { ...messageSummary('reply-1@harbour.example', bo, 72, `Re: ${subject}`), parent: posting.messageId },
  [
    '* Ada Moss wrote:',
    ...patchBody.slice(12, 16).map((line) => `> ${line}`),
    '> +  int cpu = area_cpu_id ();',
    'What happens when the kernel has not written the number yet?',
    'A new thread could see the CPU of its parent.',
    '',
    '> +  if (__glibc_likely (cpu >= 0))',
    '> +    return cpu;',
    '> -  return INLINE_SYSCALL (getcpu, 0);',
    '> +  const char *way = "syscall";',
    '',
    'Please return the fallback here, not the raw number.',
    '',
    'Bo',
    '-- ',
    'Harbour Systems, https://harbour.example/',
  ],
  {
    quotes: [
      {
        start: 1,
        end: 6,
        depth: 1,
        source: posting.messageId,
        sourceStart: 12,
        sourceEnd: 21,
        author: ada,
        confidence: 1,
      },
      {
        start: 9,
        end: 13,
        depth: 1,
        source: posting.messageId,
        sourceStart: 21,
        sourceEnd: 25,
        author: ada,
        confidence: 1,
      },
    ],
    points: [openPoint, donePoint],
  },
);

const deepReply = detail(
  { ...messageSummary('reply-2@moss.example', ada, 73, `Re: ${subject}`), parent: reply.messageId },
  [
    'Bo Lindqvist <bo@harbour.example> writes:',
    '',
    '> * Ada Moss wrote:',
    ...patchBody.slice(12, 22).map((line) => `>> ${line}`),
    '> What happens when the kernel has not written the number yet?',
    '> A new thread could see the CPU of its parent.',
    '',
    'You are right: on the test machine three of ten thousand threads saw it.',
    'I will look at the kernel side first and send that as its own series.',
    '',
    'Ada',
    '',
    ...patchBody.slice(0, 8).map((line) => `> > ${line}`),
  ],
  {
    quotes: [
      {
        start: 3,
        end: 13,
        depth: 2,
        source: posting.messageId,
        sourceStart: 12,
        sourceEnd: 22,
        author: ada,
        confidence: 1,
      },
      {
        start: 13,
        end: 15,
        depth: 1,
        source: reply.messageId,
        sourceStart: 6,
        sourceEnd: 8,
        author: bo,
        confidence: 1,
      },
    ],
    parentIsGuess: true,
  },
);

const review = detail(
  { ...messageSummary('reply-3@okoro.example', chidi, 74, `Re: ${subject}`), parent: 'lost-1@weiss.example' },
  [
    'The comment still names the old function. With that mended,',
    '',
    'Reviewed-by: Chidi Okoro <chidi@okoro.example>',
  ],
  {
    trailersGiven: [
      { name: 'Reviewed-by', value: 'Chidi Okoro <chidi@okoro.example>', messageId: posting.messageId },
    ],
    attachments: [
      { filename: 'run.log', contentType: 'text/plain', sizeBytes: 812, text: 'pass: get_cpu\nfail: none' },
    ],
  },
);

const bodies = [posting, reply, deepReply, review];

export const thread: ThreadDetail = {
  id: posting.messageId,
  subject,
  nodes: [
    { messageId: posting.messageId, message: posting, depth: 0, parent: null },
    { messageId: reply.messageId, message: reply, depth: 1, parent: posting.messageId },
    { messageId: deepReply.messageId, message: deepReply, depth: 2, parent: reply.messageId },
    { messageId: 'lost-1@weiss.example', message: null, depth: 1, parent: posting.messageId },
    { messageId: review.messageId, message: review, depth: 2, parent: 'lost-1@weiss.example' },
  ].map((node) => ({ ...node, message: node.message && { ...messageOf(node.message) } })),
  messages: bodies,
  offset: 0,
  nextOffset: null,
};

/** Only what an outline holds. */
function messageOf(full: MessageDetail): MessageSummary {
  const {
    messageId,
    subject: title,
    from,
    sortMs,
    lists,
    parent,
    parentIsGuess,
    isPosting,
    sizeBytes,
  } = full;
  return {
    messageId,
    subject: title,
    from,
    sortMs,
    lists,
    thread: full.thread,
    parent,
    parentIsGuess,
    isPosting,
    sizeBytes,
  };
}
