/** Contract of the store: taking a list away. */
import assert from 'node:assert/strict';
import type { Store } from '../../ingest/store/store.ts';
import type { Tell } from './contract.ts';
import { letter, source } from './letters.ts';

const pets = source({ location: 'pets.git', list: 'pets', cursor: '7', mails: 2 });
const cats = source({ location: 'cats.git', list: 'cats', cursor: '9', mails: 2 });

/** One mail on each list alone, and one on both. */
async function fill(store: Store): Promise<void> {
  const patch = { title: 'a patch for all who purr' };
  const both = (list: string) =>
    letter({ id: 'both', list, raw: `on ${list}`, arrivedDay: list === 'pets' ? 1 : 2 });
  await store.putMails(
    [letter({ id: 'dog', list: 'pets', from: 'bo@example.org', patch }), both('pets')],
    pets,
    1,
  );
  await store.putMails([letter({ id: 'cat', list: 'cats', patch }), both('cats')], cats, 1);
  await store.putTrouble([
    { messageId: 'dog', source: 'pets.git', place: '1', code: 'charset-unknown', detail: 'woof' },
    { messageId: '', source: 'pets.git', place: '2', code: 'mail-long', detail: '' },
    { messageId: 'cat', source: 'cats.git', place: '1', code: 'charset-unknown', detail: 'purr' },
  ]);
}

export function removalSentences(tell: Tell): void {
  tell('a list goes with everything that only it had', async ({ store, reopen }) => {
    await fill(store);
    assert.deepEqual(await store.removeList('pets', 100), { removed: 2, left: 0 });
    const left = await reopen();
    assert.deepEqual([...(await left.getEntries(['dog', 'cat', 'both'])).keys()].sort(), ['both', 'cat']);
    assert.deepEqual((await left.getEntries(['both'])).get('both')?.lists, ['cats']);
    assert.deepEqual(
      (await left.getRawCopies('both')).map(({ raw }) => Buffer.from(raw).toString()),
      ['on cats'],
    );
    assert.deepEqual(await left.takeWaiting('parse', 9), ['both'], 'its shown copy is gone');
    assert.deepEqual([...(await left.getPostings(['dog', 'cat'])).keys()], ['cat']);
    assert.deepEqual(
      (await left.getLists()).map(({ name }) => name),
      ['cats'],
    );
    assert.deepEqual(await left.getSources(), [cats]);
    assert.deepEqual(
      (await left.getTroubles({ limit: 9 })).items.map(({ messageId }) => messageId),
      ['cat'],
    );
    assert.equal(await left.getPerson('bo@example.org'), undefined);
    assert.equal(await left.countSearch({ op: 'all' }, 9), 2);
    assert.deepEqual(
      (await left.verify()).filter((finding) => !finding.includes('wait to be derived')),
      [],
    );
  });

  tell('a list is taken away in steps; a pull between them begins anew', async ({ store }) => {
    await fill(store);
    assert.deepEqual(await store.removeList('pets', 1), { removed: 1, left: 1 });
    const cursors = (await store.getSources()).map(({ location, cursor }) => [location, cursor]);
    assert.deepEqual(cursors, [
      ['cats.git', '9'],
      ['pets.git', null],
    ]);
    assert.deepEqual(await store.removeList('pets', 1), { removed: 1, left: 0 });
    assert.deepEqual(await store.removeList('pets', 1), { removed: 0, left: 0 });
    assert.deepEqual(await store.getSources(), [cats]);
  });

  tell('a source of several lists stays when one of them goes', async ({ store }) => {
    const maildir = source({ location: 'box', list: '', cursor: '3', mails: 2 });
    await store.putMails(
      [letter({ id: 'dog', list: 'pets' }), letter({ id: 'cat', list: 'cats' })],
      maildir,
      1,
    );
    await store.removeList('pets', 9);
    assert.deepEqual(await store.getSources(), [maildir]);
    assert.deepEqual([...(await store.getEntries(['dog', 'cat'])).keys()], ['cat']);
  });
}
