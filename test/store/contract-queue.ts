/** Contract of the store: series, their filters, orders and pages. */
import assert from 'node:assert/strict';
import type { SeriesFilter, Store } from '../../ingest/store/store.ts';
import type { Tell } from './contract.ts';
import { letter, seriesRow, source } from './letters.ts';

async function ids(
  store: Store,
  filter: SeriesFilter,
  order: 'waiting' | 'newest' | 'oldest' = 'newest',
  limit = 2,
): Promise<string> {
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await store.listSeries(filter, order, { limit, ...(cursor ? { cursor } : {}) });
    found.push(...page.items.map((row) => row.id));
    cursor = page.next;
  }
  return found.join(' ');
}

export function queueSentences(tell: Tell): void {
  tell('a series comes back as written, is replaced, and goes', async ({ store }) => {
    const row = seriesRow('a', 1, { lists: ['pets', 'cats'], isRfc: true, openPoints: 3 });
    await store.putSeries([seriesRow('a', 2), seriesRow('b', 3)], [], 7);
    await store.putSeries([row], ['b', 'nobody'], 8);
    assert.deepEqual(await store.getSeries(['a', 'b']), new Map([['a', row]]));
    assert.equal(await ids(store, { list: 'cats' }), 'a');
    assert.deepEqual(await store.getEvents(2, 9), [
      { sequence: 3, atMs: 8, kind: 'series', subject: 'b' },
      { sequence: 4, atMs: 8, kind: 'series', subject: 'a' },
    ]);
  });

  tell('orders hold over pages, also where times are equal', async ({ store }) => {
    const rows = ['d', 'a', 'c', 'b'].map((id) => seriesRow(id, 5));
    await store.putSeries([...rows, seriesRow('new', 9), seriesRow('old', 1)], [], 1);
    assert.equal(await ids(store, {}, 'newest', 1), 'new a b c d old');
    assert.equal(await ids(store, {}, 'oldest', 4), 'old a b c d new');
  });

  tell('the queue has the longest waiting first and those without a turn last', async ({ store }) => {
    await store.putSeries(
      [
        seriesRow('done', 1, { turn: 'nobody' }),
        seriesRow('fresh', 9, { turn: 'author' }),
        seriesRow('stale', 2, { turn: 'maintainer' }),
        seriesRow('also-done', 3, { turn: 'nobody' }),
      ],
      [],
      1,
    );
    assert.equal(await ids(store, {}, 'waiting'), 'stale fresh done also-done');
    assert.equal(await ids(store, { turn: 'author' }, 'waiting'), 'fresh');
  });

  tell('filters narrow by list, author, state, title words', async ({ store }) => {
    await store.putSeries(
      [
        seriesRow('a', 3, {
          title: 'cat: Purr LOUDER at night',
          titleWords: 'cat: purr louder at night',
          state: 'landed',
        }),
        seriesRow('b', 2, {
          title: 'dog: bark',
          lists: ['dogs'],
          authorAddress: 'bo@example.org',
          state: 'new',
        }),
        seriesRow('c', 1, {
          title: 'cat: purr',
          titleWords: 'cat: claws\ncat: purr',
          lists: ['dogs', 'pets'],
        }),
      ],
      [],
      1,
    );
    assert.equal(await ids(store, { list: 'dogs' }), 'b c');
    assert.equal(await ids(store, { list: 'none' }), '');
    assert.equal(await ids(store, { author: 'Bo@example.org' }), 'b');
    assert.equal(await ids(store, { states: ['landed', 'new'] }), 'a b');
    assert.equal(await ids(store, { states: [] }), '');
    assert.equal(await ids(store, { title: 'purr cat' }), 'a c');
    assert.equal(await ids(store, { title: "100% 'x" }), '');
    assert.equal(await ids(store, { list: 'dogs', title: 'purr', author: 'ada@example.org' }), 'c');
  });

  tell(
    'a person has a part in series that wait for them, are theirs, or have their words',
    async ({ store }) => {
      await store.putMails(
        [
          letter({ id: 'spoken', patch: {} }),
          letter({ id: 'silent', patch: {} }),
          letter({ id: 'answer', from: 'bo@example.org', replyTo: ['spoken'] }),
        ],
        source(),
        1,
      );
      await store.putThreads([
        { messageId: 'answer', parent: 'spoken', parentIsGuess: false, thread: 'spoken' },
      ]);
      const place = { version: 1, position: 1, total: 1, previous: null, link: null };
      await store.putLinks({
        revisions: [],
        placements: ['spoken', 'silent'].map((id) => ({
          messageId: id,
          revision: id,
          series: id,
          lineage: id,
          ...place,
        })),
        gone: [],
      });
      await store.putSeries(
        [
          seriesRow('spoken', 1),
          seriesRow('silent', 2),
          seriesRow('asked', 3, { waitingPerson: 'bo@example.org' }),
          seriesRow('own', 4, { authorAddress: 'bo@example.org' }),
        ],
        [],
        1,
      );
      assert.equal(await ids(store, { person: 'Bo@example.org' }), 'own asked spoken');
      assert.equal((await store.getPerson('ada@example.org'))?.series, 3);
      assert.equal((await store.getLists()).length, 0);
    },
  );

  tell('a page cursor that is not ours is refused in words', async ({ store }) => {
    await assert.rejects(store.listSeries({}, 'newest', { limit: 1, cursor: 'bogus' }), {
      code: 'usage',
      message: 'This page cursor is not one of ours. Start at the first page.',
    });
  });
}
