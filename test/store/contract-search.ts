/** Contract of the store: search. Queries stand as the parser gives them; its own tests are in test/search/. */
import assert from 'node:assert/strict';
import type { Query, TextField } from '../../ingest/model/query.ts';
import type { Tell } from './contract.ts';
import { dayMs, letter, source } from './letters.ts';
import { and, fill, ids, not, or, value, words } from './search-letters.ts';

export function searchSentences(tell: Tell): void {
  tell('words, phrases and prefixes are found newest first', async ({ store }) => {
    await fill(store);
    const rows: readonly (readonly [Query, string])[] = [
      [{ op: 'all' }, 'reply patch late other'],
      [words('dog'), 'reply late other'],
      [words('the dog'), 'reply other'],
      [words('dog the'), ''],
      [words('cat purr'), 'patch'],
      [words('enorm', 'any', true), 'patch'],
      [words('enorm'), ''],
      [words('the do', 'any', true), 'reply other'],
      [words('cat_purr'), 'patch'],
      [words('cat_pur'), ''],
      [words('cat_pur', 'any', true), 'patch'],
      [words('purr', 'function'), 'patch'],
      [words('int cat_purr void'), 'patch'],
      [words('unknown'), ''],
      [words('carol'), ''],
      [words('dora'), ''],
    ];
    for (const [query, expected] of rows) assert.equal(await ids(store, query), expected);
  });

  tell('each column is asked by its field', async ({ store }) => {
    await fill(store);
    const rows: readonly (readonly [TextField, string, string])[] = [
      ['subject', 'cat', 'patch other'],
      ['from', 'bo example org', 'reply'],
      ['to', 'carol', 'other'],
      ['to', 'dora', ''],
      ['cc', 'dora', 'other'],
      ['cc', 'carol', ''],
      ['own', 'cat', 'patch'],
      ['own', 'dog', 'reply'],
      ['quoted', 'we hold', 'reply'],
      ['file', 'pets cat c', 'patch'],
      ['file', 'dog patch', 'other'],
      ['added', 'enormous', 'patch'],
      ['removed', 'enormous', ''],
      ['removed', 'quiet', 'patch'],
      ['context', 'loudness', 'patch'],
      ['diff', 'quiet', 'patch'],
      ['function', 'cat_purr', 'patch'],
      ['own', 'cat_purr', ''],
    ];
    for (const [field, text, expected] of rows) {
      assert.equal(await ids(store, words(text, field)), expected, `${field} ${text}`);
    }
  });

  tell('and, or, not nest, with words and without', async ({ store }) => {
    await fill(store);
    const rows: readonly (readonly [Query, string])[] = [
      [and(words('dog'), words('cat')), 'reply other'],
      [and(words('dog'), not(words('cat'))), 'late'],
      [not(words('cat')), 'late'],
      [and(not(words('cat')), not(words('dog'))), ''],
      [or(words('purr'), words('why')), 'reply patch'],
      [or(not(words('dog')), words('why')), 'reply patch'],
      [and(or(words('purr'), words('why')), words('hold')), 'reply patch'],
      [and(words('cat'), not(and(words('dog'), not(words('why'))))), 'reply patch'],
      [and(words('cat'), or(value('list', 'dogs'), words('purr'))), 'patch other'],
      [and(), 'reply patch late other'],
      [or(), ''],
      [and(words('dog'), not({ op: 'all' })), ''],
    ];
    for (const [query, expected] of rows)
      assert.equal(await ids(store, query), expected, JSON.stringify(query));
  });

  tell('a date bounds sending, or arrival, from its start and before its end', async ({ store }) => {
    await fill(store);
    const span = (from: number | null, to: number | null): Query => ({
      op: 'date',
      fromMs: from === null ? null : dayMs(from),
      toMs: to === null ? null : dayMs(to),
    });
    const rows: readonly (readonly [Query, string])[] = [
      [span(2, 4), 'patch late'],
      [span(null, 2), 'other'],
      [span(4, null), 'reply'],
      [span(null, null), 'reply patch late other'],
      [and(words('dog'), span(1.5, null)), 'reply late'],
      [and(words('dog'), not(span(1.5, null))), 'other'],
      [{ op: 'date', fromMs: dayMs(5), toMs: null, clock: 'arrived' }, 'late'],
    ];
    for (const [query, expected] of rows)
      assert.equal(await ids(store, query), expected, JSON.stringify(query));
  });

  tell('relevance has what a mail is about before what it repeats', async ({ store }) => {
    await store.putMails(
      [
        letter({ id: 'quotes', day: 3, body: '> about the aardvark\nyes' }),
        letter({ id: 'about', day: 1, subject: 'aardvark' }),
        letter({ id: 'says', day: 2, body: 'an aardvark came' }),
        letter({ id: 'none', day: 4 }),
      ],
      source(),
      1,
    );
    const query = words('aardvark');
    assert.equal(await ids(store, query, 'relevance', 1), 'about says quotes');
    assert.equal(await ids(store, query, 'newest', 1), 'quotes says about');
    assert.equal(await ids(store, { op: 'all' }, 'relevance'), 'none quotes says about');
  });

  tell('nothing that stands in a token is an operator', async ({ store }) => {
    await fill(store);
    for (const text of [
      '"',
      'dog" OR "cat',
      "'; DROP TABLE message; --",
      'a*',
      'subject:dog',
      '(',
      'NEAR(a b)',
    ]) {
      for (const isPrefix of [false, true]) {
        assert.equal(
          typeof (await ids(store, { op: 'words', field: 'any', tokens: [text], isPrefix })),
          'string',
        );
      }
    }
    assert.equal((await store.info()).messages, 4);
  });

  tell('a count stops at what was asked for', async ({ store }) => {
    await fill(store);
    assert.equal(await store.countSearch(words('dog'), 2), 2);
    assert.equal(await store.countSearch({ op: 'all' }, 3), 3);
  });
}
