/** What people say about links outranks the rules, survives a rebuild, and can be taken back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GivenTrailer, Point, Stance } from '../../ingest/model/review.ts';
import { rebuild } from '../../ingest/pipeline.ts';
import { derive } from '../../ingest/stage/derive.ts';
import type { Store } from '../../ingest/store/store.ts';
import { withMails } from '../support/derived-store.ts';
import { idOf, type MailShort, patchBody } from '../support/mail-text.ts';

const one: MailShort = {
  id: 'one',
  subject: '[PATCH] pump: count strokes',
  body: patchBody({ now: ['	count(pump);'] }),
};
const other: MailShort = {
  id: 'other',
  subject: '[PATCH] valve: open it slowly',
  hour: 30,
  body: patchBody({ file: 'valve.c', now: ['	slowly(valve);'] }),
};
const second: MailShort = {
  id: 'second',
  subject: '[PATCH v2] pump: count strokes',
  hour: 60,
  body: patchBody({ now: ['	count(pump);', '	note(pump);'] }),
};

async function say(store: Store, kind: 'link' | 'unlink', newer: string, older: string) {
  const correction = await store.addCorrection({
    atMs: 1,
    by: 'mai',
    kind,
    subject: idOf(newer),
    value: idOf(older),
    reason: 'I know',
  });
  await linkAgain(store, newer, older);
  return correction;
}

async function linkAgain(store: Store, ...ids: readonly string[]) {
  await store.markWaiting('link', ids.map(idOf));
  await derive(store, { nowMs: () => 0 });
}

/** Posting to its series and lineage. */
async function places(store: Store): Promise<Record<string, string>> {
  const found = await store.getPlacements(['one', 'other', 'second'].map(idOf));
  return Object.fromEntries(
    [...found].map(([id, place]) => [
      id.split('@')[0],
      `${place.series.split('@')[0]}/${place.lineage?.split('@')[0]}`,
    ]),
  );
}

const ruled = { one: 'one/one', other: 'other/other', second: 'one/one' };

test('a link by a person joins what no rule would, and stays through a rebuild', () =>
  withMails([one, other, second], async (store) => {
    assert.deepEqual(await places(store), ruled);
    await say(store, 'link', 'other', 'one');
    const said = { one: 'one/one', other: 'one/one', second: 'one/one' };
    assert.deepEqual(await places(store), said);
    await rebuild({ store, nowMs: () => 0 });
    assert.deepEqual(await places(store), said);
  }));

test('an unlink by a person parts what the rules join, and undoing it joins them again', () =>
  withMails([one, other, second], async (store) => {
    const correction = await say(store, 'unlink', 'second', 'one');
    assert.deepEqual(await places(store), { ...ruled, second: 'second/second' });
    await store.undoCorrection(correction.id, 'mai', 2);
    await linkAgain(store, 'second', 'one');
    assert.deepEqual(await places(store), ruled);
  }));

test('series that were parted or joined leave no row behind', () =>
  withMails([one, other, second], async (store) => {
    const titles = async () =>
      (await store.listSeries({}, 'oldest', { limit: 10 })).items.map(
        (row) => `${row.id.split('@')[0]} v${row.version}`,
      );
    assert.deepEqual(await titles(), ['one v2', 'other v1']);
    await say(store, 'link', 'other', 'one');
    assert.deepEqual(await titles(), ['one v2']);
  }));

test('a state that a person set outranks what mail says', () =>
  withMails([one], async (store) => {
    await store.addCorrection({
      atMs: 1,
      by: 'mai',
      kind: 'state',
      subject: idOf('one'),
      value: 'rejected',
      reason: '',
    });
    await store.markWaiting('series', [idOf('one')]);
    await derive(store, { nowMs: () => 0 });
    const row = (await store.getSeries([idOf('one')])).get(idOf('one'));
    assert.deepEqual([row?.state, row?.stateBasis.by], ['rejected', 'mai']);
  }));

const review: MailShort = {
  id: 'review',
  subject: 'Re: [PATCH] pump: count strokes',
  from: 'Bo Lindqvist <bo@lindqvist.example>',
  hour: 3,
  inReplyTo: 'one',
  body: [
    '> +	count(pump);',
    'Should this not be locked?',
    '',
    'Reviewed-by: Bo Lindqvist <bo@lindqvist.example>',
  ].join('\n'),
};

/** What was read from the review, in few words. */
async function readFrom(store: Store): Promise<string[]> {
  const facts = await store.getFacts({ kinds: ['point', 'stance', 'trailer'], owners: [idOf('review')] });
  return facts
    .map(({ kind, value, by }) => {
      if (kind === 'point') {
        const { status } = value as Point;
        return `point ${status.value} by ${status.by}`;
      }
      return `${kind} ${kind === 'stance' ? (value as Stance).kind : (value as GivenTrailer).name} by ${by}`;
    })
    .sort();
}

async function sayOfReview(store: Store, kind: string, value: string) {
  const correction = { atMs: 1, by: 'mai', kind, subject: idOf('review'), value, reason: '' };
  const kept = await store.addCorrection(correction);
  await reviewAgain(store);
  return kept;
}

async function reviewAgain(store: Store) {
  await store.markWaiting('review', [idOf('review')]);
  await derive(store, { nowMs: () => 0 });
}

const asRead = [
  'point open by rule',
  'stance question by rule',
  'stance review by rule',
  'trailer Reviewed-by by rule',
];

test('what became of a point is what a person says, and counts in the queue', () =>
  withMails([one, review], async (store) => {
    const openPoints = async () => (await store.getSeries([idOf('one')])).get(idOf('one'))?.openPoints;
    assert.deepEqual(await readFrom(store), asRead);
    assert.equal(await openPoints(), 1);
    const said = await sayOfReview(store, 'point', '1 addressed');
    assert.deepEqual(await readFrom(store), ['point addressed by mai', ...asRead.slice(1)]);
    assert.equal(await openPoints(), 0);
    await rebuild({ store, nowMs: () => 0 });
    assert.deepEqual(await readFrom(store), ['point addressed by mai', ...asRead.slice(1)]);
    await store.undoCorrection(said.id, 'mai', 2);
    await reviewAgain(store);
    assert.deepEqual(await readFrom(store), asRead);
  }));

test('a comment that a person says is none is gone', () =>
  withMails([one, review], async (store) => {
    await sayOfReview(store, 'point', '1 none');
    assert.deepEqual(await readFrom(store), asRead.slice(1));
  }));

test('a stance is what a person says, and what is said of that later counts', () =>
  withMails([one, review], async (store) => {
    await sayOfReview(store, 'stance', 'review ack');
    assert.deepEqual(await readFrom(store), [
      'point open by rule',
      'stance ack by mai',
      'stance question by rule',
      'trailer Reviewed-by by rule',
    ]);
    await sayOfReview(store, 'stance', 'ack none');
    assert.deepEqual(
      await readFrom(store),
      asRead.filter((one) => one !== 'stance review by rule'),
    );
  }));

test('a trailer that a person says was not given is gone with the approval in it', () =>
  withMails([one, review], async (store) => {
    await sayOfReview(store, 'trailer', 'Reviewed-by: Bo Lindqvist <bo@lindqvist.example>');
    assert.deepEqual(await readFrom(store), asRead.slice(0, 2));
    const row = (await store.getSeries([idOf('one')])).get(idOf('one'));
    assert.equal(row?.reviewed, 0);
  }));

const refusal: MailShort = {
  ...review,
  body: [
    '> +	count(pump);',
    'NAK, this counts every stroke twice.',
    '',
    'Nacked-by: Bo Lindqvist <bo@lindqvist.example>',
    'Reviewed-and-tested-by: Bo Lindqvist <bo@lindqvist.example>',
  ].join('\n'),
};

test('a trailer that is taken back takes every stance with it that it gave, and no word beside it', () =>
  withMails([one, refusal], async (store) => {
    const stances = async () => (await readFrom(store)).filter((fact) => fact.startsWith('stance'));
    const objection = 'stance objection by rule';
    assert.deepEqual(await stances(), [objection, 'stance review by rule', 'stance test by rule']);
    await sayOfReview(store, 'trailer', 'Reviewed-and-tested-by: Bo Lindqvist <bo@lindqvist.example>');
    assert.deepEqual(await stances(), [objection]);
    await sayOfReview(store, 'trailer', 'Nacked-by: Bo Lindqvist <bo@lindqvist.example>');
    assert.deepEqual(await stances(), [objection]);
    await sayOfReview(store, 'stance', 'objection none');
    assert.deepEqual(await stances(), []);
  }));

test('a refusal that stands in a trailer alone goes with it', () =>
  withMails(
    [one, { ...review, body: '> +	count(pump);\nNacked-by: Bo Lindqvist <bo@lindqvist.example>\n' }],
    async (store) => {
      const before = await readFrom(store);
      assert.ok(before.includes('stance objection by rule'));
      await sayOfReview(store, 'trailer', 'Nacked-by: Bo Lindqvist <bo@lindqvist.example>');
      assert.deepEqual(await readFrom(store), []);
    },
  ));

test('what makes no sense as a correction changes nothing', () =>
  withMails([one, review], async (store) => {
    for (const value of ['1', '1 splendid', 'x open', '1 open now', '99 addressed'])
      await sayOfReview(store, 'point', value);
    await sayOfReview(store, 'stance', 'review splendid');
    await sayOfReview(store, 'trailer', 'Reviewed-by');
    assert.deepEqual(await readFrom(store), asRead);
  }));
