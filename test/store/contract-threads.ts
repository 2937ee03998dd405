/** Contract of the store: stages, transactions, threads. */
import assert from 'node:assert/strict';
import type { Tell } from './contract.ts';
import { letter, source } from './letters.ts';

export function threadSentences(tell: Tell): void {
  tell('new messages wait for threading and new postings for linking', async ({ store }) => {
    await store.putMails([letter({ id: 'b' }), letter({ id: 'a', patch: {} })], source(), 1);
    assert.deepEqual(await store.takeWaiting('thread', 9), ['b', 'a']);
    assert.deepEqual(await store.takeWaiting('thread', 1), ['b']);
    assert.deepEqual(await store.takeWaiting('link', 9), ['a']);
    await store.clearWaiting('thread', ['a', 'b', 'nobody']);
    await store.markWaiting('series', ['a', 'a']);
    assert.deepEqual((await store.info()).waiting, { parse: 0, thread: 0, link: 1, review: 0, series: 1 });
    await store.putMails([letter({ id: 'b' })], source(), 1);
    assert.deepEqual(await store.takeWaiting('thread', 9), []);
  });

  tell('work done together is kept together', async ({ store }) => {
    await store.together(async () => {
      await store.markWaiting('review', ['a']);
      await Promise.resolve();
      assert.deepEqual(await store.takeWaiting('review', 9), ['a']);
      await store.markWaiting('series', ['b']);
    });
    assert.deepEqual((await store.info()).waiting, { parse: 0, thread: 0, link: 0, review: 1, series: 1 });
  });

  tell('work that fails leaves nothing behind', async ({ store }) => {
    const work = store.together(async () => {
      await store.markWaiting('review', ['a']);
      throw new Error('power cut');
    });
    await assert.rejects(work, /power cut/);
    assert.deepEqual(await store.takeWaiting('review', 9), []);
    await store.markWaiting('review', ['after']);
    assert.deepEqual(await store.takeWaiting('review', 9), ['after']);
  });

  tell('nobody else reads or writes in the middle of work done together', async ({ store }) => {
    const seen: string[] = [];
    let halfDone: () => void = () => undefined;
    const half = new Promise<void>((resolve) => {
      halfDone = resolve;
    });
    const work = store.together(async () => {
      await store.markWaiting('review', ['a']);
      halfDone();
      await new Promise((resolve) => setTimeout(resolve, 20));
      await store.markWaiting('review', ['b']);
      seen.push('work');
    });
    await half;
    const reading = store.takeWaiting('review', 9).then((ids) => seen.push(`read ${ids.join(' ')}`));
    const other = store.together(async () => void seen.push('other'));
    await Promise.all([work, reading, other]);
    assert.equal(seen[0], 'work');
    assert.deepEqual(seen.slice(1).sort(), ['other', 'read a b']);
  });

  tell('work done together is not nested', async ({ store }) => {
    await assert.rejects(
      store.together(() => store.together(async () => undefined)),
      /not nested/,
    );
  });

  tell('a thread is found by its id once it was written', async ({ store }) => {
    await store.putMails(
      [letter({ id: 'root', day: 1 }), letter({ id: 'reply', day: 2, replyTo: ['root'] })],
      source(),
      1,
    );
    await store.putThreads([
      { messageId: 'reply', parent: 'root', parentIsGuess: true, thread: 'root' },
      { messageId: 'nobody', parent: null, parentIsGuess: false, thread: 'root' },
    ]);
    const thread = await store.getThread('root');
    assert.deepEqual(
      thread.map(({ messageId, parent, parentIsGuess }) => [messageId, parent, parentIsGuess]),
      [
        ['root', null, false],
        ['reply', 'root', true],
      ],
    );
    assert.deepEqual(await store.getThread('nobody'), []);
  });

  tell('whatever waits in a thread is taken with it', async ({ store }) => {
    await store.putMails(
      ['root', 'other', 'reply', 'last', 'done'].map((id, day) => letter({ id, day })),
      source(),
      1,
    );
    const place = { parent: 'root', parentIsGuess: false, thread: 'root' };
    await store.putThreads(['reply', 'last', 'done'].map((messageId) => ({ ...place, messageId })));
    await store.markWaiting('review', ['root', 'other', 'reply', 'last', 'gone']);
    const take = (limit: number, most: number) => store.takeWaitingThreads('review', limit, most);
    assert.deepEqual(await take(1, 9), [['root', 'reply', 'last']]);
    assert.deepEqual(await take(1, 2), [['root', 'reply']]);
    assert.deepEqual(await take(9, 9), [['root', 'reply', 'last'], ['other'], ['gone']]);
    const threads = await store.getThreadsOf(['last', 'other', 'nobody']);
    assert.deepEqual(
      threads.map(({ messageId }) => messageId),
      ['root', 'other', 'reply', 'last', 'done'],
    );
  });

  tell('neighbours are the whole threads around a message, ghosts between them', async ({ store }) => {
    await store.putMails(
      [
        letter({ id: 'root', day: 1 }),
        letter({ id: 'reply', day: 2, replyTo: ['root'] }),
        letter({ id: 'later', day: 3, references: ['root', 'reply'] }),
        letter({ id: 'orphan', day: 4, replyTo: ['ghost'] }),
        letter({ id: 'twin', day: 5, references: ['ghost'] }),
        letter({ id: 'stranger', day: 6 }),
      ],
      source(),
      1,
    );
    await store.putThreads(
      ['root', 'reply', 'later'].map((messageId) => ({
        messageId,
        parent: null,
        parentIsGuess: false,
        thread: 'root',
      })),
    );
    const near = async (...ids: string[]) =>
      (await store.getThreadNeighbours(ids)).map((entry) => entry.messageId);
    assert.deepEqual(await near('later'), ['root', 'reply', 'later']);
    assert.deepEqual(await near('orphan'), ['orphan', 'twin']);
    assert.deepEqual(await near('ghost'), ['orphan', 'twin']);
    assert.deepEqual(await near('stranger', 'nobody'), ['stranger']);
    assert.deepEqual(await near(), []);
  });

  tell('a removed mail lets its thread and its series be derived again', async ({ store }) => {
    await store.putMails(
      [letter({ id: 'root', patch: {} }), letter({ id: 'reply', replyTo: ['root'] })],
      source(),
      1,
    );
    for (const stage of ['thread', 'link'] as const) await store.clearWaiting(stage, ['root', 'reply']);
    await store.putThreads([{ messageId: 'reply', parent: 'root', parentIsGuess: false, thread: 'root' }]);
    await store.removeMails(['root'], source(), 2);
    assert.deepEqual(await store.takeWaiting('thread', 9), ['reply']);
    assert.deepEqual(await store.takeWaiting('review', 9), ['reply']);
    assert.deepEqual(await store.takeWaiting('link', 9), []);
    const [reply] = await store.getThread('root');
    assert.deepEqual([reply?.messageId, reply?.parent], ['reply', 'root']);
  });
}
