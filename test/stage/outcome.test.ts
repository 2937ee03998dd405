/** What became of comments, as a store that holds the newer version tells it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '../../ingest/model/review.ts';
import { withMails } from '../support/derived-store.ts';
import { idOf, type MailShort, patchBody } from '../support/mail-text.ts';

const first: MailShort = {
  id: 'first',
  subject: '[PATCH] pump: count strokes',
  body: patchBody({ now: ['	count(pump);'] }),
};
const second: MailShort = {
  id: 'second',
  subject: '[PATCH v2] pump: count strokes',
  hour: 60,
  body: patchBody({ now: ['	count_locked(pump);'] }),
};
const bo = 'Bo Lindqvist <bo@lindqvist.example>';
const subject = 'Re: [PATCH] pump: count strokes';

async function statusOf(mails: readonly MailShort[], id: string): Promise<string[]> {
  let found: string[] = [];
  await withMails([...mails], async (store) => {
    const facts = await store.getFacts({ kinds: ['point'], owners: [idOf(id)] });
    found = facts.map(({ value }) => {
      const { status } = value as Point;
      return `${status.value}: ${status.rule}`;
    });
  });
  return found;
}

test('a request that is about no lines is done in the newer version', async () => {
  const review = {
    id: 'review',
    subject,
    from: bo,
    hour: 3,
    inReplyTo: 'first',
    body: 'Please add a changelog.',
  };
  assert.deepEqual(await statusOf([first, review], 'review'), ['open: point-unanswered']);
  assert.deepEqual(await statusOf([first, review, second], 'review'), ['addressed: newer-revision-sent']);
});

test('a comment on words about a line is about that line', async () => {
  const asked = {
    id: 'asked',
    subject,
    from: 'Cleo Works <cleo@works.example>',
    hour: 2,
    inReplyTo: 'first',
    body: '> +	count(pump);\n\nThis needs the lock of the valve.',
  };
  const joined = {
    id: 'joined',
    subject,
    from: bo,
    hour: 3,
    inReplyTo: 'asked',
    body: '> > +	count(pump);\n> \n> This needs the lock of the valve.\n\nPlease use count_locked() here.',
  };
  assert.deepEqual(await statusOf([first, asked, joined], 'joined'), ['open: point-unanswered']);
  assert.deepEqual(await statusOf([first, asked, joined, second], 'joined'), [
    'addressed: anchored-lines-changed',
  ]);
});
