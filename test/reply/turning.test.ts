import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readReply, type ThreadText } from '../../ingest/reply/read-reply.ts';
import { findTurnings } from '../../ingest/reply/turning.ts';

const ada = { name: 'Ada Example', address: 'ada@example.org' };

function mail(text: string, isPosting = false): ThreadText {
  const posting = isPosting ? { isCover: false, author: ada } : null;
  return { messageId: 'm', subject: 'pump', from: ada, sentMs: 0, lines: text.split('\n'), posting };
}

const turnings = (one: ThreadText) =>
  findTurnings(readReply(one, [])).map(({ value }) => `${value.start}-${value.end} ${value.kind}`);

test('a discussion turns by own words only, once for each kind and block', () => {
  const text = `> I found a bug in the pump.
I can reproduce it.  This is a regression.
And I found a leak in the hose.

> Shall we drop it?

Yes, I will drop this.
`;
  assert.deepEqual(turnings(mail(text)), ['1-2 bug-found', '6-7 decision']);
});

test('the words of a posting are its proposal, not a turn', () => {
  assert.deepEqual(turnings(mail('I found a bug in the pump.', true)), []);
});

test('what is supposed, asked or denied turns nothing', () => {
  const text = `If it is a bug I will drop this.
Is there a race condition?
I don't think that there is a bug here.
We have not decided anything.`;
  assert.deepEqual(turnings(mail(text)), []);
});
