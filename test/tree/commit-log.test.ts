/**
 * What a commit message says, and which tag had a commit first.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { referencesOf } from '../../ingest/source/commit-log.ts';
import { labelCommits } from '../../ingest/source/first-tag.ts';

const sha = 'a'.repeat(40);

test('mails, mended and reverted commits are read from the lines that name them', () => {
  const text = [
    'Some words about https://lore.example.org/r/other@example.org.',
    `commit ${sha} upstream.`,
    'This reverts commit 0123456789abcdef.',
    'Fixes: deadbeef0123 ("pump: Count strokes")',
    'fixes: not a commit',
    'Link: https://lore.example.org/r/one@example.org/',
    'Message-Id: <two@example.org>',
    'Link: https://bugs.example.org/17',
  ].join('\n');
  assert.deepEqual(referencesOf(text), {
    messageIds: ['one@example.org', 'two@example.org'],
    upstream: sha,
    fixes: ['deadbeef0123'],
    reverts: '0123456789abcdef',
  });
  assert.equal(referencesOf(`[ Upstream commit ${sha} ]`).upstream, sha);
});

test('any commit message can be read', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => referencesOf(text) !== undefined));
});

test('a commit belongs to the oldest tag that holds it', () => {
  //  a - b - d - e     v1: b, v2: e, side: c
  //   \- c -/
  const parents = new Map([
    ['a', ''],
    ['b', 'a'],
    ['c', 'a'],
    ['d', 'b c'],
    ['e', 'd'],
    ['f', 'e'],
  ]);
  const tags = [
    { name: 'v1', sha: 'b', atMs: 1 },
    { name: 'v2', sha: 'e', atMs: 2 },
    { name: 'side', sha: 'c', atMs: 3 },
  ];
  const labels = { a: 'v1', b: 'v1', c: 'v2', d: 'v2', e: 'v2' };
  assert.deepEqual(Object.fromEntries([...labelCommits(tags, parents)].sort()), labels);
});
