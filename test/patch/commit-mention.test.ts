import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findCommitMentions } from '../../ingest/patch/commit-mention.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const mentions = (text: string, isPosting = false) =>
  findCommitMentions(text.split('\n'), isPosting).map(
    ({ sha: id, title, isFixes, line }) => `${line} ${isFixes ? 'fixes ' : ''}${id} ${title}`,
  );

test('a commit is known by the word before it, its title, or its page', () => {
  assert.deepEqual(
    mentions(`This was broken by commit 1234abcd ("pump: wait").
See 9a8b7c6d ("valve: close").
Fixes: 0a1b2c3d4e5f ("hose: cut")
https://git.example.org/pump.git/commit/?id=${sha}
https://code.example.org/c/5d6e7f8a9b0c`),
    [
      '0 1234abcd pump: wait',
      '1 9a8b7c6d valve: close',
      '2 fixes 0a1b2c3d4e5f hose: cut',
      `3 ${sha} `,
      '4 5d6e7f8a9b0c ',
    ],
  );
});

test('words, numbers, quotes and what stands in a diff are no commits', () => {
  assert.deepEqual(
    mentions('commit defaced\ncommit 1234567\n> commit 1234abcd\nindex 1234abcd..2345bcde\n'),
    [],
  );
  const posting = 'Undo commit 1234abcd.\n---\nsee commit 2345bcde\n';
  assert.deepEqual(mentions(posting, true), ['0 1234abcd ']);
  assert.deepEqual(mentions(posting), ['0 1234abcd ', '2 2345bcde ']);
});

test('any text gives ids of 7 to 40 digits that stand in it', () => {
  const word = fc.constantFrom('commit', 'fixes:', sha, '1234abcd', '("x")', '\n', '>', 'https://x/c/', ' ');
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 30 }), (words) => {
      const text = words.join(' ');
      for (const found of findCommitMentions(text.split('\n'), false)) {
        assert.match(found.sha, /^[0-9a-f]{7,40}$/);
        assert.ok(text.toLowerCase().includes(found.sha));
      }
    }),
  );
});
