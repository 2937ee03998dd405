/** Answers are given again only while the store stays as it was, and only to those who may have them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { AnswerCache, type AnswerFetch, loadAnswers, loadQuestions } from '../../server/answer-cache.ts';

/** A cache before a server that counts its answers; `world` is what they depend on. */
function cacheBefore(world = { mark: '1', nowMs: 0 }) {
  let made = 0;
  let held = Promise.resolve();
  /** Holds all answers back until what it gives is called. */
  const hold = () => {
    let go = () => {};
    held = new Promise((resolve) => {
      go = resolve;
    });
    return () => go();
  };
  const fetch: AnswerFetch = async (_request, env) => {
    const number = ++made;
    await held;
    if (env.incoming.url !== '/live') env.isKept = true;
    const status = env.incoming.url === '/missing' ? 404 : 200;
    return new Response(`answer ${number}`, { status, headers: { etag: `"${number}"` } });
  };
  const cache = new AnswerCache({
    changeMark: async () => world.mark,
    nowMs: () => world.nowMs,
    credentials: ['authorization', 'cookie'],
  });
  const wrapped = cache.wrap(fetch);
  const ask = async (url: string, headers: Record<string, string> = {}, method = 'GET') => {
    const incoming = { method, url, headers: { host: 'a', ...headers } };
    const answer = await wrapped(new Request('http://a/'), { incoming });
    return `${answer.status} ${await answer.text()}`;
  };
  return { ask, world, hold };
}

/** What is under way has gone as far as it can. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await setTimeout(1);
}

const many = Array.from({ length: loadAnswers }, (_, at) => `/other${at}`);

describe('an answer', () => {
  it('is made once while nothing changes, and anew after a change or ten seconds', async () => {
    const { ask, world } = cacheBefore();
    assert.deepEqual(
      [await ask('/x'), await ask('/x'), await ask('/y')],
      ['200 answer 1', '200 answer 1', '200 answer 2'],
    );
    world.mark = '2';
    assert.equal(await ask('/x'), '200 answer 3');
    world.nowMs = 10_001;
    assert.equal(await ask('/x'), '200 answer 4');
  });

  it('is made once for all who ask for it at the same time', async () => {
    const { ask } = cacheBefore();
    assert.deepEqual(await Promise.all([ask('/x'), ask('/x'), ask('/x')]), Array(3).fill('200 answer 1'));
  });

  for (const [what, later] of [
    ['after a change', { mark: '2', nowMs: 0 }],
    ['when it is old', { mark: '1', nowMs: 60_000 }],
  ] as const) {
    it(`is given once more ${what} while many others are being made, and made anew behind that`, async () => {
      const { ask, world, hold } = cacheBefore();
      await ask('/x');
      Object.assign(world, later);
      const go = hold();
      const others = many.map((url) => ask(url));
      await settled();
      assert.equal(await ask('/x'), '200 answer 1');
      go();
      await Promise.all(others);
      await settled();
      assert.equal(await ask('/x'), `200 answer ${many.length + 2}`);
    });
  }

  it('is given once more while many ask in one second', async () => {
    const { ask, world } = cacheBefore();
    for (let asked = 0; asked < loadQuestions; asked++) await ask('/x');
    world.mark = '2';
    assert.equal(await ask('/x'), '200 answer 1');
    world.nowMs = 3000;
    world.mark = '3';
    assert.equal(await ask('/x'), '200 answer 3');
  });

  it('is never given when it is older than a minute', async () => {
    const { ask, world, hold } = cacheBefore();
    await ask('/x');
    world.nowMs = 60_001;
    const go = hold();
    const asked = [...many, '/x'].map((url) => ask(url));
    await settled();
    go();
    assert.equal((await Promise.all(asked)).at(-1), `200 answer ${many.length + 2}`);
  });

  it('from before a change that came through the server is never given', async () => {
    const { ask, world, hold } = cacheBefore();
    await ask('/x');
    world.mark = '2';
    await ask('/api/y', {}, 'POST');
    const go = hold();
    const asked = [...many, '/x'].map((url) => ask(url));
    await settled();
    go();
    assert.equal((await Promise.all(asked)).at(-1), `200 answer ${many.length + 3}`);
  });

  it('is never kept for who shows who they are, for changes, for faults, and for what depends on the process', async () => {
    const { ask } = cacheBefore();
    const asked = [
      ['/x', { cookie: 'a' }],
      ['/x', { authorization: 'b' }],
      ['/x', {}, 'POST'],
      ['/missing', {}],
      ['/live', {}],
    ] as const;
    for (const [url, headers, method] of asked) {
      assert.notEqual(await ask(url, headers, method), await ask(url, headers, method), url);
    }
  });

  it('goes only to who asks by the same name, in the same encoding, and the same way', async () => {
    const { ask } = cacheBefore();
    const answers = [
      await ask('/x'),
      await ask('/x', { host: 'b' }),
      await ask('/x', { 'accept-encoding': 'gzip' }),
      await ask('/x', { 'x-forwarded-for': '192.0.2.1' }),
    ];
    assert.equal(new Set(answers).size, 4);
  });

  it('is not sent to who has it', async () => {
    const { ask } = cacheBefore();
    await ask('/x');
    assert.equal(await ask('/x', { 'if-none-match': '"1"' }), '304 ');
  });
});
