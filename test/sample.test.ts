/**
 * The bundled sample: what a new user sees first must tell its story, and hold nobody's mail but invented people's.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exportLines } from '../ingest/export.ts';
import { ingest } from '../ingest/pipeline.ts';
import { openSources } from '../ingest/source/open.ts';
import { openStore } from '../ingest/store/open.ts';
import type { Store } from '../ingest/store/store.ts';

const folder = fileURLToPath(new URL('../ingest/sample/mail/', import.meta.url));
const nowMs = () => Date.UTC(2024, 6, 20);

let store: Store;
const lines: Record<string, unknown>[] = [];
before(async () => {
  store = await openStore(':memory:');
  await ingest({ store, sources: await openSources(folder), nowMs });
  for await (const line of exportLines(store)) lines.push(JSON.parse(line));
});
after(() => store.close());

const idOfPatch = '20240624026033-3-mirela@acme.example.com';
const idOfFix = '20240703007102-2-mirela@acme.example.com';

/** Postings of the lineage of one of them, as `v9 2/3 title`, oldest first. */
async function lineageOf(messageId: string): Promise<string[]> {
  const lineage = (await store.getPlacements([messageId])).get(messageId)?.lineage ?? '';
  const places = (await store.getLineages([lineage])).get(lineage) ?? [];
  const postings = await store.getPostings(places.map((place) => place.messageId));
  return places
    .map((place) => ({ place, posting: postings.get(place.messageId) }))
    .sort((a, b) => (a.posting?.sentMs ?? 0) - (b.posting?.sentMs ?? 0))
    .map(
      ({ place, posting }) => `v${place.version} ${place.position}/${place.total} ${posting?.subject.title}`,
    );
}

test('one patch is followed over seven sendings, through moves, its own count and a new title', async () => {
  const old = 'meter: meter_cpu(): read the CPU number of the thread area';
  const now = 'Linux: use the thread area in meter_cpu where there is one';
  assert.deepEqual(await lineageOf(idOfPatch), [
    `v4 2/5 ${old}`,
    `v5 2/5 ${old}`,
    `v6 6/9 ${old}`,
    `v7 6/9 ${old}`,
    `v8 2/3 ${old}`,
    `v9 2/3 ${now}`,
    `v9 2/3 ${now}`,
  ]);
});

test('the fix that its review found is followed from the RFC to the patch', async () => {
  const title = 'sched: Fix stale thread area CPU number of new tasks';
  assert.deepEqual((await lineageOf(idOfFix)).slice(0, 2), [`v1 1/4 ${title}`, `v1 1/1 ${title}`]);
});

test('the fix went into tip, by a pull request into mainline, and over a review into a stable release', () => {
  const landings = lines
    .filter((line) => line.type === 'landing' && line.message_id === idOfFix)
    .map(({ kind, tree, release }) => [kind, tree, release]);
  assert.deepEqual(landings.sort(), [
    ['pull-merged', 'mainline/linux.git', 'v9.8-rc6'],
    ['pull-request', 'sched/urgent for v9.8-rc6', 'v9.8-rc6'],
    ['release', '9.4-stable', '9.4.53'],
    ['stable-review', '9.4-stable', ''],
    ['tip-bot', 'tip sched/urgent', ''],
  ]);
});

test('the queue holds a series for every turn', async () => {
  const { items } = await store.listSeries({}, 'waiting', { limit: 50 });
  const turns = Object.fromEntries(items.map((row) => [row.title, row.turn]));
  assert.deepEqual(
    {
      'ring: a bounded queue between two threads': turns['ring: a bounded queue between two threads'],
      'clock: use the clock that nobody adjusts': turns['clock: use the clock that nobody adjusts'],
      'tests: time must not run backwards': turns['tests: time must not run backwards'],
      'meter: thread area': turns['meter: thread area'],
    },
    {
      'ring: a bounded queue between two threads': 'maintainer',
      'clock: use the clock that nobody adjusts': 'author',
      'tests: time must not run backwards': 'reviewer',
      'meter: thread area': 'nobody',
    },
  );
});

test('mails that break careless parsers are kept and named', async () => {
  const { items } = await store.getTroubles({ limit: 50 });
  assert.deepEqual([...new Set(items.map((row) => row.code))].sort(), [
    'charset-unknown',
    'date-unreadable',
    'html-only',
    'message-id-missing',
  ]);
});

test('the page of a web archive is the same message as the mail that it shows', async () => {
  const { messages, rawMails } = await store.info();
  // 87 mails: one id came on two lists with different bytes, one mail as a page of an archive.
  assert.deepEqual({ messages, rawMails }, { messages: 85, rawMails: 87 });
});

test('no address in it can belong to anybody', () => {
  const foreign = readdirSync(folder)
    .flatMap((name) => readFileSync(`${folder}${name}`, 'latin1').match(/[\w.+-]+@[\w.-]+\w/g) ?? [])
    .filter((address) => !/(@|\.)(example\.(org|com|net))$/.test(address))
    .filter((address) => !/@x+$/.test(address) && address !== 'mboxrd@z');
  assert.deepEqual([...new Set(foreign)], []);
});

test('it is small enough to be read whole', () => {
  const bytes = readdirSync(folder).reduce((sum, name) => sum + readFileSync(`${folder}${name}`).length, 0);
  assert.ok(bytes < 150_000, `${bytes} bytes`);
});
