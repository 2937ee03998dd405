/** The discussion of one glibc patch, where the corpora are at hand: its ghost, its comments, its turns, its answer. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readConfig } from '../../ingest/config.ts';
import type { Point, Stance } from '../../ingest/model/review.ts';
import { neverPulled } from '../../ingest/pipeline.ts';
import { derive } from '../../ingest/stage/derive.ts';
import { prepareMail } from '../../ingest/stage/prepare-mail.ts';
import { openStore } from '../../ingest/store/open.ts';
import type { SourceRow, Store } from '../../ingest/store/store.ts';
import { requestOwnApp } from '../../server/cli/own-app.ts';
import type { SeriesDetail, ThreadDigest } from '../../server/wire.ts';
import { corporaOptions, corpusMails } from '../support/corpora.ts';

const rename = '87imgqdib5.fsf@oldenburg2.str.redhat.com';
const lastV7 = '20200501021439.2456-3-mathieu.desnoyers@efficios.com';
const announced = '901929746.433.1594069712898.JavaMail.zimbra@efficios.com';
const rfcFix = '20200706204913.20347-1-mathieu.desnoyers@efficios.com';

let store: Store;

before(async () => {
  if (corporaOptions.skip) return;
  store = await openStore(':memory:');
  const source: SourceRow = {
    location: 'golden',
    kind: 'mbox',
    list: 'rseq',
    ...neverPulled,
  };
  const mails = [];
  let at = 0;
  for (const raw of corpusMails('rseq-2019-2020.mbox.gz'))
    mails.push(await prepareMail({ raw, list: 'rseq', place: String(at++) }));
  await store.putMails(mails, source, 0);
  await derive(store, { nowMs: () => 0 });
});

after(() => store?.close());

async function read<T>(path: string): Promise<T> {
  const { isGood, json } = await requestOwnApp(store, readConfig(null, {}), path);
  assert.ok(isGood, JSON.stringify(json));
  return json as T;
}

test('v8 was spoken of but never sent to the lists that are held', corporaOptions, async () => {
  const { ghosts, revisions } = await read<SeriesDetail>(`/api/v1/series/${lastV7}`);
  assert.ok(!revisions.some(({ label }) => /^v8\b/.test(label)), 'v8 is held');
  const placed = await store.getPlacements([lastV7]);
  const lineage = placed.get(lastV7)?.lineage ?? '';
  const versions = [...(await store.getLineages([lineage])).values()].flat().map(({ version }) => version);
  assert.ok(versions.includes(7) && versions.includes(9) && !versions.includes(8), versions.join(' '));
  assert.deepEqual(
    ghosts.filter(({ version }) => version >= 4).map(({ version, why }) => [version, why.rule]),
    [[8, 'change-log']],
  );
});

test('the wish for another title is a comment on the last v7, done by v9', corporaOptions, async () => {
  const [fact] = await store.getFacts({ kinds: ['point'], owners: [rename] });
  const point = fact?.value as Point;
  assert.deepEqual(
    [point.posting, point.kind, point.status.value, point.anchorMessage],
    [lastV7, 'change-requested', 'addressed', lastV7],
  );
  const { grid } = await read<SeriesDetail>(`/api/v1/series/${lastV7}`);
  const row = grid.find(({ cells }) => cells.some(({ messageId }) => messageId === lastV7));
  assert.equal(
    row?.cells.at(-1)?.title.replace(/ \(v9\)$/, ''),
    'Linux: Use rseq in sched_getcpu if available',
  );
});

test('July 2020: the objection, the other view, and the fix that answers', corporaOptions, async () => {
  const { items, links } = await read<ThreadDigest>(`/api/v1/threads/${announced}/digest`);
  const told = items.map(({ kind, person, span }) => `${kind} ${person.name} ${span.messageId}`);
  assert.ok(
    told.includes(
      'disagreement Mathieu Desnoyers 1679448037.22891.1594056826859.JavaMail.zimbra@efficios.com',
    ),
    told.join('\n'),
  );
  assert.ok(told.includes('objection Florian Weimer 87k0zg3535.fsf@oldenburg2.str.redhat.com'));
  assert.ok(told.includes(`fix-posted Mathieu Desnoyers ${announced}`));
  const fix = links.find(({ messageId }) => messageId === rfcFix);
  assert.deepEqual(
    [fix?.isHeld, fix?.title, fix?.places.map(({ messageId }) => messageId)],
    [true, '[RFC PATCH for 5.8 0/4] rseq cpu_id ABI fix', [announced]],
  );
  const stances = await store.getFacts({
    kinds: ['stance'],
    owners: ['87k0zg3535.fsf@oldenburg2.str.redhat.com'],
  });
  assert.deepEqual(
    stances.map(({ value }) => [(value as Stance).personName, (value as Stance).kind]),
    [['Florian Weimer', 'objection']],
  );
});
