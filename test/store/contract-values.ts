/** Contract of the store: search by exact values. */
import assert from 'node:assert/strict';
import type { ValueField } from '../../ingest/model/query.ts';
import type { Tell } from './contract.ts';
import { and, fill, ids, not, value, words } from './search-letters.ts';

export function valueSentences(tell: Tell): void {
  tell('exact values narrow', async ({ store }) => {
    await fill(store);
    const all = (await ids(store, { op: 'all' })).split(' ');
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
      ['size', '200..', 'patch'],
      ['size', '200..100000', 'patch'],
      ['size', '..1', ''],
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
      const rest = all.filter((id) => !expected.split(' ').includes(id)).join(' ');
      assert.equal(await ids(store, not(value(field, text))), rest, `not ${field} ${text}`);
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
}
