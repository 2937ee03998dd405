import assert from 'node:assert/strict';
import { test } from 'node:test';
import { corporaOptions } from '../support/corpora.ts';
import { type Share, scoreLabels, total } from './label-score.ts';

const share = ({ good, of }: Share) => good / of;

test('points and stances agree with what people read in 150 replies', corporaOptions, async () => {
  const score = await scoreLabels('replies.tsv');
  const misses = score.misses.join('\n');
  assert.ok(share(total(score.stancePrecision)) >= 0.97, misses);
  assert.ok(share(total(score.stanceRecall)) >= 0.85, misses);
  assert.ok(share(score.pointAnchor) >= 0.98, misses);
  assert.ok(share(score.pointFound) >= 0.95, misses);
  assert.ok(share(score.pointKind) >= 0.95, misses);
  assert.ok(share(score.pointFalse) <= 0.02, misses);
});
