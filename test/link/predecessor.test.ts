import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LinkCorrection, makeOverrides } from '../../ingest/link/override.ts';
import { choosePredecessor, judge } from '../../ingest/link/predecessor.ts';
import { assembleSendings } from '../../ingest/link/sending.ts';
import type { Posting } from '../../ingest/model/posting.ts';
import { posting, series } from '../support/postings.ts';

/** For each sending, oldest first, the one it follows; candidates are all others. */
function follows(
  postings: readonly Posting[],
  corrections: readonly LinkCorrection[] = [],
): Record<string, string | null> {
  const sendings = assembleSendings(postings);
  const overrides = makeOverrides(corrections);
  return Object.fromEntries(
    sendings.map((sending) => [
      sending.id,
      choosePredecessor(sending, sendings, overrides)?.older.id ?? null,
    ]),
  );
}

test('the next version of a patch with the same title follows the one before, not the first', () => {
  const title = 'sched: keep the fast path fast';
  const lines = [1, 2, 3, 4];
  const all = [1, 2, 3].map((v) => posting({ id: `v${v}`, v, title, day: v * 7, lines, files: ['a.c'] }));
  assert.deepEqual(follows(all), { v1: null, v2: 'v1', v3: 'v2' });
});

test('a patch whose title changed follows the one that its sender links with its version', () => {
  const older = posting({
    id: 'old',
    title: 'libc: use the cpu number of the thread area',
    lines: [1, 2],
    files: ['a.c'],
  });
  const newer = posting({
    id: 'new',
    v: 2,
    title: 'Use rseq where there is one',
    day: 9,
    lines: [8, 9],
    files: ['a.c'],
    links: [{ to: 'old', v: 1 }],
  });
  assert.deepEqual(follows([older, newer]), { old: null, new: 'old' });
});

test('a patch whose title changed without a link is known by its diff and its version', () => {
  const older = posting({
    id: 'old',
    title: 'libc: use the cpu number of the thread area',
    lines: [1, 2, 3, 4, 5],
    files: ['a.c'],
  });
  const newer = posting({
    id: 'new',
    v: 2,
    title: 'Use rseq where there is one',
    day: 9,
    lines: [1, 2, 3, 4, 9],
    files: ['a.c'],
  });
  assert.deepEqual(follows([older, newer]), { old: null, new: 'old' });
});

test('short titles of one sender stay apart where the diffs have nothing in common', () => {
  const all = [1, 2, 3].map((n) =>
    posting({ id: `t${n}`, title: 'tfix', day: n, lines: [n * 10, n * 10 + 1], files: [`page-${n}.7`] }),
  );
  assert.deepEqual(follows(all), { t1: null, t2: null, t3: null });
});

test('a resend of the same content follows its original', () => {
  const common = { title: 'net: close the gap', patchId: 'same', lines: [1, 2], files: ['a.c'] };
  assert.deepEqual(
    follows([posting({ id: 'a', ...common }), posting({ id: 'b', resend: true, day: 14, ...common })]),
    { a: null, b: 'a' },
  );
});

test('a request for comments goes on as a patch, counting from one again', () => {
  const common = { title: 'sched: mark a new task before it runs', lines: [1, 2, 3], files: ['core.c'] };
  const rfc = series({ id: 'rfc', rfc: true, cover: 'repair the cpu number' }, [
    common,
    { title: 'selftests: look for it' },
  ]);
  const patch = posting({ id: 'fix', day: 1, ...common });
  assert.deepEqual(follows([...rfc, patch]), { 'rfc-0': null, fix: 'rfc-0' });
});

test('part two of the same day is a series of its own, however alike its cover letter', () => {
  const cover = (part: string) => `rework the driver to the new specification, part ${part}`;
  const one = series({ id: 'a', cover: cover('one') }, [{ lines: [1, 2, 3], files: ['x.c'] }, {}]);
  const two = series({ id: 'b', cover: cover('two'), day: 0.1 }, [{ lines: [1, 2, 9], files: ['x.c'] }, {}]);
  assert.equal(follows([...one, ...two])['b-0'], null);
});

test('an equal change-id joins what nothing else would, a different one keeps apart what looks alike', () => {
  const a = posting({ id: 'a', title: 'one name', changeId: 'x', lines: [1], files: ['a.c'] });
  const b = posting({
    id: 'b',
    v: 2,
    title: 'another name',
    changeId: 'x',
    day: 400,
    lines: [2],
    files: ['b.c'],
  });
  const c = posting({
    id: 'c',
    v: 2,
    title: 'one name for everything here',
    changeId: 'y',
    day: 5,
    lines: [7, 8],
    files: ['c.c'],
  });
  const d = posting({
    id: 'd',
    title: 'one name for everything here',
    changeId: 'z',
    day: 4,
    lines: [7, 9],
    files: ['c.c'],
  });
  assert.deepEqual(follows([a, b, c, d]), { a: null, d: null, c: null, b: 'a' });
});

test('a link to a series that it depends on does not make it a revision of that', () => {
  const base = series({ id: 'base', cover: 'the ground to build on' }, [{}, {}]);
  const next = series(
    { id: 'next', cover: 'what is built on it', day: 3, links: [{ to: 'base-0', where: 'body' }] },
    [{}, {}],
  );
  assert.equal(follows([...base, ...next])['next-0'], null);
});

test("a person's link and unlink go before every rule", () => {
  const a = posting({ id: 'a', title: 'one thing to do here' });
  const b = posting({ id: 'b', title: 'another thing to do', day: 3 });
  const say = (kind: LinkCorrection['kind']): LinkCorrection => ({
    kind,
    subject: 'b',
    value: 'a',
    by: 'ada',
  });
  assert.equal(follows([a, b], [say('link')]).b, 'a');
  const c = posting({ id: 'c', v: 2, title: 'one thing to do here', day: 4, patchId: 'patch-id-a' });
  assert.equal(follows([a, c]).c, 'a');
  assert.equal(follows([a, c], [{ kind: 'unlink', subject: 'c', value: 'a', by: 'ada' }]).c, null);
});

test('every reason for a link carries words that can be shown', () => {
  const [older, newer] = assembleSendings([
    posting({ id: 'a', title: 'mm: count the pages once' }),
    posting({ id: 'b', v: 2, title: 'mm: count the pages once', day: 2, links: [{ to: 'a', v: 1 }] }),
  ]);
  assert.ok(older && newer);
  const reasons = judge(newer, older);
  assert.deepEqual(
    reasons.map((reason) => reason.rule),
    ['link-with-version', 'title-same', 'diff-unlike', 'files-differ', 'version-next', 'author-same'],
  );
  assert.deepEqual(
    reasons.filter((reason) => reason.evidence.length === 0),
    [],
  );
});
