import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ThreadInput, threadMessages } from '../../ingest/link/thread.ts';

/** `b < a` is a reply of b to a; further ids are older references. Times follow the order of the rows. */
function drawn(rows: readonly string[]): ThreadInput[] {
  return rows.map((row, index) => {
    const [messageId = '', ...rest] = row.split(' ').filter((word) => word !== '<');
    return { messageId, sortMs: index, inReplyTo: rest.slice(0, 1), references: rest.slice(1).reverse() };
  });
}

const parents = (rows: readonly ThreadInput[]) =>
  Object.fromEntries(threadMessages(rows).map(({ messageId, parent }) => [messageId, parent]));
const threads = (rows: readonly ThreadInput[]) =>
  Object.fromEntries(threadMessages(rows).map(({ messageId, thread }) => [messageId, thread]));

test('replies hang below what they answer', () => {
  assert.deepEqual(parents(drawn(['a', 'b < a', 'c < b a'])), { a: null, b: 'a', c: 'b' });
});

test('a mail that is not held is a ghost between those that name it', () => {
  const rows = drawn(['a', 'c < b a', 'd < b']);
  assert.deepEqual(parents(rows), { a: null, c: 'b', d: 'b', b: 'a' });
  assert.deepEqual(threads(rows), { a: 'a', b: 'a', c: 'a', d: 'a' });
});

test('a ghost root gives its thread the id of the oldest mail held', () => {
  assert.deepEqual(threads(drawn(['b < lost', 'c < lost'])), { b: 'b', c: 'b', lost: 'b' });
});

test('In-Reply-To goes before the order of References', () => {
  const rows = [
    { messageId: 'a', sortMs: 0, inReplyTo: [], references: [] },
    { messageId: 'b', sortMs: 1, inReplyTo: ['a'], references: [] },
    { messageId: 'c', sortMs: 2, inReplyTo: ['a'], references: ['a', 'b'] },
  ];
  assert.deepEqual(parents(rows), { a: null, b: 'a', c: 'a' });
});

test('without In-Reply-To the last reference is the parent', () => {
  const rows = [
    { messageId: 'a', sortMs: 0, inReplyTo: [], references: [] },
    { messageId: 'b', sortMs: 1, inReplyTo: [], references: ['x', 'a'] },
  ];
  assert.deepEqual(parents(rows), { a: null, b: 'a' });
});

test('mails that answer each other or themselves make no loop', () => {
  assert.deepEqual(parents(drawn(['a < b', 'b < a'])), { a: 'b', b: null });
  assert.deepEqual(parents(drawn(['a < a'])), { a: null });
});

test("somebody else's References do not move a mail that has a parent", () => {
  const rows = [
    { messageId: 'a', sortMs: 0, inReplyTo: [], references: [] },
    { messageId: 'b', sortMs: 1, inReplyTo: ['a'], references: [] },
    { messageId: 'c', sortMs: 2, inReplyTo: ['b'], references: ['z', 'b'] },
  ];
  assert.equal(parents(rows).b, 'a');
});

test('the order in which mails are given does not matter, and every chain ends', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const mail = fc.record({
    inReplyTo: fc.array(id, { maxLength: 1 }),
    references: fc.array(id, { maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(mail, { minLength: 1, maxLength: 6 }), fc.integer(), (mails, seed) => {
      const rows = mails.map((one, index) => ({
        ...one,
        messageId: 'abcdef'.charAt(index),
        sortMs: index % 3,
      }));
      const turned = [
        ...rows.slice(Math.abs(seed) % rows.length),
        ...rows.slice(0, Math.abs(seed) % rows.length),
      ].reverse();
      const expected = threadMessages(rows);
      assert.deepEqual(threadMessages(turned), expected);
      const parentOf = new Map(expected.map(({ messageId, parent }) => [messageId, parent]));
      for (const { messageId } of expected) {
        let steps = 0;
        for (let at: string | null | undefined = messageId; at; at = parentOf.get(at))
          assert.ok(++steps <= 20, messageId);
      }
    }),
  );
});
