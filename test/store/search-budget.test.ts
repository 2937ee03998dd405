/** A search costs no more than its budget, whatever a stranger asks for. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parseQuery } from '../../ingest/search/query.ts';
import { openStore } from '../../ingest/store/open.ts';
import { SearchProcesses } from '../../ingest/store/search-process.ts';
import { addMails } from '../support/derived-store.ts';
import { makeFolder } from '../support/folders.ts';

const page = { limit: 10 };

test('a search in a process of its own finds what one without finds', async (t) => {
  const location = join(makeFolder(t), 'store.db');
  const store = await openStore(location, { searchBudgetMs: 60_000 });
  t.after(() => store.close());
  await addMails(store, [
    { id: 'a', subject: 'a pump' },
    { id: 'b', subject: 'a valve' },
  ]);
  const query = parseQuery('s:pump', 0);
  const plain = await openStore(location, { readOnly: true });
  t.after(() => plain.close());
  assert.deepEqual(await store.search(query, 'newest', page), await plain.search(query, 'newest', page));
  assert.equal(await store.countSearch(query, 10), 1);
  await assert.rejects(store.search(query, 'newest', { ...page, cursor: 'not ours' }), { code: 'usage' });
});

test('a search whose time is over is ended in words, and the next one gets a process of its own', async (t) => {
  const folder = makeFolder(t, {
    'slow.mjs': `process.send({ isReady: true });
process.on('message', ({ question: { query } }) => {
  if (query.op === 'all') process.send({ isGood: true, value: 7 });
});
process.on('disconnect', () => process.exit());`,
  });
  const searches = new SearchProcesses('unused', 500, pathToFileURL(join(folder, 'slow.mjs')));
  t.after(() => searches.close());
  const endless = { op: 'not', item: { op: 'all' } } as const;
  const ended = searches.count(endless, 10);
  assert.equal(await searches.count({ op: 'all' }, 10), 7);
  await assert.rejects(ended, {
    code: 'limit-exceeded',
    limit: 'searchMs',
    message: /^The search took longer than 0\.5 s and was ended\. Ask for less/,
  });
  assert.equal(await searches.count({ op: 'all' }, 10), 7);
});

test('searches that wait are told when the store is closed', async (t) => {
  const folder = makeFolder(t, { 'silent.mjs': "process.on('message', () => undefined);" });
  const searches = new SearchProcesses('unused', 60_000, pathToFileURL(join(folder, 'silent.mjs')));
  const waiting = Promise.allSettled([1, 2, 3].map((most) => searches.count({ op: 'all' }, most)));
  searches.close();
  const codes = (await waiting).map((one) => one.status === 'rejected' && one.reason.code);
  assert.deepEqual(codes, ['store-busy', 'store-busy', 'store-busy']);
});
