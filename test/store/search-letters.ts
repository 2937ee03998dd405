/** Letters to search in, and queries as the parser gives them, written short. */
import assert from 'node:assert/strict';
import type { Query, TextField, ValueField } from '../../ingest/model/query.ts';
import type { Store } from '../../ingest/store/store.ts';
import { letter, source } from './letters.ts';

export function words(text: string, field: TextField = 'any', isPrefix = false): Query {
  return { op: 'words', field, tokens: text.split(' '), isPrefix };
}

export function value(field: ValueField, text: string): Query {
  return { op: 'value', field, value: text };
}

export const and = (...items: Query[]): Query => ({ op: 'and', items });
export const or = (...items: Query[]): Query => ({ op: 'or', items });
export const not = (item: Query): Query => ({ op: 'not', item });

export async function ids(store: Store, query: Query, order: 'newest' | 'relevance' = 'newest', limit = 2) {
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

export async function fill(store: Store): Promise<void> {
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
        cc: ['dora@example.net'],
        list: 'dogs.example.org',
        attachment: 'dog.patch',
      }),
      letter({ id: 'late', day: 2, subject: 'dog dog dog', receivedDay: 9, list: 'dogs.example.org' }),
    ],
    source(),
    1,
  );
}
