import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neighbourKeys } from '../../ingest/link/keys.ts';
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
    ['link-with-version', 'title-same', 'files-differ', 'version-next', 'author-same'],
  );
  assert.deepEqual(
    reasons.filter((reason) => reason.evidence.length === 0),
    [],
  );
});

test('batches that a maintainer asks to pull are no revisions of each other, nor of what they hold', () => {
  const batch = (id: string, day: number, patches: readonly { title: string; patchId: string }[], v = 1) =>
    series({ id, day, cover: 'Fixes for tea', asksPull: true, v }, patches);
  const fix = { title: 'tea: brew it longer', patchId: 'brew', lines: [1, 2, 3] };
  const other = { title: 'tea: pour it slower', patchId: 'pour' };
  const all = [
    posting({ id: 'fix', ...fix }),
    ...batch('first', 3, [fix, other]),
    ...batch('next', 10, [
      { title: 'cup: warm it', patchId: 'warm' },
      { title: 'cup: dry it', patchId: 'dry' },
    ]),
    ...batch(
      'again',
      11,
      [
        { title: 'cup: warm it', patchId: 'warm' },
        { title: 'cup: dry it', patchId: 'dry2' },
      ],
      2,
    ),
  ];
  assert.deepEqual(follows(all), { fix: null, 'first-0': null, 'next-0': null, 'again-0': 'next-0' });
});

test('the same patches for two releases are no revisions of each other', () => {
  const patches = [
    { title: 'tea: brew it longer', patchId: 'brew' },
    { title: 'tea: pour it slower', patchId: 'pour' },
  ];
  const forRelease = (release: string, day: number, v = 1) =>
    series({ id: `r${release}-v${v}`, day, v, release, cover: 'Fixes for tea' }, patches);
  const all = [...forRelease('5.4', 1), ...forRelease('5.10', 1.1), ...forRelease('5.10', 4, 2)];
  assert.deepEqual(follows(all), { 'r5.4-v1-0': null, 'r5.10-v1-0': null, 'r5.10-v2-0': 'r5.10-v1-0' });
  const upstream = series({ id: 'up', cover: 'Fixes for tea' }, patches);
  assert.deepEqual(follows([...upstream, ...forRelease('5.4.y', 9)]), { 'up-0': null, 'r5.4.y-v1-0': null });
});

test('two tests made from one template are different, for each creates a file of its own', () => {
  const made = (id: string, v: number, day: number, title: string) =>
    posting({
      id,
      v,
      day,
      title,
      lines: [1, 2, 3, 4, 5, 6, 7, 8, 100 + v, 200 + v, 300 + v, 400 + v, 500 + v, 600 + v, 700 + v, 800 + v],
      files: ['run/list', `${id}.c`],
      created: [`${id}.c`],
    });
  assert.deepEqual(
    follows([made('wait05', 4, 1, 'Add wait05 test'), made('wait06', 5, 2, 'Add wait06 test')]),
    {
      wait05: null,
      wait06: null,
    },
  );
});

test('a short fix done in another way follows the first try at that file under a like title', () => {
  const common = { files: ['a.c'] };
  const first = {
    ...common,
    id: 'a',
    title: 'tea: fix use of pot before the check for no pot',
    lines: [1, 2, 3],
  };
  const second = {
    ...common,
    id: 'b',
    v: 2,
    day: 0.2,
    title: 'tea: remove the check for no pot',
    lines: [7, 8],
  };
  assert.deepEqual(follows([posting(first), posting(second)]), { a: null, b: 'a' });
});

test('covers of different things do not follow each other for one small patch in common', () => {
  const pot = series({ id: 'pot', day: 1, v: 4, cover: 'Support for pots' }, [
    { title: 'dts: add pots', lines: [1, 2, 3, 4, 5], files: ['tea.dts'] },
    { title: 'pot: new driver', lines: [20, 21, 22, 23, 24, 25], files: ['pot.c'] },
  ]);
  const cup = series({ id: 'cup', day: 40, v: 13, cover: 'Warm every cup' }, [
    { title: 'dts: new node', lines: [1, 6, 7, 8, 9], files: ['tea.dts'] },
    { title: 'cup: a driver', lines: [30, 31, 32, 33, 34, 35], files: ['cup.c'] },
  ]);
  assert.deepEqual(follows([...pot, ...cup]), { 'pot-0': null, 'cup-0': null });
});

test('a title with other signs between its words is the same title', () => {
  const older = series({ id: 'old', day: 1, v: 12, cover: 'TEA: pot: Add pot driver for cups' }, [
    { title: 'pot: add driver', lines: [1, 2, 3, 4, 5, 6, 7, 8], files: ['pot.c'] },
  ]);
  const newer = series(
    {
      id: 'new',
      day: 60,
      v: 13,
      cover: 'TEA/pot: Add driver for cups',
      from: 'bob@example.org',
      name: 'Bob Example',
    },
    [{ title: 'pot driver', lines: [1, 2, 3, 9, 10, 11, 12, 13], files: ['pot.c'] }],
  );
  assert.deepEqual(follows([...older, ...newer]), { 'old-0': null, 'new-0': 'old-0' });
});

test('a version sent as a reply to the first one follows the one before it', () => {
  const common = { title: 'tea: brew it longer', lines: [1, 2, 3, 4, 5, 6, 7], files: ['a.c'] };
  const all = [
    posting({ id: 'v1', ...common, title: 'tea: brew it for long' }),
    posting({ id: 'v2', v: 2, day: 2, ...common }),
    posting({ id: 'v3', v: 3, day: 9, parent: 'v1', ...common, lines: [1, 2, 3, 4, 5, 8, 9] }),
  ];
  assert.deepEqual(follows(all), { v1: null, v2: 'v1', v3: 'v2' });
});

test('the second version of a backport follows the first by the same sender', () => {
  const backport = (id: string, v: number) => ({
    ...posting({
      id,
      v,
      day: v,
      release: '5.4',
      title: 'tea: brew it longer',
      lines: [1, 2],
      files: ['a.c'],
    }),
    authorAddress: 'bob@example.org',
  });
  assert.deepEqual(follows([backport('v1', 1), backport('v2', 2)]), { v1: null, v2: 'v1' });
});

test('a patch that is sent for somebody else is found by its sender, named in it or not', () => {
  const plain = posting({ id: 'a', files: ['a.c'] });
  const named = {
    ...posting({ id: 'b', files: ['a.c'], title: 'other words' }),
    authorAddress: 'bob@example.org',
  };
  const shared = neighbourKeys(plain).filter((key) => neighbourKeys(named).includes(key));
  assert.deepEqual(shared, ['f:ada@example.org|a.c']);
});

test('titles with the same words have one key', () => {
  const keysOf = (title: string) =>
    neighbourKeys(posting({ id: title, title })).filter((key) => key.startsWith('t:'));
  assert.deepEqual(keysOf('TEA/pot: Add driver for cups'), keysOf('TEA: pot: add driver for cups'));
});
