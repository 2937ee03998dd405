/** Contract of the store: what is counted of series and reviews. */
import assert from 'node:assert/strict';
import type {
  Review,
  SeriesActivity,
  Statistics,
  StatisticsFilter,
  Store,
} from '../../ingest/store/store.ts';
import type { Tell } from './contract.ts';
import { dayMs, letter, seriesRow, source, startMs } from './letters.ts';

const hourMs = 3_600_000;
const nowMs = dayMs(100);

/** A review by `bo` after so many hours, of a series that began on that day. */
const review = (id: string, day: number, hours: number, person = 'bo@example.org'): Review => ({
  messageId: id,
  person,
  atMs: dayMs(day) + hours * hourMs,
  delayMs: hours * hourMs,
});

const noted = (messageId: string, day: number) => ({ messageId, atMs: dayMs(day) });

function activity(series: string, day: number, more: Partial<SeriesActivity> = {}): SeriesActivity {
  const plain = { author: 'ada@example.org', rounds: 1, taken: null, reviews: [], openPoints: [], roles: [] };
  return { series, firstMs: dayMs(day), ...plain, ...more };
}

async function fill(store: Store): Promise<void> {
  const rows = [
    activity('a', 0, {
      reviews: [review('a1', 0, 2), review('a2', 0, 30)],
      rounds: 3,
      taken: noted('a2', 9),
    }),
    activity('b', 40, {
      reviews: [review('b1', 40, 5, 'cy@example.org')],
      openPoints: [noted('b1', 41), noted('b2', 99.5)],
    }),
    activity('c', 41, { author: 'bo@example.org', taken: noted('c1', 42) }),
  ];
  const lists: Readonly<Record<string, string[]>> = { a: ['pets'], b: ['pets', 'cats'], c: ['cats'] };
  await store.putSeries(
    rows.map(({ series }) => seriesRow(series, 1, { lists: lists[series] ?? [] })),
    [],
    1,
  );
  const mails = [
    letter({ id: 'a1', list: 'pets' }),
    letter({ id: 'a2', list: 'pets' }),
    letter({ id: 'b1', list: 'pets' }),
    letter({ id: 'b1', list: 'cats' }),
    letter({ id: 'b2', list: 'birds' }),
    letter({ id: 'c1', list: 'birds' }),
  ];
  for (const mail of mails) await store.putMails([mail], source(), 1);
  await store.putActivity(rows, []);
}

const ask = (store: Store, filter: StatisticsFilter = {}) => store.readStatistics(filter, nowMs, 10);

/** Counts above zero, by bound in hours. */
const counted = (buckets: Statistics['responses']) =>
  Object.fromEntries(
    buckets
      .filter(({ count }) => count > 0)
      .map(({ belowMs, count }) => [belowMs === null ? 'more' : belowMs / hourMs, count]),
  );

export function statisticsSentences(tell: Tell): void {
  tell('a store without series counts nothing', async ({ store }) => {
    const none = { count: 0, p25Ms: null, p50Ms: null, p75Ms: null, p90Ms: null };
    const { responses, openPoints, ...rest } = await ask(store);
    assert.deepEqual(rest, {
      series: 0,
      reviews: 0,
      firstReview: none,
      untilTaken: none,
      rounds: [],
      reviewers: [],
      lists: [],
      months: [],
      weeks: [],
      reviewWeeks: [],
    });
    assert.deepEqual([counted(responses), counted(openPoints)], [{}, {}]);
  });

  tell('spans are spread by nearest rank, and what never came is left out', async ({ store }) => {
    await fill(store);
    const { series, reviews, firstReview, untilTaken, rounds } = await ask(store);
    assert.deepEqual([series, reviews], [3, 3]);
    assert.deepEqual(firstReview, {
      count: 2,
      p25Ms: 2 * hourMs,
      p50Ms: 2 * hourMs,
      p75Ms: 5 * hourMs,
      p90Ms: 5 * hourMs,
    });
    assert.deepEqual([untilTaken.count, untilTaken.p50Ms, untilTaken.p90Ms], [2, 24 * hourMs, 216 * hourMs]);
    assert.deepEqual(rounds, [
      { rounds: 1, series: 1 },
      { rounds: 3, series: 1 },
    ]);
  });

  tell(
    'answers and open points are counted by how long they took, and how old they are',
    async ({ store }) => {
      await fill(store);
      const { responses, openPoints } = await ask(store);
      assert.deepEqual(counted(responses), { 4: 1, 24: 1, 72: 1 });
      assert.deepEqual(counted(openPoints), { 24: 1, [90 * 24]: 1 });
      assert.equal(responses.at(-1)?.belowMs, null);
    },
  );

  tell('load is told by person, by list and by month', async ({ store }) => {
    await fill(store);
    const { reviewers, lists, months } = await ask(store);
    assert.deepEqual(
      reviewers.map((one) => [one.address, one.reviews, one.series, one.medianMs / hourMs]),
      [
        ['bo@example.org', 2, 1, 2],
        ['cy@example.org', 1, 1, 5],
      ],
    );
    assert.deepEqual(lists, [
      { list: 'cats', series: 2, taken: 1, reviews: 1, medianMs: 5 * hourMs },
      { list: 'pets', series: 2, taken: 1, reviews: 3, medianMs: 2 * hourMs },
    ]);
    assert.deepEqual(months, [
      { month: '2020-01', series: 1, taken: 1, reviews: 2, medianMs: 2 * hourMs },
      { month: '2020-02', series: 2, taken: 1, reviews: 1, medianMs: 5 * hourMs },
    ]);
    assert.equal((await store.readStatistics({}, nowMs, 1)).reviewers.length, 1);
  });

  tell('reviews are told by person and week, the last half year of them', async ({ store }) => {
    await fill(store);
    const told = async (filter: StatisticsFilter = {}) =>
      (await ask(store, filter)).reviewWeeks.map(({ address, weekMs, reviews }) => [
        address,
        new Date(weekMs).toISOString().slice(0, 10),
        reviews,
      ]);
    assert.deepEqual(await told(), [
      ['bo@example.org', '2019-12-30', 2],
      ['cy@example.org', '2020-02-10', 1],
    ]);
    assert.deepEqual(await told({ lists: ['cats'] }), [['cy@example.org', '2020-02-10', 1]]);
    await store.putActivity([activity('d', 400, { reviews: [review('a1', 400, 1)] })], []);
    assert.deepEqual(await told(), [['bo@example.org', '2021-02-01', 1]]);
  });

  tell('mails and patches are counted by weeks that begin on Monday', async ({ store }) => {
    const mails = [
      letter({ id: 'w1', list: 'pets', patch: { day: 0 } }),
      letter({ id: 'w2', list: 'pets', day: 4.95 }),
      letter({ id: 'w3', list: 'cats', day: 5 }),
    ];
    for (const mail of mails) await store.putMails([mail], source(), 1);
    const monday = Date.UTC(2019, 11, 30);
    const days = 24 * hourMs;
    assert.deepEqual((await ask(store)).weeks, [
      { weekMs: monday, mails: 2, patches: 1 },
      { weekMs: monday + 7 * days, mails: 1, patches: 0 },
    ]);
    assert.deepEqual((await ask(store, { lists: ['cats'] })).weeks, [
      { weekMs: monday + 7 * days, mails: 1, patches: 0 },
    ]);
  });

  tell('a list, a person and a span of time each narrow what is counted', async ({ store }) => {
    await fill(store);
    const counts = async (filter: StatisticsFilter) => {
      const { series, reviews } = await ask(store, filter);
      return [series, reviews];
    };
    assert.deepEqual(await counts({ lists: ['cats'] }), [2, 1]);
    assert.deepEqual(await counts({ lists: ['cats', 'pets'] }), [3, 3]);
    assert.deepEqual(await counts({ lists: [] }), [0, 0]);
    assert.deepEqual(await counts({ person: 'BO@example.org' }), [1, 2]);
    assert.deepEqual(await counts({ fromMs: dayMs(1) }), [2, 2]);
    assert.deepEqual(await counts({ toMs: dayMs(1) }), [1, 1]);
    assert.deepEqual(await counts({ fromMs: startMs, toMs: dayMs(41), lists: ['pets'] }), [2, 3]);
    assert.deepEqual(await counts({ lists: ['dogs'] }), [0, 0]);
  });

  tell('what mails of other lists tell is not counted on a list', async ({ store }) => {
    await fill(store);
    const { openPoints, untilTaken, lists } = await ask(store, { lists: ['cats'] });
    assert.deepEqual(counted(openPoints), { [90 * 24]: 1 });
    assert.equal(untilTaken.count, 0);
    assert.deepEqual(lists, [{ list: 'cats', series: 2, taken: 0, reviews: 1, medianMs: 5 * hourMs }]);
  });

  tell('a person finds series by the part that they have', async ({ store }) => {
    await fill(store);
    const person = { name: 'Mai Tainer', address: 'mai@example.com' };
    const roles = [{ role: 'maintainer' as const, person, subsystem: 'PETS', tree: 'zoo' }];
    await store.putActivity([activity('a', 0, { reviews: [review('a1', 0, 2)], roles })], []);
    const found = async (address: string, role: 'author' | 'reviewer' | 'maintainer') => {
      const page = await store.listSeries({ person: address, role }, 'oldest', { limit: 9 });
      return page.items.map(({ id }) => id).join(' ');
    };
    assert.equal(await found('Mai@example.com', 'maintainer'), 'a');
    assert.equal(await found('mai@example.com', 'reviewer'), '');
    assert.equal(await found('bo@example.org', 'reviewer'), 'a');
    assert.equal(await found('ada@example.org', 'author'), 'a b c');
    assert.equal(await found('ada@example.org', 'reviewer'), '');
  });

  tell(
    'what MAINTAINERS files say is replaced by tree, and stays when the rest is derived anew',
    async ({ store }) => {
      await store.putMaintainers({ tree: 'zoo', text: 'old' });
      await store.putMaintainers({ tree: 'ark', text: 'two\nlines' });
      await store.putMaintainers({ tree: 'zoo', text: 'new' });
      await store.resetDerived();
      assert.deepEqual(await store.getMaintainers(), [
        { tree: 'ark', text: 'two\nlines' },
        { tree: 'zoo', text: 'new' },
      ]);
    },
  );

  tell('what a series gives is replaced, and goes with it', async ({ store }) => {
    await fill(store);
    await store.putActivity([activity('a', 3)], ['b', 'nobody']);
    const { series, reviews, openPoints } = await ask(store);
    assert.deepEqual([series, reviews, counted(openPoints)], [2, 0, {}]);
    await store.resetDerived();
    assert.equal((await ask(store)).series, 0);
  });
}
