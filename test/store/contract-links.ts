/** Contract of the store: postings, neighbours, placements, revisions. */
import assert from 'node:assert/strict';
import type { Placement, Revision } from '../../ingest/model/series.ts';
import { posting } from '../support/postings.ts';
import type { Tell } from './contract.ts';
import { dayMs, letter, source } from './letters.ts';

const basis = { rule: 'change-id', confidence: 1, evidence: [], by: 'rule' };

function revision(id: string, series: string, day: number, more: Partial<Revision> = {}): Revision {
  return {
    id,
    series,
    version: 1,
    minor: 0,
    isRfc: false,
    isResend: false,
    total: 1,
    held: 1,
    hasCover: false,
    title: id,
    authorAddress: 'ada@example.org',
    authorName: 'Ada Example',
    sentMs: dayMs(day),
    postings: [id],
    previous: null,
    link: null,
    ...more,
  };
}

function placement(messageId: string, more: Partial<Placement> = {}): Placement {
  return {
    messageId,
    revision: messageId,
    series: messageId,
    lineage: messageId,
    version: 1,
    position: 1,
    total: 1,
    previous: null,
    link: null,
    ...more,
  };
}

export function linkSentences(tell: Tell): void {
  tell('a posting comes back as it was, hashes and all', async ({ store }) => {
    const short = {
      title: 'cat: purr louder',
      n: 1,
      m: 2,
      v: 3,
      day: 4,
      lines: [0, 7, 4294967295],
      words: [12, 2147483648],
      links: [{ to: 'older', v: 2 }],
      files: ['pets/cat.c', 'pets/dog.c'],
      patchId: 'ab'.repeat(20),
    };
    await store.putMails([letter({ id: 'x', patch: short })], source(), 1);
    assert.deepEqual(
      await store.getPostings(['x', 'nobody']),
      new Map([['x', posting({ ...short, id: 'x' })]]),
    );
    assert.equal((await store.getEntries(['x'])).get('x')?.isPosting, true);
  });

  tell('neighbours of a key come nearest first, then by id, within a window', async ({ store }) => {
    const send = (id: string, day: number) => ({
      ...letter({ id, patch: { day } }),
      linkKeys: ['k', 'k', id],
    });
    await store.putMails(
      [send('d', 3), send('b', 2), send('c', 2), send('a', 2), send('e', 1), send('f', 9)],
      source(),
      1,
    );
    const older = (day: number, limit: number, withinDays?: number) => ({
      key: 'k',
      direction: 'older' as const,
      atMs: dayMs(day),
      limit,
      ...(withinDays === undefined ? {} : { withinMs: withinDays * 86_400_000 }),
    });
    assert.deepEqual(
      await store.findPostings([
        older(3, 9),
        older(3, 2),
        older(2, 2),
        older(3, 9, 1),
        older(0, 9),
        { ...older(2, 9), direction: 'newer' },
        { ...older(2, 9, 1), direction: 'newer' },
        { ...older(9, 9), key: 'unknown' },
      ]),
      [
        ['d', 'a', 'b', 'c', 'e'],
        ['d', 'a'],
        ['a', 'b'],
        ['d', 'a', 'b', 'c'],
        [],
        ['a', 'b', 'c', 'd', 'f'],
        ['a', 'b', 'c', 'd'],
        [],
      ],
    );
  });

  tell('placements and revisions come back as written and are replaced by id', async ({ store }) => {
    await store.putMails(
      ['a', 'b'].map((id, day) => letter({ id, patch: { day } })),
      source(),
      1,
    );
    const link = {
      ...basis,
      evidence: [{ messageId: 'b', part: 'body', start: 1, end: 2 }],
      changes: ['renamed' as const, 'moved' as const],
    };
    const first = placement('a');
    const second = placement('b', { series: 'a', lineage: 'a', version: 2, previous: 'a', link });
    const revisions = [
      revision('a', 'a', 0),
      revision('b', 'a', 1, { version: 2, previous: 'a', link: basis }),
    ];
    await store.putLinks({
      revisions: [revisions[0] ?? revision('a', 'a', 0)],
      placements: [first],
      gone: [],
    });
    await store.putLinks({ revisions, placements: [first, second], gone: ['nobody'] });
    assert.deepEqual(
      await store.getPlacements(['a', 'b', 'nobody']),
      new Map([
        ['a', first],
        ['b', second],
      ]),
    );
    assert.deepEqual(
      await store.getRevisionsOf(['a', 'b', 'nobody']),
      new Map([
        ['a', { revision: 'a', series: 'a' }],
        ['b', { revision: second.revision, series: 'a' }],
      ]),
    );
    assert.deepEqual(await store.getLineages(['a', 'nobody']), new Map([['a', [first, second]]]));
    assert.deepEqual(
      await store.getRevisions(['a', 'b', 'nobody']),
      new Map([
        ['a', revisions[0]],
        ['b', revisions[1]],
      ]),
    );
    assert.deepEqual(await store.getRevisionsOfSeries(['a']), revisions);
    await store.putLinks({ revisions: [], placements: [], gone: ['b'] });
    assert.deepEqual(await store.getRevisionsOfSeries(['a']), [revisions[0]]);
  });

  tell('a removed posting leaves its sending and lets the series be linked again', async ({ store }) => {
    await store.putMails(
      ['a', 'b', 'c'].map((id) => letter({ id, patch: {} })),
      source(),
      1,
    );
    await store.clearWaiting('link', ['a', 'b', 'c']);
    await store.putLinks({
      revisions: [revision('a', 'a', 0, { postings: ['a', 'b'] }), revision('c', 'a', 1)],
      placements: [
        placement('a'),
        placement('b', { revision: 'a', series: 'a' }),
        placement('c', { series: 'a', lineage: 'a' }),
      ],
      gone: [],
    });
    await store.removeMails(['c'], source(), 2);
    assert.deepEqual([...(await store.getRevisions(['a', 'c'])).keys()], ['a']);
    assert.deepEqual(await store.takeWaiting('link', 9), ['a', 'b']);
    assert.deepEqual(await store.takeWaiting('series', 9), ['a']);
  });
}
