/** Text segments: which lines of a mail are its own, which are quoted, and how many of those are folded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { WireQuote } from '../../server/wire.ts';
import { markDepth, segmentsOf } from '../../web/text-segments.ts';

function quote(start: number, end: number, depth = 1): WireQuote {
  return { start, end, depth, source: null, sourceStart: -1, sourceEnd: -1, author: null, confidence: 1 };
}

/** `own 0-2`, `quote 2-9 folds 3`. */
function shapes(
  body: string[],
  quotes: WireQuote[] = [],
  diff: { start: number; end: number } | null = null,
): string[] {
  return segmentsOf(body, quotes, diff).map((one) =>
    one.kind === 'quote'
      ? `quote ${one.start}-${one.end} folds ${one.folded}`
      : `${one.kind} ${one.start}-${one.end}`,
  );
}

const ten = Array.from({ length: 10 }, (_, at) => `> line ${at}`);

test('a quote that is answered keeps its last lines open', () => {
  assert.deepEqual(shapes([...ten, '', 'That is right.'], [quote(0, 10)]), [
    'quote 0-10 folds 4',
    'own 10-12',
  ]);
});

test('a quote that nobody answers is folded whole', () => {
  assert.deepEqual(shapes(['Thanks!', '', ...ten], [quote(2, 12)]), ['own 0-2', 'quote 2-12 folds 10']);
});

test('a quote that is followed by the introduction of the next one was not answered', () => {
  const body = [...ten, 'Ada Moss wrote:', ...ten, 'Yes.'];
  assert.deepEqual(shapes(body), ['quote 0-10 folds 10', 'own 10-11', 'quote 11-21 folds 4', 'own 21-22']);
});

test('short quotes stay open, since folding them saves nothing', () => {
  assert.deepEqual(shapes(['> Is it so?', 'It is.']), ['quote 0-1 folds 0', 'own 1-2']);
});

test('blank lines between quotes belong to them, others to own words', () => {
  assert.deepEqual(shapes(['> a', '', '> b', '', 'c']), ['quote 0-3 folds 0', 'own 3-5']);
});

test('quotes without marks are found by the server alone', () => {
  assert.deepEqual(shapes(['Hello', 'old words', 'old words', 'new'], [quote(1, 3)]), [
    'own 0-1',
    'quote 1-3 folds 0',
    'own 3-4',
  ]);
});

test('diffs and signatures are told apart from words', () => {
  const body = ['words', 'diff --git a/x b/x', '@@ -1 +1 @@', '-a', '+b', '-- ', '2.40.1'];
  assert.deepEqual(shapes(body, [], { start: 1, end: 5 }), ['own 0-1', 'diff 1-5', 'signature 5-7']);
});

test('each line of a quote knows how deep it is and whose it is', () => {
  const [found] = segmentsOf(
    ['> > deep', '> flat', '>', '> > > deeper'],
    [quote(0, 1, 2), quote(1, 2)],
    null,
  );
  assert.deepEqual(found?.kind === 'quote' && found.lines, [
    { line: 0, depth: 2, quote: 0 },
    { line: 1, depth: 1, quote: 1 },
    { line: 2, depth: 1, quote: -1 },
    { line: 3, depth: 3, quote: -1 },
  ]);
});

test('marks are counted with and without blanks', () => {
  for (const [line, depth] of [
    ['> a', 1],
    ['>> a', 2],
    ['> > > a', 3],
    ['a > b', 0],
    ['', 0],
  ] as const) {
    assert.equal(markDepth(line), depth, line);
  }
});

test('every line is in exactly one segment, whatever quotes and diff are said to be', () => {
  const line = fc.constantFrom('', 'words', '> quoted', '> > deep', '-- ', '+x', 'Ada wrote:');
  const span = fc.tuple(fc.integer({ min: -2, max: 30 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 25 }),
      fc.array(span, { maxLength: 4 }),
      fc.option(span),
      (body, spans, diff) => {
        const quotes = spans.map(([start, length]) => quote(start, start + length));
        const segments = segmentsOf(
          body,
          quotes,
          diff && { start: Math.max(0, diff[0]), end: Math.max(0, diff[0]) + diff[1] },
        );
        let at = 0;
        for (const { start, end } of segments) {
          assert.equal(start, at);
          assert.ok(end > start);
          at = end;
        }
        assert.equal(at, body.length);
      },
    ),
  );
});
