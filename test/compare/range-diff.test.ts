import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PatchText, rangeDiff } from '../../ingest/compare/range-diff.ts';
import { changedWords } from '../../ingest/compare/words.ts';

const patch = (lineage: string, position: number, ...lines: string[]): PatchText => ({
  messageId: `${lineage}-${position}`,
  lineage,
  position,
  title: lineage,
  lines,
});
const shown = (older: PatchText[], newer: PatchText[]) =>
  rangeDiff(older, newer).map(
    (pair) => `${pair.old?.position ?? '-'}:${pair.mark}:${pair.new?.position ?? '-'} ${pair.lineage}`,
  );

test('pairs stand in the order of the new revision, with what is gone where it stood', () => {
  const older = [patch('lay', 1, 'x'), patch('drop', 2, 'x'), patch('build', 3, 'x')];
  const newer = [patch('lay', 1, 'x'), patch('fresh', 2, 'x'), patch('build', 3, 'y')];
  assert.deepEqual(shown(older, newer), ['1:=:1 lay', '-:>:2 fresh', '2:<:- drop', '3:!:3 build']);
});

test('a changed patch shows the change with three lines around it and its changed words', () => {
  const same = ['a', 'b', 'c', 'd', 'e'];
  const [pair] = rangeDiff(
    [patch('p', 1, ...same, '+ int cpu = -1;', ...same)],
    [patch('p', 1, ...same, '+ int node = -1;', ...same)],
  );
  assert.deepEqual(pair?.lines, [
    { kind: ' ', text: 'c', words: [] },
    { kind: ' ', text: 'd', words: [] },
    { kind: ' ', text: 'e', words: [] },
    { kind: '-', text: '+ int cpu = -1;', words: [[6, 9]] },
    { kind: '+', text: '+ int node = -1;', words: [[6, 10]] },
    { kind: ' ', text: 'a', words: [] },
    { kind: ' ', text: 'b', words: [] },
    { kind: ' ', text: 'c', words: [] },
  ]);
});

test('lines with nothing in common get no word marks', () => {
  assert.equal(changedWords('return first(of, all);', '/* quite another thing */'), null);
});

test('texts that differ beyond the bound are shown as replaced', () => {
  const lines = (word: string) => Array.from({ length: 2100 }, (_, at) => `${word} ${at}`);
  const [pair] = rangeDiff([patch('p', 1, ...lines('old'))], [patch('p', 1, ...lines('new'))]);
  assert.deepEqual([pair?.isCut, pair?.lines.length, pair?.mark], [true, 4200, '!']);
});
