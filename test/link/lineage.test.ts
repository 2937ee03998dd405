import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeSeries } from '../../ingest/link/lineage.ts';
import { makeOverrides, noOverrides } from '../../ingest/link/override.ts';
import { assembleSendings } from '../../ingest/link/sending.ts';
import type { Posting } from '../../ingest/model/posting.ts';
import { posting, series } from '../support/postings.ts';

const place = (postings: readonly Posting[], overrides = noOverrides) =>
  placeSeries('s', assembleSendings(postings), overrides);
/** Posting to lineage. */
const lineages = (postings: readonly Posting[]) =>
  Object.fromEntries(place(postings).map((one) => [one.messageId, one.lineage]));

test('a patch keeps its lineage when it moves to another position', () => {
  const first = series({ id: 'a' }, [{ title: 'lay the ground' }, { title: 'build on it' }]);
  const second = series({ id: 'b', v: 2, day: 7 }, [
    { title: 'clean up before' },
    { title: 'lay the ground' },
    { title: 'build on it' },
  ]);
  assert.deepEqual(lineages([...first, ...second]), {
    'a-1': 'a-1',
    'a-2': 'a-2',
    'b-1': 'b-1',
    'b-2': 'a-1',
    'b-3': 'a-2',
  });
});

test('a renamed patch is known by its lines, and one-to-one: its look-alike stays with its own', () => {
  const first = series({ id: 'a' }, [
    { title: 'add the helper', lines: [1, 2, 3, 4], files: ['x.c'] },
    { title: 'use the helper', lines: [1, 2, 8, 9], files: ['x.c'] },
  ]);
  const second = series({ id: 'b', v: 2, day: 7 }, [
    { title: 'introduce something', lines: [1, 2, 3, 5], files: ['x.c'] },
    { title: 'call it everywhere', lines: [1, 2, 8, 9], files: ['x.c'] },
  ]);
  assert.deepEqual(lineages([...first, ...second]), {
    'a-1': 'a-1',
    'a-2': 'a-2',
    'b-1': 'a-1',
    'b-2': 'a-2',
  });
});

test('a cover letter has no lineage', () => {
  assert.equal(lineages(series({ id: 'a', cover: 'why' }, [{}]))['a-0'], null);
});

test('the version in a title counts that patch, siblings have their own', () => {
  const first = series({ id: 'a' }, [
    { title: 'register the area', own: 19 },
    { title: 'use the area', own: 7 },
  ]);
  const second = series({ id: 'b', day: 30 }, [
    { title: 'register the area', own: 20 },
    { title: 'take the area if there', own: 9 },
  ]);
  const placed = place([...first, ...second]);
  assert.deepEqual(
    placed.map((one) => [one.messageId, one.version]),
    [
      ['a-1', 19],
      ['a-2', 7],
      ['b-1', 20],
      ['b-2', 9],
    ],
  );
});

test('a patch that was left out for a revision comes back to its lineage', () => {
  const all = [
    ...series({ id: 'a' }, [{ title: 'one' }, { title: 'two' }]),
    ...series({ id: 'b', v: 2, day: 7 }, [{ title: 'one' }, { title: 'three' }]),
    ...series({ id: 'c', v: 3, day: 14 }, [{ title: 'one' }, { title: 'two' }]),
  ];
  assert.equal(lineages(all)['c-2'], 'a-2');
});

test('a patch split in two goes on as the part that is most alike; the other says where it came from', () => {
  const whole = posting({
    id: 'a',
    title: 'do both things',
    lines: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    files: ['x.c'],
  });
  const parts = series({ id: 'b', v: 2, day: 7 }, [
    { title: 'do both things', lines: [1, 2, 3, 4, 5], files: ['x.c'] },
    { title: 'do the other thing', lines: [6, 7, 8, 9], files: ['x.c'] },
  ]);
  const placed = place([whole, ...parts]);
  assert.deepEqual(
    placed.map(({ messageId, lineage, previous, link }) => [
      messageId,
      lineage,
      previous,
      link?.changes ?? null,
    ]),
    [
      ['a', 'a', null, null],
      ['b-1', 'a', 'a', ['changed', 'moved']],
      ['b-2', 'b-2', 'a', ['split']],
    ],
  );
});

test('a patch whose lines went into another one is told there as merged', () => {
  const first = series({ id: 'a' }, [
    { title: 'do the first thing', lines: [1, 2, 3, 4, 5], files: ['x.c'] },
    { title: 'do the other thing', lines: [6, 7, 8, 9], files: ['x.c'] },
  ]);
  const whole = posting({
    id: 'b',
    v: 2,
    day: 7,
    title: 'do the first thing',
    lines: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    files: ['x.c'],
  });
  const placed = place([...first, whole]).find((one) => one.messageId === 'b');
  assert.deepEqual([placed?.lineage, placed?.link?.changes], ['a-1', ['changed', 'moved', 'merged']]);
  assert.equal(placed?.link?.evidence.at(-1)?.messageId, 'a-2');
});

test("a person's word puts a patch into a lineage that no rule would find", () => {
  const all = [
    ...series({ id: 'a' }, [{ title: 'one' }, { title: 'two' }]),
    ...series({ id: 'b', v: 2, day: 7 }, [{ title: 'one' }, { title: 'entirely new' }]),
  ];
  const placed = place(all, makeOverrides([{ kind: 'link', subject: 'b-2', value: 'a-2', by: 'ada' }]));
  const found = placed.find((one) => one.messageId === 'b-2');
  assert.deepEqual(
    [found?.lineage, found?.link?.rule, found?.link?.by, found?.link?.confidence],
    ['a-2', 'person', 'ada', 1],
  );
});

test('two patches of one sending never share a lineage', () => {
  const twins = { title: 'the same words', lines: [1, 2, 3], files: ['x.c'] };
  const placed = lineages([
    ...series({ id: 'a' }, [twins, twins]),
    ...series({ id: 'b', v: 2, day: 7 }, [twins, twins]),
  ]);
  assert.notEqual(placed['b-1'], placed['b-2']);
});
