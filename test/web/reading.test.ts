/** Reading: what a browser keeps of its reader, what is carried between versions, how one answers. All without a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lineWords } from '../../ingest/compare/line-words.ts';
import { anchorOf } from '../../server/urls.ts';
import type { DiffFile, ThreadNode, WirePoint } from '../../server/wire.ts';
import { carryPoints } from '../../web/carried-points.ts';
import { cutAtMarks, overlay } from '../../web/diff-rows.ts';
import { readMarks, withMark } from '../../web/read-marks.ts';
import { replyCommand, replyUrl } from '../../web/reply.ts';
import { readViews, withView } from '../../web/saved-views.ts';
import { seriesNews } from '../../web/series-news.ts';
import { isAside, parseAside } from '../../web/set-aside.ts';
import { sharesOf } from '../../web/shares.ts';
import { ThreadShape } from '../../web/thread-shape.ts';
import { versionColumns } from '../../web/version-columns.ts';
import { fileMark, withViewed } from '../../web/viewed-files.ts';
import { points } from './story/points.ts';
import { series } from './story/series.ts';

test('a mark of what was read never goes back, and the one looked at longest ago is dropped', () => {
  const none = { sinceMs: 5, seen: {} };
  const marked = withMark(withMark(none, 'a', 20), 'a', 10);
  assert.deepEqual(marked, { sinceMs: 5, seen: { a: 20 } });
  let many = none as ReturnType<typeof withMark>;
  for (let at = 0; at < 3001; at++) many = withMark(many, `id-${at}`, at);
  assert.equal(Object.keys(many.seen).length, 3000);
  assert.equal(Object.hasOwn(many.seen, 'id-0'), false);
  assert.deepEqual(readMarks(JSON.stringify(marked)), marked);
  assert.equal(readMarks('{"sinceMs":"soon"}'), null);
});

test('one address has one saved name, and addresses of other hosts are no views', () => {
  const first = { name: 'mine', url: '/queue?turn=mine' };
  assert.deepEqual(withView([first], { ...first, name: 'my turn' }), [{ ...first, name: 'my turn' }]);
  assert.deepEqual(
    readViews(
      JSON.stringify([
        first,
        { name: 'x', url: '//elsewhere.example' },
        { name: 'y', url: 'javascript:1' },
        3,
      ]),
    ),
    [first],
  );
  assert.deepEqual(readViews('no JSON'), []);
});

test('a series is aside until a newer mail comes', () => {
  const aside = parseAside('{"a":10,"b":"soon"}');
  assert.deepEqual(aside, { a: 10 });
  assert.equal(isAside(aside, { id: 'a', lastMs: 10 }), true);
  assert.equal(isAside(aside, { id: 'a', lastMs: 11 }), false);
  assert.equal(isAside(aside, { id: 'constructor', lastMs: 0 }), false);
  assert.deepEqual(parseAside('[1]'), {});
});

test('a version that is not held stands between those that are', () => {
  const [first, second] = series.revisions;
  assert.ok(first && second);
  const revisions = [
    { ...first, version: 1, label: 'v1' },
    { ...second, version: 4, label: 'v4' },
  ];
  const ghosts = [2, 3].map((version) => ({ ...series.ghosts[0], version })) as typeof series.ghosts;
  const words = versionColumns({ revisions, ghosts }).map((column) =>
    column.kind === 'held' ? column.revision.label : `no v${column.version}`,
  );
  assert.deepEqual(words, ['v1', 'no v2', 'no v3', 'v4']);
});

test('news of a series are what came after a time, and of each person the last that they said', () => {
  const [last] = series.revisions.slice(-1);
  assert.ok(last);
  const news = seriesNews(series, last.sentMs - 1);
  assert.deepEqual(
    news.revisions.map(({ label }) => label),
    [last.label],
  );
  assert.equal(news.lastSeen?.label, series.revisions.at(-2)?.label);
  assert.deepEqual(
    news.points.map(({ id }) => id),
    series.points.filter(({ atMs }) => atMs >= last.sentMs).map(({ id }) => id),
  );
  assert.deepEqual(seriesNews(series, Number.MAX_SAFE_INTEGER).stances, []);
});

/** A point on these lines of another version. */
function pointOn(...anchorWords: string[]): WirePoint {
  const [any] = points;
  assert.ok(any);
  return { ...any, anchorWords };
}

test('a point of another version stands at its line, at that of several which has the same lines before it', () => {
  const body = ['+lock ();', '+count += 1;', '+unlock ();', ' other ();', '+count  += 1;'];
  const byLines = (point: WirePoint) => [...carryPoints(body, [point]).byLine.keys()];
  assert.deepEqual(byLines(pointOn('+lock ();', '+count += 1;')), [1]);
  assert.deepEqual(byLines(pointOn(' other ();', '+count += 1;', '')), [4]);
  assert.deepEqual(byLines(pointOn('+gone ();')), []);
  assert.equal(carryPoints(body, [pointOn('+gone ();'), pointOn('+}')]).gone.length, 2);
});

test('words are marked where as many lines were added as removed', () => {
  const line = (text: string) => ({ kind: text[0] as '+' | '-' | ' ', text: text.slice(1) });
  const marked = lineWords(['-return cpu;', '+return cpu_id;', ' x', '-a b c', '+a b d', '+e'].map(line));
  assert.deepEqual(marked, [[[7, 10]], [[7, 13]], [], [], [], []]);
});

test('colours under a changed word give way, and no letter is lost', () => {
  const mark = fc.record({ start: fc.nat(20), end: fc.nat(20) });
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.array(mark), fc.array(mark), (text, top, under) => {
      const marks = overlay(
        top.map((one) => ({ ...one, tone: 'word' })),
        under.map((one) => ({ ...one, tone: 'colour' })),
      );
      const pieces = cutAtMarks(text, marks);
      assert.equal(pieces.map((piece) => piece.text).join(''), text);
    }),
  );
  assert.deepEqual(overlay([{ start: 2, end: 4, tone: 'word' }], [{ start: 0, end: 6, tone: 'colour' }]), [
    { start: 2, end: 4, tone: 'word' },
    { start: 0, end: 2, tone: 'colour' },
    { start: 4, end: 6, tone: 'colour' },
  ]);
});

function node(messageId: string, parent: string | null, sortMs: number, subject = 'Re: a plan'): ThreadNode {
  const from = { name: 'Ada Moss', address: 'ada@moss.example' };
  const message = {
    messageId,
    subject,
    from,
    sortMs,
    lists: [],
    thread: 'a@x',
    parent,
    parentIsGuess: false,
    isPosting: false,
    sizeBytes: 100,
  };
  return { messageId, message, depth: 0, parent };
}

test('a thread knows how far up a quoted mail is, and shows a subject where it changes', () => {
  const nodes = [
    node('a@x', null, 1, 'a plan'),
    node('b@x', 'a@x', 4),
    node('c@x', 'b@x', 2, 'Re: another plan'),
  ];
  const shape = new ThreadShape([...nodes, { ...node('g@x', 'a@x', 0), message: null }], 'a plan');
  assert.equal(shape.held, 3);
  assert.equal(shape.newestMs, 4);
  assert.deepEqual(shape.sourceOf('c@x', 'a@x'), { url: `#${anchorOf('a@x')}`, distance: '2 mails up' });
  assert.deepEqual(shape.sourceOf('c@x', 'b@x'), { url: `#${anchorOf('b@x')}`, distance: '' });
  assert.equal(shape.sourceOf('b@x', 'c@x').distance, 'elsewhere in this thread');
  assert.equal(shape.sourceOf('b@x', 'z@y').distance, 'in another thread');
  assert.deepEqual(
    shape.inOrder('nested').map(({ node: { messageId }, hasSubject }) => [messageId, hasSubject]),
    [
      ['a@x', false],
      ['b@x', false],
      ['c@x', true],
      ['g@x', false],
    ],
  );
  assert.deepEqual(
    shape.inOrder('flat').map(({ node: { messageId }, index }) => [messageId, index]),
    [
      ['a@x', 0],
      ['c@x', 2],
      ['b@x', 1],
    ],
  );
});

test('answers that go round in a circle end', () => {
  const shape = new ThreadShape([node('a@x', 'b@x', 1), node('b@x', 'a@x', 2), node('c@x', null, 3)], '');
  assert.equal(shape.sourceOf('a@x', 'c@x').distance, 'elsewhere in this thread');
});

const answered = {
  messageId: "plan'1@moss.example",
  from: { name: 'Ada Moss', address: 'ada@moss.example' },
  to: [{ name: '', address: 'list@lists.example' }],
  cc: [
    { name: 'Bo', address: 'bo@lindqvist.example' },
    { name: 'Ada', address: 'ada@moss.example' },
  ],
  subject: 'a plan & more',
  headers: [] as { name: string; value: string }[],
  body: ['Shall we?', '\ud800'],
  dateText: 'Mon, 1 Jun 2020 10:00:00 +0200',
};

test('a reply goes to the sender, in copy to all others, and stays in the thread', () => {
  const url = new URL(replyUrl(answered));
  assert.equal(url.protocol, 'mailto:');
  assert.equal(url.pathname, 'ada@moss.example');
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    cc: 'list@lists.example, bo@lindqvist.example',
    'in-reply-to': "<plan'1@moss.example>",
    subject: 'Re: a plan & more',
    body: 'On Mon, 1 Jun 2020 10:00:00 +0200, Ada Moss wrote:\r\n> Shall we?\r\n> \ufffd\r\n',
  });
  const named = { ...answered, headers: [{ name: 'Reply-To', value: 'Plans <plans@moss.example>' }] };
  assert.equal(new URL(replyUrl(named)).pathname, 'plans@moss.example');
});

test('the send-email line is one shell command, whatever the mail holds', () => {
  assert.equal(
    replyCommand({ ...answered, subject: "Re: it's" }),
    `git send-email --in-reply-to='<plan'\\''1@moss.example>' --to='ada@moss.example' --cc='list@lists.example' ` +
      `--cc='bo@lindqvist.example' --subject='Re: it'\\''s' REPLY_FILE`,
  );
});

const readFile: DiffFile = {
  path: 'pump.c',
  oldPath: 'pump.c',
  status: 'changed',
  added: 1,
  removed: 0,
  hunks: [
    {
      header: '@@ -1 +1,2 @@',
      lines: [{ kind: '+', text: 'count(pump);', words: [], oldLine: null, newLine: 2, bodyLine: 9 }],
    },
  ],
};

test('a file is viewed by what was changed in it, wherever that stands', () => {
  const mark = fileMark(readFile);
  const [hunk] = readFile.hunks;
  assert.ok(hunk);
  const lines = (text: string, newLine: number) => hunk.lines.map((line) => ({ ...line, text, newLine }));
  const moved = { ...readFile, hunks: [{ header: '@@ -8 +8,2 @@', lines: lines('count(pump);', 9) }] };
  const changed = { ...readFile, hunks: [{ ...hunk, lines: lines('count(valve);', 2) }] };
  assert.equal(fileMark(moved), mark);
  assert.notEqual(fileMark(changed), mark);
  assert.notEqual(fileMark({ ...readFile, path: 'valve.c' }), mark);
  assert.deepEqual(withViewed(['a', 'b'], 'a', true), ['b', 'a']);
  assert.deepEqual(withViewed(['a', 'b'], 'a', false), ['b']);
  assert.equal(withViewed(Array.from({ length: 5000 }, String), 'new', true).length, 3000);
});

test('shares add up to all, and of nothing they are none', () => {
  const buckets = [
    { belowMs: 1, count: 3 },
    { belowMs: 2, count: 0 },
    { belowMs: null, count: 1 },
  ];
  assert.deepEqual(
    sharesOf(buckets).map(({ share }) => share),
    [0.75, 0.75, 1],
  );
  assert.deepEqual(sharesOf([{ belowMs: 1, count: 0 }])[0]?.share, 0);
});
