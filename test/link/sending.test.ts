import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assembleSendings, messageIdStem } from '../../ingest/link/sending.ts';
import type { Posting } from '../../ingest/model/posting.ts';
import { posting, series } from '../support/postings.ts';

const ids = (postings: readonly Posting[]) =>
  assembleSendings(postings).map((one) => one.parts.map((part) => part.messageId));

test('a cover letter and its patches are one sending', () => {
  const sent = series({ id: 'a', cover: 'make it fast' }, [{}, {}]);
  assert.deepEqual(ids(sent), [['a-0', 'a-1', 'a-2']]);
});

test('a series without cover hangs together by its first patch', () => {
  assert.deepEqual(ids(series({ id: 'a' }, [{}, {}, {}])), [['a-1', 'a-2', 'a-3']]);
});

test('patches whose cover is not held are joined by the parent they name', () => {
  const sent = series({ id: 'a', cover: 'lost' }, [{}, {}]).slice(1);
  assert.deepEqual(ids(sent), [['a-1', 'a-2']]);
});

test('unthreaded patches sent within minutes are one sending, an hour later they are not', () => {
  const near = [posting({ id: 'a', n: 1, m: 2 }), posting({ id: 'b', n: 2, m: 2, day: 0.002 })];
  const far = [posting({ id: 'a', n: 1, m: 2 }), posting({ id: 'b', n: 2, m: 2, day: 0.05 })];
  assert.deepEqual(ids(near), [['a', 'b']]);
  assert.deepEqual(ids(far), [['a'], ['b']]);
});

test('a number that occurs twice is a second sending, even in one thread within minutes', () => {
  const first = series({ id: 'a', cover: 'again' }, [{}, {}]);
  const again = series({ id: 'b', cover: 'again', day: 0.003, parent: 'a-0' }, [{}, {}]);
  assert.deepEqual(ids([...first, ...again]), [
    ['a-0', 'a-1', 'a-2'],
    ['b-0', 'b-1', 'b-2'],
  ]);
});

test('versions are kept apart, and v2.1 of one patch stands alone', () => {
  const second = series({ id: 'b', v: 2, day: 3 }, [{}, {}]);
  const replaced = posting({ id: 'c', n: 2, m: 2, v: { major: 2, minor: 1 }, day: 3.5, parent: 'b-2' });
  assert.deepEqual(ids([...series({ id: 'a' }, [{}, {}]), ...second, replaced]), [
    ['a-1', 'a-2'],
    ['b-1', 'b-2'],
    ['c'],
  ]);
});

test('patches without a counter are sendings of their own', () => {
  assert.deepEqual(ids([posting({ id: 'a' }), posting({ id: 'b' })]), [['a'], ['b']]);
});

test('two senders never share a sending', () => {
  const other = { from: 'bo@example.net', name: 'Bo Example' };
  assert.deepEqual(ids([posting({ id: 'a', n: 1, m: 2 }), posting({ id: 'b', n: 2, m: 2, ...other })]), [
    ['a'],
    ['b'],
  ]);
});

test('the order in which postings are given does not matter', () => {
  const all = [
    ...series({ id: 'a', cover: 'again' }, [{}, {}, {}]),
    ...series({ id: 'b', cover: 'again', day: 0.003 }, [{}, {}, {}]),
    ...series({ id: 'c', day: 1.5 }, [{}, {}, {}]),
  ];
  const expected = ids(all);
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      assert.deepEqual(ids(shuffled), expected);
    }),
  );
});

const stems: readonly (readonly [string, string])[] = [
  ['20200629190036.26982-3-ada@example.org', '20200629190036.26982-@example.org'],
  ['20250916-tune-v2-1-d594dc7486f0@example.org', '20250916-tune-v2-d594dc7486f0@example.org'],
  ['cover.1729073310.git.ada@example.org', '.1729073310.git.ada@example.org'],
  [
    '0123456789abcdef0123456789abcdef01234567.1729073310.git.ada@example.org',
    '.1729073310.git.ada@example.org',
  ],
  ['87blks344u.fsf@example.org', ''],
];

test('mails of one send-email run share the stem of their ids', () => {
  for (const [id, stem] of stems) assert.equal(messageIdStem(id), stem, id);
});
