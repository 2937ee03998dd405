import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withMails } from '../support/derived-store.ts';
import { type MailShort, patchBody } from '../support/mail-text.ts';

const bo = 'Bo Reviewer <bo@example.net>';
const hourMs = 3_600_000;

const mails: readonly MailShort[] = [
  { id: 'v1', subject: '[PATCH] pump: count strokes', body: patchBody({ now: ['	count(pump);'] }) },
  {
    id: 'ask',
    subject: 'Re: [PATCH] pump: count strokes',
    from: bo,
    inReplyTo: 'v1',
    hour: 2,
    body: '> +	count(pump);\n\nPlease check the pump first.  Why not twice?\n',
  },
  {
    id: 'own',
    subject: 'Re: [PATCH] pump: count strokes',
    inReplyTo: 'ask',
    references: ['v1'],
    hour: 3,
    body: '> Please check the pump first.\n\nDone in v2.\n',
  },
  {
    id: 'v2',
    subject: '[PATCH v2] pump: count strokes',
    hour: 30,
    body: patchBody({ now: ['	check(pump);', '	count(pump);'] }),
  },
  {
    id: 'thanks',
    subject: 'Re: [PATCH v2] pump: count strokes',
    from: 'Mai Tainer <mai@example.com>',
    inReplyTo: 'v2',
    hour: 40,
    body: 'Applied, thanks!\n',
  },
];

test('a reply of somebody else is one review, whatever it asks; what is taken ends the rounds', () =>
  withMails(mails, async (store) => {
    const { reviewers, rounds, firstReview, untilTaken, openPoints } = await store.readStatistics({}, 0, 9);
    assert.deepEqual(
      reviewers.map(({ name, reviews, medianMs }) => [name, reviews, medianMs / hourMs]),
      [
        ['Bo Reviewer', 1, 2],
        ['Mai Tainer', 1, 10],
      ],
    );
    assert.deepEqual(rounds, [{ rounds: 2, series: 1 }]);
    assert.deepEqual([firstReview.p50Ms, untilTaken.p50Ms], [2 * hourMs, 40 * hourMs]);
    assert.ok(openPoints.every(({ count }) => count === 0));
  }));

test('a series that waits is not taken, and its open points have an age', () =>
  withMails(mails.slice(0, 2), async (store) => {
    const dayMs = 24 * hourMs;
    const nowMs = Date.UTC(2020, 0, 1) + 10 * dayMs;
    const { untilTaken, rounds, openPoints } = await store.readStatistics({}, nowMs, 9);
    assert.deepEqual([untilTaken.count, rounds], [0, []]);
    assert.deepEqual(
      openPoints.filter(({ count }) => count > 0),
      [{ belowMs: 30 * dayMs, count: 1 }],
    );
  }));
