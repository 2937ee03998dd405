/** Contract of the store: patches, sendings and happenings as trackers list them, and what people make. */
import assert from 'node:assert/strict';
import type { Store } from '../../ingest/store/store.ts';
import type { HappeningFilter, PatchFilter, PatchOrder } from '../../ingest/store/tracker.ts';
import { happeningKinds } from '../../ingest/store/tracker.ts';
import type { Tell } from './contract.ts';
import { dayMs, letter, source } from './letters.ts';

const basis = { rule: 'r', confidence: 1, evidence: [], by: 'rule' };
const whole = { offset: 0, limit: 50 };

/**
 *   [PATCH 0/2] purr                 ada   day 1   cover
 *     [PATCH 1/2] purr: softly       ada   day 1   first
 *       Re: [PATCH 1/2] purr: softly bo    day 3   remark
 *     [PATCH 2/2] purr: loudly       ada   day 1   second   (came a week late)
 *   [PATCH v2] purr: softly          bo    day 2   again, on another list
 */
async function fill(store: Store): Promise<void> {
  const ada = { from: 'ada@example.org', name: 'Ada Example', list: 'cats' };
  const batch = [
    letter({
      id: 'cover',
      subject: '[PATCH 0/2] purr',
      day: 1,
      patch: { n: 0, m: 2 },
      ...ada,
    }),
    {
      ...letter({ id: 'first', day: 1, patch: { n: 1, m: 2 }, ...ada }),
      patchName: '[1/2] purr: softly',
      patchHash: 'ab'.repeat(20),
    },
    letter({ id: 'remark', from: 'bo@example.org', name: 'Bo', day: 3, replyTo: ['first'], list: 'cats' }),
    {
      ...letter({
        id: 'again',
        day: 2,
        from: 'bo@example.org',
        name: 'Bo',
        list: 'dogs',
        patch: { v: 2 },
      }),
      patchName: '[v2] purr: softly',
    },
  ];
  await store.putMails(batch, source(), dayMs(5));
  const late = letter({ id: 'second', day: 1, patch: { n: 2, m: 2 }, ...ada });
  await store.putMails([{ ...late, patchName: '[2/2] purr: loudly' }], source(), dayMs(12));
  await store.putThreads([{ messageId: 'remark', parent: 'first', parentIsGuess: false, thread: 'first' }]);
  const place = (messageId: string, revision: string, position: number, total: number) => ({
    messageId,
    revision,
    series: 'cover',
    lineage: messageId === 'cover' ? null : messageId,
    version: 1,
    position,
    total,
    previous: null,
    link: null,
  });
  await store.putLinks({
    revisions: [],
    placements: [
      place('cover', 'cover', 0, 2),
      place('first', 'cover', 1, 2),
      place('second', 'cover', 2, 2),
      { ...place('again', 'again', 1, 1), version: 2 },
    ],
    gone: [],
  });
  await store.putSeries(
    [
      {
        id: 'cover',
        title: 'purr',
        titleWords: 'purr',
        authorAddress: 'ada@example.org',
        authorName: 'Ada',
        lists: ['cats', 'dogs'],
        firstMs: 1,
        lastMs: 1,
        latestRevision: 'again',
        version: 2,
        total: 1,
        isRfc: false,
        state: 'changes-requested',
        stateBasis: basis,
        turn: 'author',
        waitingPerson: '',
        waitingSinceMs: 1,
        waitingWhy: '',
        waitingBasis: basis,
        openPoints: 0,
        acked: 0,
        reviewed: 0,
        tested: 0,
        ghosts: [],
      },
    ],
    [],
    1,
  );
}

async function patches(
  store: Store,
  filter: Partial<PatchFilter>,
  by: PatchOrder = 'name',
  isDescending = false,
): Promise<string> {
  const { items } = await store.tracker.listPatches(
    { isCover: false, ...filter },
    { by, isDescending },
    whole,
  );
  return items.map((row) => row.messageId).join(' ');
}

async function happenings(store: Store, filter: Partial<HappeningFilter> = {}): Promise<string> {
  const { items } = await store.tracker.listHappenings({ kinds: happeningKinds, ...filter }, false, whole);
  return items.map((row) => `${row.kind}:${row.messageId}${row.answers ? `>${row.answers}` : ''}`).join(' ');
}

export function trackerSentences(tell: Tell): void {
  tell('numbers of messages stay, also when all is derived anew', async ({ store, reopen }) => {
    await fill(store);
    const before = await store.tracker.getNumbers(['first', 'again', 'nobody']);
    await store.resetDerived();
    const opened = await reopen();
    assert.deepEqual(await opened.tracker.getNumbers(['first', 'again', 'nobody']), before);
    const [first = 0] = before.values();
    assert.deepEqual(await opened.tracker.getIds([first, 99_999]), new Map([[first, 'first']]));
  });

  tell('patches are listed by what they are', async ({ store }) => {
    await fill(store);
    const numbers = await store.tracker.getNumbers(['cover', 'first', 'second']);
    const of = (id: string) => numbers.get(id) ?? 0;
    const rows: readonly (readonly [Partial<PatchFilter>, string])[] = [
      [{}, 'first second again'],
      [{ isCover: true }, 'cover'],
      [{ lists: ['cats'] }, 'first second'],
      [{ lists: [] }, ''],
      [{ numbers: [of('second')] }, 'second'],
      [{ messageIds: ['again', 'nobody'] }, 'again'],
      [{ sendings: [of('second')] }, 'first second'],
      [{ submitters: ['Bo@Example.org'] }, 'again'],
      [{ states: ['superseded'] }, 'first second'],
      [{ states: ['changes-requested', 'new'] }, 'again'],
      [{ isArchived: true }, ''],
      [{ hashes: ['ab'.repeat(20)] }, 'first'],
      [{ fromMs: dayMs(2) }, 'again'],
      [{ beforeMs: dayMs(2) }, 'first second'],
      [{ words: ['PURR', '/2'] }, 'first second'],
    ];
    for (const [filter, expected] of rows) {
      assert.equal(await patches(store, filter), expected, JSON.stringify(filter));
    }
    assert.equal(await patches(store, {}, 'id', true), 'second again first');
    const { items, count } = await store.tracker.listPatches(
      { isCover: false },
      { by: 'date', isDescending: true },
      { offset: 1, limit: 1 },
    );
    assert.deepEqual([items.map((row) => row.messageId), count], [['second'], 3]);
  });

  tell('what a person set on a patch goes before what follows from its series', async ({ store }) => {
    await fill(store);
    const mark = { state: 'deferred', isArchived: true, delegate: 7, commitRef: 'abc', pullUrl: null };
    await store.tracker.putPatchMark('again', mark);
    const { items } = await store.tracker.listPatches(
      { isCover: false, delegates: [7] },
      { by: 'id', isDescending: false },
      whole,
    );
    const [row] = items;
    assert.deepEqual(
      [row?.messageId, row?.slug, row?.isArchived, row?.commitRef, row?.lists, row?.submitter.address],
      ['again', 'deferred', true, 'abc', ['dogs'], 'bo@example.org'],
    );
  });

  tell('sendings say how many of their patches came', async ({ store }) => {
    await fill(store);
    const numbers = await store.tracker.getNumbers(['second']);
    const list = (filter: object) =>
      store.tracker.listSendings(filter, { by: 'date', isDescending: false }, whole);
    const { items, count } = await list({});
    assert.deepEqual(
      [
        items.map(({ revision, name, hasCover, held, total, version }) => [
          revision,
          name,
          hasCover,
          held,
          total,
          version,
        ]),
        count,
      ],
      [
        [
          ['cover', '[PATCH 0/2] purr', true, 2, 2, 1],
          ['again', '[v2] purr: softly', false, 1, 1, 2],
        ],
        2,
      ],
    );
    const found = async (filter: object) => (await list(filter)).items.map((row) => row.revision).join(' ');
    assert.equal(await found({ numbers: [...numbers.values()] }), 'cover');
    assert.equal(await found({ lists: ['dogs'] }), 'again');
    assert.equal(await found({ submitters: ['ada@example.org'], words: ['purr'] }), 'cover');
  });

  tell('happenings have the time at which a mail was first held', async ({ store }) => {
    await fill(store);
    assert.equal(
      await happenings(store, { beforeMs: dayMs(12) }),
      'comment-created:remark>first cover-created:cover patch-completed:first patch-completed:again ' +
        'patch-created:first patch-created:again series-completed:again series-created:cover series-created:again',
    );
    assert.equal(
      await happenings(store, { fromMs: dayMs(12) }),
      'patch-completed:second patch-created:second series-completed:cover',
    );
    const [first = 0] = (await store.tracker.getNumbers(['first'])).values();
    assert.equal(
      await happenings(store, { numbers: [first] }),
      'comment-created:remark>first patch-completed:first patch-created:first',
    );
    assert.equal(await happenings(store, { kinds: ['comment-created'], isOnCover: true }), '');
    assert.equal(
      await happenings(store, { kinds: ['series-created'], lists: ['dogs'] }),
      'series-created:again',
    );
    assert.equal(
      await happenings(store, { kinds: ['patch-created', 'comment-created'], sendings: [first] }),
      'comment-created:remark>first patch-created:first patch-created:second',
    );
  });

  tell('changes and checks are happenings, too', async ({ store }) => {
    await fill(store);
    const check = { message: 'first', context: 'build', state: 'fail', description: '', url: '' } as const;
    const [number = 0] = await store.tracker.putChecks([{ ...check, at: dayMs(20), by: 'ci' }]);
    await store.addCorrection({
      atMs: dayMs(21),
      by: 'ada',
      kind: 'patch-state',
      subject: 'first',
      value: { from: 'new', to: 'accepted' },
      reason: '',
    });
    assert.deepEqual(await store.tracker.getChecks(['first', 'second']), [
      { ...check, number, at: dayMs(20), by: 'ci' },
    ]);
    const mark = { state: null, isArchived: true, delegate: 7, commitRef: null, pullUrl: null };
    await store.tracker.putPatchMark('first', mark);
    assert.deepEqual(
      [...(await store.tracker.getPatchMarks(['first', 'second', 'nobody']))],
      [['first', mark]],
    );
    const { items } = await store.tracker.listHappenings(
      { kinds: happeningKinds, fromMs: dayMs(20) },
      true,
      whole,
    );
    assert.deepEqual(
      items.map(({ kind, by, change }) => [kind, by, change]),
      [
        ['patch-state-changed', 'ada', { from: 'new', to: 'accepted' }],
        ['check-created', 'ci', null],
      ],
    );
    assert.equal(await happenings(store, { kinds: happeningKinds, actors: ['ci'] }), 'check-created:first');
  });

  tell('senders are listed with the numbers that they keep', async ({ store }) => {
    await fill(store);
    const list = async (filter: object, isDescending = false) =>
      (await store.tracker.listSubmitters(filter, { by: 'email', isDescending }, whole)).items
        .map((row) => row.address)
        .join(' ');
    assert.equal(await list({}), 'ada@example.org bo@example.org');
    assert.equal(await list({}, true), 'bo@example.org ada@example.org');
    assert.equal(await list({ words: ['ada', 'example'] }), 'ada@example.org');
    assert.equal(await list({ addresses: ['BO@example.org'] }), 'bo@example.org');
    assert.equal(await list({ lists: ['dogs'] }), 'bo@example.org');
  });

  tell('records have one name within their kind, and can be changed', async ({ store }) => {
    const { tracker } = store;
    const { number } = await tracker.addRecord('bundle', 'purrs', { patches: [1] });
    await tracker.addRecord('token', 'purrs', {});
    await assert.rejects(tracker.addRecord('bundle', 'purrs', {}), { code: 'usage' });
    const other = await tracker.addRecord('bundle', 'mews', {});
    await assert.rejects(tracker.setRecord(other.number, 'purrs', {}), { code: 'usage' });
    assert.equal(await tracker.setRecord(number, 'purring', { patches: [2] }), true);
    assert.deepEqual(await tracker.getRecords('bundle', { name: 'purring' }), [
      { number, kind: 'bundle', name: 'purring', value: { patches: [2] } },
    ]);
    assert.deepEqual([await tracker.removeRecord(number), await tracker.removeRecord(number)], [true, false]);
    assert.deepEqual(
      (await tracker.getRecords('bundle')).map((row) => row.name),
      ['mews'],
    );
  });

  tell('the log of changes is read from its end', async ({ store }) => {
    for (const subject of ['a', 'b', 'c']) {
      await store.tracker.addAudit({ atMs: 1, by: 'ada', action: 'POST /x', subject, detail: { n: 1 } });
    }
    const rows = await store.tracker.listAudit(null, 2);
    assert.deepEqual(
      rows.map((row) => [row.subject, row.detail]),
      [
        ['c', { n: 1 }],
        ['b', { n: 1 }],
      ],
    );
    const rest = await store.tracker.listAudit(rows.at(-1)?.number ?? 0, 2);
    assert.deepEqual(
      rest.map((row) => row.subject),
      ['a'],
    );
  });
}
