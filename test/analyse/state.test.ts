import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SeriesFacts, seriesState } from '../../ingest/analyse/series-state.ts';
import { waitingOn } from '../../ingest/analyse/waiting-on.ts';
import type { Landing } from '../../ingest/model/landing.ts';
import type { Point, PointStatus, Stance } from '../../ingest/model/review.ts';
import type { Revision } from '../../ingest/model/series.ts';

const sentMs = Date.UTC(2020, 0, 1);

const revision: Revision = {
  id: 'v2',
  series: 'v1',
  version: 2,
  minor: 0,
  isRfc: false,
  isResend: false,
  total: 2,
  held: 2,
  hasCover: false,
  title: 'lay the ground',
  authorAddress: 'ada@example.org',
  authorName: 'Ada Example',
  sentMs,
  postings: ['v2', 'v2-2'],
  previous: null,
  link: null,
};

function facts(extra: Partial<SeriesFacts> = {}): SeriesFacts {
  return {
    revisions: [revision],
    landings: [],
    stances: [],
    points: [],
    senders: new Map([['reply', { name: 'Bo Example', address: 'bo@example.net', atMs: sentMs + 100 }]]),
    approved: 0,
    replies: [],
    roles: [],
    said: null,
    ...extra,
  };
}

function landing(kind: Landing['kind'], day: number, messageId = 'v2') {
  const value: Landing = {
    notice: `n-${kind}`,
    kind,
    messageId,
    title: '',
    sha: '',
    tree: '',
    release: '',
    atMs: sentMs + day,
  };
  return { value, rule: `notice-${kind}`, confidence: 0.9, evidence: [], by: 'rule' };
}

/** Notices that take both patches. */
const both = (kind: Landing['kind'], day: number) => [landing(kind, day), landing(kind, day, 'v2-2')];

function point(kind: Point['kind'], status: PointStatus): Point {
  return {
    id: 'p',
    messageId: 'reply',
    start: 3,
    end: 4,
    kind,
    author: 'bo@example.net',
    anchorMessage: 'v2',
    anchorStart: 0,
    anchorEnd: 1,
    posting: 'v2',
    status: {
      value: status,
      rule: 'no-answer',
      confidence: 0.8,
      evidence: [{ messageId: 'reply', part: 'body', start: 3, end: 4 }],
      by: 'rule',
    },
  };
}

const authors = ['ada', 'promise', 'withdraws'] as const;
const reviewers = ['bo', 'takes', 'looks', 'thanks'] as const;

/** What was answered, in order: who, and what its sender is going to do. */
const said = (...who: ((typeof authors)[number] | (typeof reviewers)[number])[]): SeriesFacts['replies'] =>
  who.map((one, at) => {
    const isAuthors = authors.some((name) => name === one);
    return {
      value: {
        messageId: at === 0 ? 'reply' : `reply-${at}`,
        person: isAuthors ? 'ada@example.org' : 'bo@example.net',
        personName: isAuthors ? 'Ada Example' : 'Bo Example',
        posting: 'v2',
        atMs: sentMs + 100 + at,
        isPromise: one === 'promise',
        willTake: one === 'takes',
        willReview: one === 'looks',
        isConsent: one === 'thanks',
        isWithdrawal: one === 'withdraws',
      },
      rule: 'answered',
      confidence: 0.95,
      evidence: [],
      by: 'rule',
    };
  });

function stance(kind: Stance['kind'], posting = 'v2', person = 'bo@example.net') {
  const value: Stance = {
    messageId: 'reply',
    person,
    personName: '',
    posting,
    kind,
    atMs: sentMs + 100,
    isConditional: false,
  };
  return { value, rule: 'stance', confidence: 0.9, evidence: [], by: 'rule' };
}

const rows: readonly (readonly [string, SeriesFacts, string, string, string])[] = [
  ['nobody answered', facts(), 'new', 'reviewer', 'Nobody has answered it.'],
  [
    'a request for comments',
    facts({ revisions: [{ ...revision, isRfc: true }] }),
    'rfc',
    'reviewer',
    'Nobody has answered it.',
  ],
  [
    'somebody answered, nothing is open',
    facts({ replies: said('bo') }),
    'under-review',
    'author',
    'Bo Example answered last; Ada Example has not.',
  ],
  [
    'somebody approved, and said more later',
    facts({ replies: said('bo', 'bo'), stances: [stance('ack')] }),
    'under-review',
    'maintainer',
    'Bo Example answered last; nothing open is left.',
  ],
  [
    'the author answered last',
    facts({ replies: said('bo', 'ada') }),
    'under-review',
    'reviewer',
    'Ada Example answered last.',
  ],
  [
    'the author agreed to change something',
    facts({ replies: said('bo', 'promise', 'ada') }),
    'under-review',
    'author',
    'Ada Example agreed to change something.',
  ],
  [
    'somebody is going to take it, whatever was asked before',
    facts({ replies: said('bo', 'takes', 'ada'), points: [point('change-requested', 'open')] }),
    'changes-requested',
    'maintainer',
    'Bo Example is going to take it.',
  ],
  [
    'somebody was going to take it, but the author sends another one',
    facts({ replies: said('takes', 'promise') }),
    'under-review',
    'author',
    'Ada Example agreed to change something.',
  ],
  [
    'the author explained, and the other thanks',
    facts({ replies: said('bo', 'ada', 'thanks') }),
    'under-review',
    'maintainer',
    'Bo Example answered last; nothing open is left.',
  ],
  [
    'the author agreed to change something, and the other thanks',
    facts({ replies: said('bo', 'promise', 'thanks') }),
    'under-review',
    'author',
    'Ada Example agreed to change something.',
  ],
  [
    'a third person is asked for something',
    facts({
      replies: said('bo', 'ada'),
      points: [{ ...point('change-requested', 'open'), anchorMessage: 'cleo' }],
      senders: new Map([['cleo', { name: 'Cleo Works', address: 'cleo@example.com', atMs: sentMs + 1 }]]),
    }),
    'under-review',
    'reviewer',
    'Ada Example answered last.',
  ],
  [
    'only the author added something',
    facts({ replies: said('ada') }),
    'new',
    'reviewer',
    'Nobody has answered it.',
  ],
  [
    'both patches are said to be applied',
    facts({ replies: said('bo'), stances: [stance('applied'), stance('applied', 'v2-2')] }),
    'applied',
    'nobody',
    'It was applied.',
  ],
  [
    'the second patch of two is said to be applied',
    facts({ replies: said('bo', 'ada'), stances: [stance('applied', 'v2-2')] }),
    'under-review',
    'reviewer',
    'Ada Example answered last.',
  ],
  [
    'below the patch that heads a series without a cover it is said to be applied',
    facts({ replies: said('bo'), stances: [stance('applied')] }),
    'applied',
    'nobody',
    'It was applied.',
  ],
  [
    'the first is said to be applied as a commit that is named',
    facts({
      replies: said('bo'),
      stances: [stance('applied')],
      landings: [landing('applied-reply', 1)].map((fact) => ({
        ...fact,
        value: { ...fact.value, sha: '0123456789ab' },
      })),
    }),
    'under-review',
    'maintainer',
    'Bo Example answered last; nothing open is left.',
  ],
  [
    'the first is said to be applied by somebody who asks for a change of the second',
    facts({
      replies: said('bo'),
      stances: [stance('applied')],
      points: [{ ...point('change-requested', 'open'), anchorMessage: 'v2-2', posting: 'v2-2' }],
    }),
    'changes-requested',
    'author',
    'Bo Example asked for a change; Ada Example has not answered.',
  ],
  [
    'every patch is approved, and its author promised another version since',
    facts({ replies: said('bo', 'promise'), approved: 2, stances: [stance('review')] }),
    'reviewed',
    'author',
    'Ada Example agreed to change something.',
  ],
  [
    'its author alone said that another version comes',
    facts({ replies: said('promise') }),
    'new',
    'author',
    'Ada Example agreed to change something.',
  ],
  [
    'somebody is going to look at it',
    facts({ replies: said('bo', 'looks') }),
    'under-review',
    'reviewer',
    'Bo Example is going to look at it.',
  ],
  [
    'its author takes it back',
    facts({ replies: said('bo', 'withdraws') }),
    'withdrawn',
    'nobody',
    'It was withdrawn or dropped.',
  ],
  [
    'its author takes it back and promises another one',
    facts({ replies: said('withdraws', 'promise') }),
    'new',
    'author',
    'Ada Example agreed to change something.',
  ],
  [
    'of one patch it is said that both are applied',
    facts({
      replies: said('bo'),
      stances: [stance('applied')].map((fact) => ({ ...fact, value: { ...fact.value, isOfAll: true } })),
    }),
    'applied',
    'nobody',
    'It was applied.',
  ],
  [
    'a change is asked for',
    facts({ replies: said('bo'), points: [point('change-requested', 'open')] }),
    'changes-requested',
    'author',
    'Bo Example asked for a change; Ada Example has not answered.',
  ],
  [
    'a question is open',
    facts({ replies: said('bo'), points: [point('question', 'open')] }),
    'under-review',
    'author',
    'Bo Example asked a question; Ada Example has not answered.',
  ],
  [
    'what was asked for is done',
    facts({ replies: said('bo'), points: [point('change-requested', 'addressed')] }),
    'under-review',
    'maintainer',
    'Bo Example answered last; nothing open is left.',
  ],
  [
    'every patch is approved',
    facts({ replies: said('bo'), approved: 2 }),
    'reviewed',
    'maintainer',
    'All 2 patches are reviewed or acked, but not applied.',
  ],
  [
    'one patch of two is approved',
    facts({ replies: said('bo'), approved: 1, stances: [stance('review')] }),
    'under-review',
    'maintainer',
    'Bo Example answered last; nothing open is left.',
  ],
  [
    'one patch of two was applied',
    facts({ landings: [landing('b4-ty', 1)] }),
    'new',
    'reviewer',
    'Nobody has answered it.',
  ],
  ['it was applied', facts({ landings: [...both('b4-ty', 1)] }), 'applied', 'nobody', 'It was applied.'],
  [
    'it was applied, then dropped',
    facts({ landings: [...both('b4-ty', 1), landing('dropped', 2)] }),
    'withdrawn',
    'nobody',
    'It was withdrawn or dropped.',
  ],
  [
    'it was dropped, then applied',
    facts({ landings: [landing('dropped', 1), ...both('b4-ty', 2)] }),
    'applied',
    'nobody',
    'It was applied.',
  ],
  [
    'a release has it',
    facts({ landings: [...both('b4-ty', 1), landing('release', 2)] }),
    'landed',
    'nobody',
    'It has landed.',
  ],
  [
    'a merged pull request brought one patch of two',
    facts({ landings: [landing('pull-merged', 1)] }),
    'new',
    'reviewer',
    'Nobody has answered it.',
  ],
  [
    'a merged pull request brought both',
    facts({ landings: both('pull-merged', 1) }),
    'landed',
    'nobody',
    'It has landed.',
  ],
  [
    "a person's word goes first",
    facts({ landings: [...both('b4-ty', 1)], said: { state: 'rejected', by: 'mai' } }),
    'rejected',
    'nobody',
    'It was rejected.',
  ],
];

for (const [what, given, state, turn, why] of rows) {
  test(`state and turn: ${what}`, () => {
    const found = seriesState(given);
    const waiting = waitingOn(given, found);
    assert.deepEqual([found.value, waiting.value.turn, waiting.value.why], [state, turn, why]);
  });
}

test('a state set by a person names them', () => {
  assert.equal(seriesState(facts({ said: { state: 'rejected', by: 'mai' } })).by, 'mai');
});
