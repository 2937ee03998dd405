/** A search costs no more than its budget, whatever a stranger asks for. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseQuery } from '../../ingest/search/query.ts';
import { openStore } from '../../ingest/store/open.ts';
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

test('a search whose time is over is ended in words, and the next one is answered', async (t) => {
  const location = join(makeFolder(t), 'store.db');
  const first = await openStore(location);
  await addMails(first, [{ id: 'a' }]);
  await first.close();
  const hasty = await openStore(location, { searchBudgetMs: 1 });
  t.after(() => hasty.close());
  // No process starts within a millisecond.
  await assert.rejects(hasty.search({ op: 'all' }, 'newest', page), {
    code: 'limit-exceeded',
    limit: 'searchMs',
    message: /^The search took longer than 0\.001 s and was ended\. Ask for less/,
  });
  const patient = await openStore(location, { searchBudgetMs: 60_000 });
  t.after(() => patient.close());
  assert.equal((await patient.search({ op: 'all' }, 'newest', page)).items.length, 1);
});
