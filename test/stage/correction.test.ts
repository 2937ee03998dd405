/** What people say about links outranks the rules, survives a rebuild, and can be taken back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
