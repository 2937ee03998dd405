import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLandings, type LandingTarget, type Notice } from '../../ingest/analyse/landing.ts';
import { noticeItem } from '../../ingest/analyse/notice-item.ts';

const sentMs = Date.UTC(2020, 0, 1);
const key = (title: string) => title.toLowerCase();

function target(
  messageId: string,
  position: number,
  title: string,
  extra: Partial<LandingTarget> = {},
): LandingTarget {
  return {
    messageId,
    revision: 'r1',
    position,
    total: 2,
    isCover: position === 0,
    titleKey: key(title),
    authorName: 'Ada Example',
    sentMs,
    ...extra,
  };
}

function notice(extra: Partial<Notice>): Notice {
  const item = noticeItem({
    kind: 'b4-ty',
    aim: 'answered',
    confidence: 0.99,
    start: 4,
    end: 6,
    sha: 'abc1234',
  });
  return { ...item, messageId: 'thanks', atMs: sentMs + 1000, answers: 'cover', ...extra };
}

const sending = [
  target('cover', 0, 'all of it'),
  target('one', 1, 'lay the ground'),
  target('two', 2, 'build on it'),
];
const meant = (one: Notice, targets: readonly LandingTarget[] = sending) =>
  findLandings([one], targets, key).map((landing) => landing.value.messageId);

test('a notice on the cover means the patch of that title', () => {
  assert.deepEqual(meant(notice({ title: 'Build on it', position: 1 })), ['two']);
});

test('what is said of patches that are not held is not said of the one that is', () => {
  const [cover, one] = sending;
  assert.ok(cover && one);
  assert.deepEqual(meant(notice({ title: 'build on it', position: 2 }), [cover, one]), []);
  const alone = target('alone', 1, 'all of it', { total: 1 });
  assert.deepEqual(meant(notice({ title: 'all, edited', position: 3, answers: 'alone' }), [alone]), [
    'alone',
  ]);
});

test('a title that the maintainer edited is found by its number', () => {
  assert.deepEqual(meant(notice({ title: 'pump: build on it all', position: 2 })), ['two']);
});

test('a bot that numbers nothing means the patch that it answers, whatever the commit is called', () => {
  assert.deepEqual(meant(notice({ kind: 'tip-bot', answers: 'one', title: 'pump: the ground, laid' })), [
    'one',
  ]);
});

test('"Applied" without a title means the patch answered, on a cover all patches', () => {
  assert.deepEqual(meant(notice({ answers: 'one' })), ['one']);
  assert.deepEqual(meant(notice({})), ['one', 'two']);
});

test('other revisions of the series are left alone', () => {
  const older = target('old-two', 2, 'build on it', { revision: 'r0' });
  assert.deepEqual(meant(notice({ title: 'build on it' }), [older, ...sending]), ['two']);
});

test('a release means the newest posting of the title by that author before it', () => {
  const again = target('again', 2, 'build on it', { revision: 'r2', sentMs: sentMs + 500 });
  const later = target('later', 2, 'build on it', { revision: 'r3', sentMs: sentMs + 5000 });
  const release = notice({
    kind: 'release',
    aim: 'title',
    title: 'build on it',
    author: 'Ada Example',
    answers: null,
  });
  assert.deepEqual(meant(release, [...sending, again, later]), ['again']);
  assert.deepEqual(meant({ ...release, author: 'Bo Example' }), []);
});

test('a landing says which words it stands on', () => {
  const [landing] = findLandings([notice({ title: 'lay the ground' })], sending, key);
  assert.deepEqual(landing, {
    value: {
      notice: 'thanks',
      kind: 'b4-ty',
      messageId: 'one',
      title: 'lay the ground',
      sha: 'abc1234',
      tree: '',
      release: '',
      atMs: sentMs + 1000,
    },
    rule: 'notice-b4-ty',
    confidence: 0.99,
    evidence: [{ messageId: 'thanks', part: 'body', start: 4, end: 6 }],
    by: 'rule',
  });
});
