/** Drawing: what pages decide before they draw: rows of diffs, marks, pinned points, sections, words for times. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyRows } from '../../server/key-table.ts';
import type { SeriesSummary } from '../../server/wire.ts';
import { cutAtMarks, splitRows } from '../../web/diff-rows.ts';
import { highlightLines } from '../../web/highlight.ts';
import { pinPoints } from '../../web/pinned-points.ts';
import { sectionsOf } from '../../web/queue-sections.ts';
import {
  countWords,
  dateWords,
  dayMs,
  numberWords,
  sizeWords,
  spanWords,
  utcWords,
} from '../../web/time-words.ts';
import { points } from './story/points.ts';
import { summary } from './story/series.ts';

test('removed lines stand against the added ones that follow them', () => {
  const line = (text: string) => ({ kind: text[0] as '+' | '-' | ' ', text });
  const rows = splitRows([' a', '-b', '-c', '+d', ' e', '+f'].map(line));
  assert.deepEqual(
    rows.map(({ left, right }) => [left?.text ?? null, right?.text ?? null]),
    [
      [' a', ' a'],
      ['-b', '+d'],
      ['-c', null],
      [' e', ' e'],
      [null, '+f'],
    ],
  );
});

test('no line is lost or doubled by putting lines side by side', () => {
  const kind = fc.constantFrom<'+' | '-' | ' '>('+', '-', ' ');
  fc.assert(
    fc.property(fc.array(kind, { maxLength: 60 }), (kinds) => {
      const lines = kinds.map((one, at) => ({ kind: one, at }));
      const rows = splitRows(lines);
      const old = rows.flatMap(({ left }) => left ?? []);
      const now = rows.flatMap(({ right }) => right ?? []);
      assert.deepEqual(
        old,
        lines.filter((line) => line.kind !== '+'),
      );
      assert.deepEqual(
        now,
        lines.filter((line) => line.kind !== '-'),
      );
    }),
  );
});

test('text is cut at its marks and joins to itself again', () => {
  assert.deepEqual(cutAtMarks('say new words', [{ start: 4, end: 7, tone: 'hit' }]), [
    { text: 'say ', tone: '' },
    { text: 'new', tone: 'hit' },
    { text: ' words', tone: '' },
  ]);
  const mark = fc.record({
    start: fc.integer({ min: -3, max: 40 }),
    end: fc.integer({ min: -3, max: 40 }),
    tone: fc.constant('x'),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(mark), (text, marks) => {
      assert.equal(
        cutAtMarks(text, marks)
          .map((piece) => piece.text)
          .join(''),
        text,
      );
    }),
  );
});

test('colours of a language are spans over each line', () => {
  assert.deepEqual(highlightLines('src/cpu.c', ['int x; /* two', 'lines */ "s"']), [
    [
      { start: 0, end: 3, tone: 'hl-keyword' },
      { start: 7, end: 13, tone: 'hl-comment' },
    ],
    [
      { start: 0, end: 8, tone: 'hl-comment' },
      { start: 9, end: 12, tone: 'hl-string' },
    ],
  ]);
  assert.deepEqual(highlightLines('notes.txt', ['int x;']), [[]]);
});

test('a point of the older version stands at the line that it quotes, with what became of the line', () => {
  const [first, second, third] = points;
  assert.ok(first && second && third);
  const line = (kind: '+' | '-' | ' ', text: string) => ({ kind, text, words: [] });
  const pinned = pinPoints(
    [
      line(' ', '+  return cpu;'),
      line('-', '+  int cpu = area_cpu_id ();'),
      line('+', '+  int cpu = area_cpu ();'),
    ],
    [first, second, third],
  );
  assert.deepEqual(pinned, {
    byLine: new Map([
      [1, [{ point: first, isChanged: true }]],
      [0, [{ point: second, isChanged: false }]],
    ]),
    others: [third],
  });
});

test('the queue has my turn first, what is quiet late and what landed last', () => {
  const nowMs = summary.lastMs + 10 * dayMs;
  const row = (id: string, more: Partial<SeriesSummary>): SeriesSummary => ({
    ...summary,
    id,
    lastMs: nowMs,
    ...more,
  });
  const all = [
    row('landed', { turn: 'nobody', waitingPerson: '' }),
    row('quiet', {
      turn: 'author',
      waitingPerson: 'x@y.example',
      lastMs: nowMs - 200 * dayMs,
      waitingSinceMs: 0,
    }),
    row('reviewer', { turn: 'reviewer', waitingPerson: '' }),
    row('mine', { lastMs: 0, waitingSinceMs: 0 }),
  ];
  const titles = (view: Partial<Parameters<typeof sectionsOf>[1]>) =>
    sectionsOf(all, { me: '', turn: 'all', sort: 'waiting', nowMs, ...view }).map(
      ({ title, items }) => `${title}: ${items.map(({ id }) => id).join(' ')}`,
    );
  assert.deepEqual(titles({ me: 'Ada@moss.example' }), [
    'Your turn: mine',
    'Waiting for a reviewer: reviewer',
    'Gone quiet: quiet',
    'Landed: landed',
  ]);
  assert.deepEqual(titles({}), [
    'Waiting for a reviewer: reviewer',
    'Gone quiet: quiet mine',
    'Landed: landed',
  ]);
  assert.deepEqual(titles({ me: 'ada@moss.example', turn: 'mine' }), ['Your turn: mine']);
  assert.deepEqual(titles({ sort: 'newest' }), ['All: landed quiet reviewer mine']);
});

test('times and sizes are few letters', () => {
  const spans = [30_000, 5 * 60_000, 3 * 3_600_000, 12 * dayMs, 200 * dayMs, 2000 * dayMs];
  assert.deepEqual(spans.map(spanWords), ['1 min', '5 min', '3 h', '12 d', '7 mo', '5 y']);
  const ms = Date.UTC(2020, 4, 27, 18, 2);
  assert.deepEqual([dateWords(ms), utcWords(ms)], ['27 May 2020', '2020-05-27 18:02 UTC']);
  assert.deepEqual([10, 2048, 5_000_000].map(sizeWords), ['10 B', '2.0 kB', '4.8 MB']);
  assert.deepEqual(
    [countWords(1, 'point'), countWords(2, 'point'), countWords(0, 'patch', 'patches')],
    ['1 point', '2 points', '0 patches'],
  );
  assert.equal(numberWords(1_234_567), '1\u202f234\u202f567');
});

test('no key does two things', () => {
  const keys = keyRows.flatMap((row) => row.keys);
  assert.deepEqual(
    keys.filter((key, at) => keys.indexOf(key) !== at),
    [],
  );
});
