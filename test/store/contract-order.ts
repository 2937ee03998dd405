/** Contract of the store: the order of arrival leaves no trace. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import type { MailToStore, Store } from '../../ingest/store/store.ts';
import type { OpenedStore } from './contract.ts';
import { dayMs, letter, source } from './letters.ts';

interface Arrival {
  readonly mail: MailToStore;
  readonly location: string;
}

const arrivals: readonly Arrival[] = [
  { id: 'a', day: 1, raw: 'one', body: 'apples', arrivedDay: 5, patch: { title: 'feed the cat well today' } },
  {
    id: 'a',
    day: 1,
    raw: 'two, the longest of its arrival',
    body: 'pears',
    arrivedDay: 4,
    patch: { title: 'feed the cat well today', v: 2 },
  },
  { id: 'a', day: 1, raw: 'three', body: 'plums', arrivedDay: 4 },
  { id: 'b', day: 2, replyTo: ['a'], references: ['ghost', 'a'], from: 'bo@example.org', name: 'Bo' },
  {
    id: 'b',
    day: 2,
    replyTo: ['a'],
    references: ['ghost', 'a'],
    from: 'bo@example.org',
    name: 'Bo',
    list: 'cats',
  },
  { id: 'c', day: 2, raw: 'x', from: 'bo@example.org', name: '', body: '> apples\nno', list: 'cats' },
  { id: 'c', day: 3, raw: 'y', from: 'carol@example.org', receivedDay: 1, list: 'pets' },
  { id: 'd', day: 2, patch: { title: 'feed the cat well today', v: 2 }, list: 'pets' },
].map((short, at) => ({ mail: letter(short), location: at % 2 ? 'odd.mbox' : 'even.mbox' }));

/** All that can be asked of kept mail, without what numbers arrivals. */
async function answers(store: Store): Promise<unknown> {
  const ids = (await store.listMessageIds(null, 99)).map((row) => row.messageId);
  const keys = [...new Set(arrivals.flatMap(({ mail }) => mail.linkKeys))].sort();
  const found: Record<string, unknown> = {
    ids,
    raw: await store.getRaw(ids),
    copies: await Promise.all(ids.map((id) => store.getRawCopies(id))),
    appearances: await Promise.all(ids.map((id) => store.getAppearances(id))),
    postings: [...(await store.getPostings(ids))].sort(([a], [b]) => (a < b ? -1 : 1)),
    near: await store.findPostings(
      keys.map((key) => ({ key, direction: 'newer', atMs: dayMs(-99), limit: 9 })),
    ),
    listed: await store.listMessages({}, { limit: 99 }),
    lists: await store.getLists(),
    people: await store.listPeople({}, { limit: 99 }),
    waiting: (await store.info()).waiting,
    verified: await store.verify(),
  };
  for (const word of ['apples', 'pears', 'plums', 'no']) {
    found[word] = await store.search(
      { op: 'words', field: 'any', tokens: [word], isPrefix: false },
      'newest',
      { limit: 9 },
    );
  }
  return found;
}

async function arrive(opened: OpenedStore, batches: readonly (readonly Arrival[])[]): Promise<unknown> {
  for (const batch of batches) {
    for (const { mail, location } of batch) await opened.store.putMails([mail], source({ location }), 1);
  }
  return answers(opened.store);
}

export function orderSentences(open: () => Promise<OpenedStore>): void {
  it('mails that arrive in any order, once or again, give the same answers', async () => {
    const first = await open();
    const expected = await arrive(first, [arrivals]);
    await first.close();
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...arrivals], { minLength: arrivals.length }),
        fc.subarray([...arrivals]),
        async (order, again) => {
          const opened = await open();
          try {
            assert.deepEqual(await arrive(opened, [order, again]), expected);
          } finally {
            await opened.close();
          }
        },
      ),
      { numRuns: Number(process.env.FC_NUM_RUNS ?? 20) },
    );
  });

  it('a batch gives the same answers as its mails one by one', async () => {
    const [one, whole] = [await open(), await open()];
    const mails = arrivals.map(({ mail }) => mail);
    for (const mail of mails) await one.store.putMails([mail], source(), 1);
    await whole.store.putMails(mails, source(), 1);
    assert.deepEqual(await answers(whole.store), await answers(one.store));
    await one.close();
    await whole.close();
  });
}
