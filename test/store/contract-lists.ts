/** Contract of the store: lists of messages, people, lists, troubles. */
import assert from 'node:assert/strict';
import type { MailToStore, Store } from '../../ingest/store/store.ts';
import type { Tell } from './contract.ts';
import { dayMs, letter, source } from './letters.ts';

async function put(store: Store, ...batch: MailToStore[]) {
  return store.putMails(batch, source(), 1);
}

export function listSentences(tell: Tell): void {
  tell('messages are listed newest first, by list and by person, page by page', async ({ store }) => {
    const batch = [3, 1, 2, 5, 4].map((day) =>
      letter({
        id: `m${day}@example.org`,
        day,
        list: day % 2 ? 'odd' : 'even',
        from: day < 3 ? 'bo@example.org' : 'ada@example.org',
      }),
    );
    await put(store, ...batch);
    const ids = async (filter: { list?: string; person?: string }) => {
      const found: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await store.listMessages(filter, { limit: 2, ...(cursor ? { cursor } : {}) });
        found.push(...page.items.map((entry) => entry.messageId[1] ?? ''));
        cursor = page.next;
      }
      return found.join('');
    };
    assert.equal(await ids({}), '54321');
    assert.equal(await ids({ list: 'odd' }), '531');
    assert.equal(await ids({ person: 'Bo@example.org' }), '21');
    assert.equal(await ids({ person: 'bo@example.org', list: 'odd' }), '1');
    assert.equal(await ids({ list: 'none' }), '');
  });

  tell('all ids come in order of time, then id', async ({ store }) => {
    await put(store, ...['c', 'a', 'b'].map((id) => letter({ id, day: 1 })), letter({ id: 'z', day: 0.5 }));
    const first = await store.listMessageIds(null, 2);
    assert.deepEqual(first, [
      { messageId: 'z', sortMs: dayMs(0.5) },
      { messageId: 'a', sortMs: dayMs(1) },
    ]);
    const rest = await store.listMessageIds(first[1] ?? null, 9);
    assert.deepEqual(
      rest.map((row) => row.messageId),
      ['b', 'c'],
    );
    assert.deepEqual(await store.listMessageIds(rest[1] ?? null, 9), []);
  });

  tell('lists and people are counted from what is held', async ({ store }) => {
    await put(
      store,
      letter({ id: 'a', day: 1, list: 'pets', patch: { title: 'feed the cat' } }),
      letter({ id: 'b', day: 2, list: 'pets', from: 'bo@example.org', name: 'Bo' }),
      letter({ id: 'c', day: 3, from: 'bo@example.org', name: 'Bo Newname', list: 'cats' }),
    );
    assert.deepEqual(await store.getLists(), [
      { name: 'cats', messages: 1, postings: 0, series: 0, firstMs: dayMs(3), lastMs: dayMs(3) },
      { name: 'pets', messages: 2, postings: 1, series: 0, firstMs: dayMs(1), lastMs: dayMs(2) },
    ]);
    const bo = {
      address: 'bo@example.org',
      name: 'Bo Newname',
      messages: 2,
      postings: 0,
      series: 0,
      trailersGiven: 0,
      firstMs: dayMs(2),
      lastMs: dayMs(3),
    };
    assert.deepEqual(await store.getPerson('BO@example.org'), bo);
    const page = await store.listPeople({}, { limit: 1 });
    assert.deepEqual(page.items, [bo]);
    const rest = await store.listPeople({}, { limit: 1, cursor: page.next ?? '' });
    assert.deepEqual([rest.items.map((row) => row.address), rest.next], [['ada@example.org'], null]);
    assert.deepEqual((await store.listPeople({ text: 'NEWN' }, { limit: 5 })).items, [bo]);
  });

  tell('a trouble met again is the same trouble', async ({ store }) => {
    const row = { messageId: 'a', source: 's', place: '1', code: 'charset-unknown', detail: 'klingon' };
    await store.putTrouble([row, { ...row, place: '2' }]);
    await store.putTrouble([{ ...row, detail: 'x-klingon' }]);
    const page = await store.getTroubles({ limit: 1 });
    assert.deepEqual(page.items, [{ ...row, place: '2' }]);
    const rest = await store.getTroubles({ limit: 9, cursor: page.next ?? '' });
    assert.deepEqual(rest, { items: [{ ...row, detail: 'x-klingon' }], next: null });
  });
}
