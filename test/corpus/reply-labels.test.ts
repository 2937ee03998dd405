import assert from 'node:assert/strict';
import { test } from 'node:test';
import { corporaOptions } from '../support/corpora.ts';
import { type Share, scoreLabels, total } from './label-score.ts';
import { scoreQuotes } from './quote-score.ts';

const share = ({ good, of }: Share) => good / of;

for (const file of [
  'replies.tsv',
  'replies-apart.tsv',
  'replies-unseen.tsv',
  'replies-third.tsv',
  'replies-fourth.tsv',
]) {
  test(`points and stances agree with what people read: ${file}`, corporaOptions, async () => {
    const score = await scoreLabels(file);
    const misses = score.misses.join('\n');
    assert.ok(share(total(score.stancePrecision)) >= 0.97, misses);
    assert.ok(share(total(score.stanceRecall)) >= 0.85, misses);
    assert.ok(share(score.pointAnchor) >= 0.98, misses);
    assert.ok(share(score.pointFound) >= 0.95, misses);
    assert.ok(share(score.pointKind) >= 0.95, misses);
    assert.ok(share(score.pointFalse) <= 0.05, misses);
  });
}

for (const file of ['stances-seventh.tsv', 'stances-eighth.tsv']) {
  test(`stances agree with what people read: ${file}`, corporaOptions, async () => {
    const score = await scoreLabels(file);
    const misses = score.misses.join('\n');
    assert.ok(share(total(score.stancePrecision)) >= 0.97, misses);
    assert.ok(share(total(score.stanceRecall)) >= 0.85, misses);
  });
}

test('quotes that were wrapped anew or cut have the source that people see', corporaOptions, async () => {
  const { precision, recall, place, misses } = await scoreQuotes();
  for (const one of [precision, recall, place]) assert.ok(share(one) >= 0.985, misses.join('\n'));
});
