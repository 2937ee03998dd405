/**
 * A small invented corpus in a real store: two revisions of one series with a review, an approval and a landing; a
 * discussion with a mail that is missing; and a mail that means harm.
 *
 *   [PATCH 1/2] pump: count strokes                     ada   hour 1   count
 *     [PATCH 2/2] pump: report strokes                  ada   hour 1   report
 *     Re: [PATCH 1/2] pump: count strokes               bo    hour 5   question
 *   [PATCH v2 1/2] pump: count strokes                  ada   hour 30  count2
 *     [PATCH v2 2/2] pump: print strokes                ada   hour 30  print2
 *     Re: [PATCH v2 1/2] pump: count strokes            bo    hour 40  approval
 *     Re: [PATCH v2 1/2] pump: count strokes            cy    hour 50  applied
 *   Which pump?                                         dee   hour 60  which
 *     (not held)                                                      missing
 *       Re: Which pump?                                 bo    hour 62  that-one
 *   </script><script>alert(1)</script>                  eve   hour 70  a/b%2Fc?d&e#f+g
 *
 * Facts are written by hand, so these tests say what the server makes of facts, whatever rules give them.
 */
import { threadMessages } from '../../ingest/link/thread.ts';
import type { Basis } from '../../ingest/model/fact.ts';
import { bodyEvidence, headerEvidence } from '../../ingest/model/fact.ts';
import type { Placement, Revision } from '../../ingest/model/series.ts';
import { prepareMail } from '../../ingest/stage/prepare-mail.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { SeriesRow, Store, StoredFact } from '../../ingest/store/store.ts';
import { idOf, mailText, patchBody } from '../support/mail-text.ts';

export const list = 'pump';
export const hourMs = (hour: number) => Date.UTC(2020, 0, 1) + hour * 3_600_000;
/** The clock of these tests: four days after the first mail. */
export const nowMs = hourMs(96);
export const hostileId = idOf('a/b%2Fc?d&e#f+g');
export const seriesId = idOf('count');

const bo = 'Bo Example <bo@example.org>';

const mails = [
  mailText({
    id: 'count',
    subject: '[PATCH 1/2] pump: count strokes',
    hour: 1,
    body: patchBody({ message: 'Count them.', now: ['strokes = 1;'] }),
  }),
  mailText({
    id: 'report',
    subject: '[PATCH 2/2] pump: report strokes',
    hour: 1,
    inReplyTo: 'count',
    body: patchBody({ message: 'Report them.', file: 'report.c', now: ['say(strokes);'] }),
  }),
  mailText({
    id: 'question',
    subject: 'Re: [PATCH 1/2] pump: count strokes',
    from: bo,
    hour: 5,
    inReplyTo: 'count',
    body: 'On day one, Ada Example wrote:\n> +strokes = 1;\n\nWhy not zero?\n',
  }),
  mailText({
    id: 'count2',
    subject: '[PATCH v2 1/2] pump: count strokes',
    hour: 30,
    body: patchBody({ message: 'Count them.', now: ['strokes = 0;'] }),
  }),
  mailText({
    id: 'print2',
    subject: '[PATCH v2 2/2] pump: print strokes',
    hour: 30,
    inReplyTo: 'count2',
    body: patchBody({ message: 'Report them.', file: 'report.c', now: ['say(strokes);'] }),
  }),
  mailText({
    id: 'approval',
    subject: 'Re: [PATCH v2 1/2] pump: count strokes',
    from: bo,
    hour: 40,
    inReplyTo: 'count2',
    body: 'Reviewed-by: Bo Example <bo@example.org>\n',
  }),
  mailText({
    id: 'applied',
    subject: 'Re: [PATCH v2 1/2] pump: count strokes',
    from: 'Cy Example <cy@example.org>',
    hour: 50,
    inReplyTo: 'count2',
    body: 'Applied as 0123456789ab, thanks.\n',
  }),
  mailText({ id: 'which', subject: 'Which pump?', from: 'Dee Example <dee@example.org>', hour: 60 }),
  mailText({
    id: 'that-one',
    subject: 'Re: Which pump?',
    from: bo,
    hour: 62,
    references: ['which'],
    inReplyTo: 'missing',
  }),
  mailText({
    id: 'a/b%2Fc?d&e#f+g',
    subject: '</script><script>alert(1)</script>',
    from: '"<img src=x>" <eve@example.org>',
    hour: 70,
    body: '</script><script>alert(2)</script>\n\u001b[31mred\n',
  }),
];

function basis(rule: string, evidence: Basis['evidence'] = []): Basis {
  return { rule, confidence: 0.9, evidence, by: 'rule' };
}

const revisions: Revision[] = [
  revision('count', 1, 1, ['count', 'report'], 'pump: count strokes'),
  {
    ...revision('count2', 2, 30, ['count2', 'print2'], 'pump: count strokes'),
    previous: seriesId,
    link: basis('version-next+author-same', [headerEvidence(idOf('count2'), 'subject')]),
  },
];

function revision(id: string, version: number, hour: number, postings: string[], title: string): Revision {
  return {
    id: idOf(id),
    series: seriesId,
    version,
    minor: 0,
    isRfc: false,
    isResend: false,
    total: 2,
    held: 2,
    hasCover: false,
    title,
    authorAddress: 'ada@example.org',
    authorName: 'Ada Example',
    sentMs: hourMs(hour),
    postings: postings.map(idOf),
    previous: null,
    link: null,
  };
}

const placements: Placement[] = [
  placement('count', 'count', 1, 1, 'count'),
  placement('report', 'count', 1, 2, 'report'),
  {
    ...placement('count2', 'count2', 2, 1, 'count'),
    previous: idOf('count'),
    link: { ...basis('patch-title-same'), changes: ['changed'] },
  },
  {
    ...placement('print2', 'count2', 2, 2, 'report'),
    previous: idOf('report'),
    link: { ...basis('patch-diff-same'), changes: ['renamed'] },
  },
];

function placement(
  id: string,
  revisionId: string,
  version: number,
  position: number,
  lineage: string,
): Placement {
  return {
    messageId: idOf(id),
    revision: idOf(revisionId),
    series: seriesId,
    lineage: idOf(lineage),
    version,
    position,
    total: 2,
    previous: null,
    link: null,
  };
}

const row: SeriesRow = {
  id: seriesId,
  title: 'pump: count strokes',
  titleWords: 'pump: count strokes',
  authorAddress: 'ada@example.org',
  authorName: 'Ada Example',
  lists: [list],
  firstMs: hourMs(1),
  lastMs: hourMs(30),
  latestRevision: idOf('count2'),
  version: 2,
  total: 2,
  isRfc: false,
  state: 'under-review',
  stateBasis: basis('somebody-answered', [headerEvidence(idOf('question'), 'from')]),
  turn: 'author',
  waitingPerson: 'ada@example.org',
  waitingSinceMs: hourMs(48),
  waitingWhy: 'Bo Example asked a question; Ada Example has not answered.',
  waitingBasis: basis('open-question', [bodyEvidence(idOf('question'), 3, 4)]),
  openPoints: 1,
  acked: 0,
  reviewed: 1,
  tested: 0,
  ghosts: [{ version: 3, basis: basis('change-log') }],
};

/** A second series, so that lists have pages. */
const otherRow: SeriesRow = {
  ...row,
  id: idOf('other'),
  title: 'valve: close slowly',
  titleWords: 'valve: close slowly',
  latestRevision: idOf('other'),
  version: 1,
  state: 'new',
  turn: 'reviewer',
  waitingPerson: '',
  waitingSinceMs: hourMs(60),
  ghosts: [],
};

const facts: StoredFact[] = [
  {
    ...basis('reply-trailer', [bodyEvidence(idOf('approval'), 0, 1)]),
    kind: 'trailer',
    owner: idOf('approval'),
    subject: idOf('count2'),
    value: {
      name: 'Reviewed-by',
      value: bo,
      givenIn: idOf('approval'),
      messageId: idOf('count2'),
      isOwn: true,
    },
  },
  {
    ...basis('quotes'),
    kind: 'quotes',
    owner: idOf('question'),
    subject: idOf('question'),
    value: [
      {
        start: 1,
        end: 2,
        depth: 1,
        source: idOf('count'),
        sourceStart: 15,
        sourceEnd: 16,
        rule: 'lines',
        confidence: 1,
      },
    ],
  },
  {
    ...basis('own-words'),
    kind: 'point',
    owner: idOf('question'),
    subject: idOf('count'),
    value: {
      id: `${idOf('question')}#3`,
      messageId: idOf('question'),
      start: 3,
      end: 4,
      kind: 'question',
      author: 'bo@example.org',
      anchorMessage: idOf('count'),
      anchorStart: 15,
      anchorEnd: 16,
      posting: idOf('count'),
      status: { ...basis('no-answer-yet', [bodyEvidence(idOf('question'), 3, 4)]), value: 'open' },
    },
  },
  {
    ...basis('reviewed-by', [bodyEvidence(idOf('approval'), 0, 1)]),
    kind: 'stance',
    owner: idOf('approval'),
    subject: idOf('count2'),
    value: {
      messageId: idOf('approval'),
      person: 'bo@example.org',
      personName: 'Bo Example',
      posting: idOf('count2'),
      kind: 'review',
      atMs: hourMs(40),
      isConditional: false,
    },
  },
  {
    ...basis('notice-applied-reply', [bodyEvidence(idOf('applied'), 0, 1)]),
    kind: 'landing',
    owner: seriesId,
    subject: idOf('count2'),
    value: {
      notice: idOf('applied'),
      kind: 'applied-reply',
      messageId: idOf('count2'),
      title: 'pump: count strokes',
      sha: '0123456789ab',
      tree: '',
      release: '',
      atMs: hourMs(50),
    },
  },
  {
    ...basis('stated-link'),
    kind: 'related',
    owner: idOf('count2'),
    subject: idOf('count2'),
    value: { messageId: idOf('which'), subject: '' },
  },
];

/** A store with the corpus, in memory of one file. */
export async function openCorpus(location: string): Promise<Store> {
  const store = await openStore(location);
  const batch = await Promise.all(
    mails.map((raw, at) => prepareMail({ raw, list, place: String(at), arrivedMs: hourMs(at) })),
  );
  const source = { location: 'pump.mbox', kind: 'mbox', list, cursor: null, mails: batch.length } as const;
  const health = { lastPulledMs: nowMs, lastTriedMs: nowMs, failures: 0, lastError: '' };
  await store.putMails(batch, { ...source, ...health, newestMs: null, lagMs: null }, nowMs);
  const held = new Set(batch.map(({ message }) => message.messageId));
  const threads = threadMessages(batch.map(({ message }) => message));
  await store.putThreads(
    threads
      .filter(({ messageId }) => held.has(messageId))
      .map(({ messageId, parent, thread }) => ({ messageId, parent, thread, parentIsGuess: false })),
  );
  await store.putLinks({ revisions, placements, gone: [] });
  await store.putFacts(
    [...new Set(facts.map(({ owner }) => owner))],
    [...new Set(facts.map(({ kind }) => kind))],
    facts,
  );
  await store.putSeries([row, otherRow], [], nowMs);
  await store.putTrouble([
    { messageId: '', source: 'pump.mbox', place: '7', code: 'charset-unknown', detail: 'x-pump' },
  ]);
  return store;
}
