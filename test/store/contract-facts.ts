/** Contract of the store: facts, corrections, reports. */
import assert from 'node:assert/strict';
import type { Report } from '../../ingest/model/kernel.ts';
import type { StoredFact } from '../../ingest/store/store.ts';
import type { Tell } from './contract.ts';

function fact(kind: string, owner: string, subject: string, value: unknown): StoredFact {
  return { kind, owner, subject, value, rule: 'r1', confidence: 0.8, evidence: [], by: 'rule' };
}

export function factSentences(tell: Tell): void {
  tell('who gave facts, and who gave them about others, is told without the facts', async ({ store }) => {
    const basis = { rule: 'r', confidence: 1, evidence: [], by: 'rule', value: 1 };
    await store.putFacts(
      ['a', 'b', 'c'],
      ['point', 'stance'],
      [
        { ...basis, kind: 'point', owner: 'a', subject: 'patch' },
        { ...basis, kind: 'point', owner: 'a', subject: 'patch' },
        { ...basis, kind: 'point', owner: 'b', subject: 'b' },
        { ...basis, kind: 'stance', owner: 'c', subject: 'patch' },
      ],
    );
    const owners = async (filter: Parameters<typeof store.getFactOwners>[1]) =>
      [...(await store.getFactOwners('point', filter))].sort();
    assert.deepEqual(await owners({ owners: ['a', 'b', 'c', 'nobody'] }), ['a', 'b']);
    assert.deepEqual(await owners({ subjects: ['patch', 'b', 'nobody'] }), ['a']);
  });

  tell('facts are replaced by owner and kind', async ({ store }) => {
    const quotes = [fact('quote', 'm1', 'm1', 1), fact('quote', 'm1', 'm0', 2)];
    const stance = fact('stance', 'm1', 'm0', 'ack');
    const other = fact('quote', 'm2', 'm0', 3);
    await store.putFacts(['m1', 'm2'], ['quote', 'stance'], [...quotes, stance, other]);
    assert.deepEqual(await store.getFacts({ kinds: ['quote'], owners: ['m1'] }), quotes);
    assert.deepEqual(await store.getFacts({ kinds: ['quote', 'stance'], subjects: ['m0'] }), [
      quotes[1],
      stance,
      other,
    ]);
    const newer = fact('quote', 'm1', 'm1', 'new');
    await store.putFacts(['m1'], ['quote'], [newer]);
    assert.deepEqual(await store.getFacts({ kinds: ['quote', 'stance'] }), [newer, stance, other]);
    assert.deepEqual(await store.getFacts({ kinds: ['quote'], subjects: ['m0', 'm1'] }), [newer, other]);
    assert.deepEqual(await store.getFacts({ kinds: ['quote'], owners: ['m1'], subjects: ['m0'] }), []);
    await store.putFacts(['m1', 'm2'], ['quote', 'stance'], []);
    assert.deepEqual(await store.getFacts({ kinds: ['quote', 'stance'] }), []);
    assert.equal((await store.info()).facts, 0);
  });

  tell('a fact keeps value, evidence and who said so', async ({ store }) => {
    const said: StoredFact = {
      ...fact('point', 'm1', 'm0', { id: 'm1#3', words: ['ünlike', '"quoted"'], nothing: null }),
      evidence: Array.from({ length: 9 }, (_, at) => ({
        messageId: 'm1',
        part: 'body',
        start: at,
        end: at + 1,
      })),
      by: 'bo@example.org',
    };
    await store.putFacts(['m1'], ['point'], [said]);
    assert.deepEqual(await store.getFacts({ kinds: ['point'] }), [said]);
    assert.deepEqual(await store.getFacts({ kinds: ['point'], owners: ['nobody'] }), []);
    assert.deepEqual(await store.getFacts({ kinds: [] }), []);
  });

  tell('all facts of a kind come by owner and position, page by page', async ({ store }) => {
    const facts = ['c', 'a', 'b'].flatMap((owner) => [1, 2, 3].map((at) => fact('quote', owner, owner, at)));
    await store.putFacts(['a', 'b', 'c'], ['quote'], facts);
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await store.listFacts('quote', { limit: 2, ...(cursor ? { cursor } : {}) });
      found.push(...page.items.map((row) => `${row.owner}${row.value}`));
      cursor = page.next;
    }
    assert.deepEqual(found, ['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1', 'c2', 'c3']);
    assert.deepEqual(await store.listFacts('none', { limit: 2 }), { items: [], next: null });
  });

  tell('corrections are kept and taken back by later ones', async ({ store, reopen }) => {
    const said = { atMs: 5, by: 'bo', kind: 'unlink', subject: 'm1', value: 'm0', reason: 'other patch' };
    const first = await store.addCorrection(said);
    assert.deepEqual(first, { ...said, id: 1, undoneBy: null });
    await store.addCorrection({ ...said, kind: 'state', subject: 'm2' });
    const undo = await store.undoCorrection(1, 'ada', 6);
    const undoRow = {
      id: 3,
      atMs: 6,
      by: 'ada',
      kind: 'undo',
      subject: 'm1',
      value: 1,
      reason: '',
      undoneBy: null,
    };
    assert.deepEqual(undo, undoRow);
    assert.deepEqual(await store.undoCorrection(1, 'eve', 7), undoRow);
    const again = await reopen();
    assert.deepEqual(await again.getCorrections({ subject: 'm1' }), [{ ...first, undoneBy: 3 }, undoRow]);
    assert.deepEqual(
      (await again.getCorrections({ kind: 'state' })).map((row) => row.id),
      [2],
    );
    await again.undoCorrection(3, 'bo', 8);
    assert.deepEqual(
      (await again.getCorrections({})).map((row) => row.undoneBy),
      [null, null, 4, null],
    );
    await assert.rejects(again.undoCorrection(99, 'bo', 9), { code: 'not-found' });
  });

  tell('trailers given are counted for the person they name', async ({ store }) => {
    const given = (owner: string, name: string, value: string) =>
      fact('trailer', owner, 'm0', { name, value, givenIn: owner, messageId: 'm0', isOwn: true });
    await store.putFacts(
      ['m1', 'm2'],
      ['trailer'],
      [
        given('m1', 'Reviewed-by', 'Bo <Bo@example.org>'),
        given('m2', 'Acked-by', 'Bo <bo@example.org> # docs'),
      ],
    );
    await store.putFacts(['m1'], ['trailer'], [given('m1', 'Tested-by', 'nobody in particular')]);
    const query = { op: 'value', field: 'trailer', value: 'acked-by' } as const;
    assert.equal(await store.countSearch(query, 9), 0, 'm0 is not held');
  });

  tell('reports come newest first, by release and machine', async ({ store }) => {
    const report = (id: string, receivedMs: number, release: string, machine: string): Report => ({
      id,
      receivedMs,
      release,
      kernelVersion: '#1 SMP',
      arch: 'x86_64',
      machine,
      isVirtual: true,
      verdict: 'fixed',
      reason: '',
      lines: ['one', 'two'],
    });
    const [a, b, c] = [
      report('a', 1, '5.8', 'box'),
      report('b', 2, '5.7', 'box'),
      report('c', 3, '5.8', 'lap'),
    ];
    for (const row of [c, a, b, a]) await store.putReport(row);
    assert.deepEqual(await store.getReports({}), [c, b, a]);
    assert.deepEqual(await store.getReports({ release: '5.8' }), [c, a]);
    assert.deepEqual(await store.getReports({ release: '5.8', machine: 'box' }), [a]);
    assert.deepEqual(await store.getReport('b'), b);
    assert.equal(await store.getReport('z'), undefined);
  });
}
