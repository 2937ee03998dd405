/** Contract of the store: search. Queries stand as the parser gives them; its own tests are in test/search/. */
import assert from 'node:assert/strict';
import type { Query, TextField, ValueField } from '../../ingest/model/query.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { Tell } from './contract.ts';
import { dayMs, letter, source } from './letters.ts';

function words(text: string, field: TextField = 'any', isPrefix = false): Query {
  return { op: 'words', field, tokens: text.split(' '), isPrefix };
}

function value(field: ValueField, text: string): Query {
  return { op: 'value', field, value: text };
}

const and = (...items: Query[]): Query => ({ op: 'and', items });
const or = (...items: Query[]): Query => ({ op: 'or', items });
const not = (item: Query): Query => ({ op: 'not', item });

async function ids(store: Store, query: Query, order: 'newest' | 'relevance' = 'newest', limit = 2) {
  const found: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await store.search(query, order, { limit, ...(cursor ? { cursor } : {}) });
    found.push(...page.items.map((hit) => hit.messageId));
    cursor = page.next;
  }
  assert.equal(await store.countSearch(query, 50), found.length);
  return found.join(' ');
}

const diff = `We hold the cat.

diff --git a/pets/cat.c b/pets/cat.c
--- a/pets/cat.c
+++ b/pets/cat.c
@@ -1,3 +1,3 @@ static int cat_purr(void)
 	int loudness;
-	loudness = quiet;
+	loudness = enormous;
-- 
2.40
`;

async function fill(store: Store): Promise<void> {
  await store.putMails(
    [
      letter({
        id: 'patch',
        day: 3,
        subject: '[PATCH] cat: purr',
        body: diff,
        list: 'pets',
        patch: { day: 3, patchId: 'ab'.repeat(20), changeId: 'purr-1', title: 'cat: purr' },
      }),
      letter({
        id: 'reply',
        day: 4,
        from: 'bo@example.org',
        name: 'Bo',
        replyTo: ['patch'],
        body: '> We hold the cat.\nWhy the dog?',
        list: 'pets',
      }),
      letter({
        id: 'other',
        day: 1,
        subject: 'the dog and the cat',
        to: ['carol@example.net'],
        list: 'dogs.example.org',
        attachment: 'dog.patch',
      }),
      letter({ id: 'late', day: 2, subject: 'dog dog dog', receivedDay: 9, list: 'dogs.example.org' }),
    ],
    source(),
    1,
  );
}

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
    ];
    for (const [query, expected] of rows) assert.equal(await ids(store, query), expected);
  });

  tell('each column is asked by its field', async ({ store }) => {
    await fill(store);
    const rows: readonly (readonly [TextField, string, string])[] = [
      ['subject', 'cat', 'patch other'],
      ['from', 'bo example org', 'reply'],
      ['to', 'carol', 'other'],
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

  tell('exact values narrow', async ({ store }) => {
    await fill(store);
    await store.putThreads([{ messageId: 'reply', parent: 'patch', parentIsGuess: false, thread: 'patch' }]);
    const place = { revision: 'patch', series: 'patch', lineage: 'patch', position: 1, total: 1 };
    await store.putLinks({
      revisions: [],
      placements: [{ messageId: 'patch', ...place, version: 3, previous: null, link: null }],
      gone: [],
    });
    const basis = { rule: 'r', confidence: 1, evidence: [], by: 'rule' };
    await store.putFacts(
      ['reply'],
      ['trailer', 'point'],
      [
        {
          ...basis,
          kind: 'trailer',
          owner: 'reply',
          subject: 'patch',
          value: { name: 'Reviewed-by', value: 'Bo <bo@example.org>' },
        },
        { ...basis, kind: 'point', owner: 'reply', subject: 'patch', value: 1 },
      ],
    );
    const rows: readonly (readonly [ValueField, string, string])[] = [
      ['message-id', 'late', 'late'],
      ['message-id', 'pat*', 'patch'],
      ['message-id', 'pat', ''],
      ['list', 'dogs', 'late other'],
      ['list', 'dogs.example.org', 'late other'],
      ['list', 'dog', ''],
      ['patch-id', 'ab'.repeat(20), 'patch'],
      ['change-id', 'purr-1', 'patch'],
      ['version', '3', 'patch'],
      ['version', '2', ''],
      ['has', 'diff', 'patch'],
      ['has', 'attachment', 'other'],
      ['has', 'reply', 'patch'],
      ['has', 'trailer', 'patch'],
      ['has', 'point', 'reply'],
      ['has', 'nonsense', ''],
      ['is', 'patch', 'patch'],
      ['is', 'cover', ''],
      ['is', 'reply', 'reply'],
      ['author', 'ada', 'patch'],
      ['author', 'bo', ''],
      ['reviewer', 'bo@example.org', 'patch'],
      ['reviewer', 'ada', ''],
      ['trailer', 'reviewed-by', 'patch'],
      ['trailer', 'acked-by', ''],
      ['thread', 'reply', 'reply patch'],
      ['series', 'patch', 'reply patch'],
    ];
    for (const [field, text, expected] of rows) {
      assert.equal(await ids(store, value(field, text)), expected, `${field} ${text}`);
    }
  });

  tell('states and turns of a series find its whole thread', async ({ store }) => {
    await fill(store);
    await store.putThreads([{ messageId: 'reply', parent: 'patch', parentIsGuess: false, thread: 'patch' }]);
    const place = { revision: 'patch', series: 'patch', lineage: 'patch', position: 1, total: 1 };
    const basis = { rule: 'r', confidence: 1, evidence: [], by: 'rule' };
    await store.putLinks({
      revisions: [],
      placements: [{ messageId: 'patch', ...place, version: 1, previous: null, link: null }],
      gone: [],
    });
    await store.putSeries(
      [
        {
          id: 'patch',
          title: 'cat: purr',
          titleWords: 'cat: purr',
          authorAddress: 'ada@example.org',
          authorName: 'Ada',
          lists: ['pets'],
          firstMs: 1,
          lastMs: 1,
          latestRevision: 'patch',
          version: 1,
          total: 1,
          isRfc: false,
          state: 'landed',
          stateBasis: basis,
          turn: 'author',
          waitingPerson: 'ada@example.org',
          waitingSinceMs: 1,
          waitingWhy: '',
          waitingBasis: basis,
          openPoints: 0,
          acked: 0,
          reviewed: 0,
          tested: 0,
          ghosts: [],
        },
      ],
      [],
      1,
    );
    const rows: readonly (readonly [ValueField, string, string])[] = [
      ['state', 'landed', 'reply patch'],
      ['state', 'new', ''],
      ['is', 'landed', 'reply patch'],
      ['is', 'open', ''],
      ['is', 'waiting', 'reply patch'],
      ['turn', 'author', 'reply patch'],
      ['turn', 'reviewer', ''],
      ['turn', 'ada@example.org', 'reply patch'],
    ];
    for (const [field, text, expected] of rows) {
      assert.equal(await ids(store, value(field, text)), expected, `${field} ${text}`);
    }
    assert.equal(await ids(store, and(words('dog'), not(value('is', 'landed')))), 'late other');
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
