/** Contract of the store: rebuild, verification, empty answers. */
import assert from 'node:assert/strict';
import type { Tell } from './contract.ts';
import { letter, source } from './letters.ts';

export function upkeepSentences(tell: Tell): void {
  tell('forgetting what was derived keeps mail, corrections, reports and troubles', async ({ store }) => {
    const mails = [letter({ id: 'a', patch: {}, list: 'pets' }), letter({ id: 'b', replyTo: ['a'] })];
    await store.putMails(mails, source({ cursor: '5' }), 1);
    for (const stage of ['thread', 'link'] as const) await store.clearWaiting(stage, ['a', 'b']);
    await store.putThreads([{ messageId: 'b', parent: 'a', parentIsGuess: true, thread: 'a' }]);
    const basis = { rule: 'r', confidence: 1, evidence: [], by: 'rule' };
    await store.putFacts(
      ['b'],
      ['stance'],
      [{ ...basis, kind: 'stance', owner: 'b', subject: 'a', value: 1 }],
    );
    await store.putLinks({
      revisions: [],
      placements: [
        {
          messageId: 'a',
          revision: 'a',
          series: 'a',
          lineage: 'a',
          version: 1,
          position: 1,
          total: 1,
          previous: null,
          link: null,
        },
      ],
      gone: [],
    });
    const said = await store.addCorrection({
      atMs: 1,
      by: 'bo',
      kind: 'link',
      subject: 'a',
      value: 'b',
      reason: '',
    });
    await store.putTrouble([{ messageId: 'a', source: 's', place: '1', code: 'odd', detail: '' }]);
    await store.resetDerived();
    const info = await store.info();
    assert.deepEqual([info.messages, info.rawMails, info.postings, info.facts, info.series], [2, 2, 1, 0, 0]);
    assert.deepEqual(info.waiting, { parse: 2, thread: 2, link: 1, review: 0, series: 0 });
    assert.deepEqual(await store.getPlacements(['a']), new Map());
    const entry = (await store.getEntries(['b'])).get('b');
    assert.deepEqual([entry?.parent, entry?.parentIsGuess, entry?.thread], [null, false, 'b']);
    assert.deepEqual(await store.getCorrections({}), [said]);
    assert.equal((await store.getTroubles({ limit: 9 })).items.length, 1);
    assert.equal((await store.getSources())[0]?.cursor, '5');
    await store.rewriteMails(mails);
    assert.equal(await store.countSearch({ op: 'all' }, 9), 2);
    assert.equal((await store.info()).postings, 1);
  });

  tell('an unhurt store has no findings', async ({ store }) => {
    assert.deepEqual(await store.verify(), []);
    await store.putMails([letter({ id: 'a', patch: {} })], source(), 1);
    assert.deepEqual(await store.verify(), [
      '2 messages and series still wait to be derived; run `patchtrail ingest` or `patchtrail rebuild`.',
    ]);
  });

  tell('an empty store gives empty answers', async ({ store }) => {
    const empty = { items: [], next: null };
    assert.deepEqual(await store.getSources(), []);
    assert.deepEqual(await store.getLists(), []);
    assert.deepEqual(await store.listMessages({}, { limit: 5 }), empty);
    assert.deepEqual(await store.listSeries({}, 'waiting', { limit: 5 }), empty);
    assert.deepEqual(await store.listPeople({}, { limit: 5 }), empty);
    assert.deepEqual(await store.getTroubles({ limit: 5 }), empty);
    assert.deepEqual(await store.search({ op: 'all' }, 'newest', { limit: 5 }), empty);
    assert.deepEqual(await store.getAppearances('x'), []);
    assert.deepEqual(await store.getRawCopies('x'), []);
    assert.deepEqual(await store.getEvents(0, 5), []);
    assert.deepEqual(await store.listMessageIds(null, 5), []);
    const { sizeBytes, schema, ...info } = await store.info();
    assert.ok(sizeBytes > 0 && schema > 0);
    const waiting = { parse: 0, thread: 0, link: 0, review: 0, series: 0 };
    assert.deepEqual(
      { ...info, engine: '' },
      { engine: '', messages: 0, rawMails: 0, postings: 0, series: 0, facts: 0, waiting },
    );
  });
}
