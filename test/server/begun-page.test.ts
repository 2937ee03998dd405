/** Begun pages: what goes out before the data of a page is there, packed or not, and what is there when it fails. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { Hono } from 'hono';
import type { Message } from '../../ingest/model/message.ts';
import type { Point } from '../../ingest/model/review.ts';
import { compressAnswers } from '../../server/compress-answers.ts';
import { presentPoint } from '../../server/present/point.ts';
import { beginPage } from '../../server/routes/begun-page.ts';
import type { FirstData } from '../../server/routes/shell.ts';

const before = '<head></head><pt-app></pt-app><script type="application/json" id="first-data">';
const shell = `${before}</script></body>\n`;
const data: FirstData = { path: '/api/v1/x', json: '{"words":"</script>"}' };
const whole = `${before}{"path":"/api/v1/x","data":{"words":"\\u003c/script>"}}</script></body>\n`;

/** A site of one page, whose data `read` gives. */
function site(read: () => Promise<FirstData | null>): Hono {
  const app = new Hono();
  app.use(compressAnswers());
  app.get('/', (c) => beginPage(c, shell, read));
  return app;
}

/** Data that is there when a test gives it, and not before it was asked for. */
function slowData() {
  let ask = () => {};
  const asked = new Promise<void>((resolve) => {
    ask = resolve;
  });
  let answer: (data: FirstData) => void = () => {};
  return {
    read: () =>
      new Promise<FirstData>((resolve) => {
        answer = resolve;
        ask();
      }),
    async give(given: FirstData) {
      await asked;
      answer(given);
    },
  };
}

it('the first part is sent before the data is asked for, the rest when it is there', async () => {
  const { read, give } = slowData();
  const answer = await site(read).request('/');
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const text = async () => new TextDecoder().decode((await reader.read()).value);
  assert.equal(await text(), before);
  await give(data);
  assert.equal(before + (await text()), whole);
  assert.equal((await reader.read()).done, true);
});

it('packed, the first part can be unpacked before the rest is there', async () => {
  const { read, give } = slowData();
  const answer = await site(read).request('/', { headers: { 'accept-encoding': 'br' } });
  assert.equal(answer.headers.get('content-encoding'), 'br');
  assert.match(answer.headers.get('vary') ?? '', /accept-encoding/i);
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const chunks = [(await reader.read()).value ?? new Uint8Array()];
  const unpacker = createBrotliDecompress();
  const first = new Promise((resolve) => unpacker.once('data', (part) => resolve(String(part))));
  unpacker.write(chunks[0]);
  assert.equal(await first, before);
  unpacker.destroy();
  await give(data);
  for (let part = await reader.read(); !part.done; part = await reader.read()) chunks.push(part.value);
  assert.equal(String(brotliDecompressSync(Buffer.concat(chunks))), whole);
});

it('data that fails leaves its place empty: the page asks itself', async () => {
  const failing = [() => Promise.resolve(null), () => Promise.reject(new Error('the store is busy'))];
  for (const read of failing) assert.equal(await (await site(read).request('/')).text(), shell);
});

it('a reader who leaves ends nothing but their own answer', async () => {
  const answer = await site(() => Promise.resolve(data)).request('/');
  await answer.body?.cancel();
  assert.equal(await (await site(() => Promise.resolve(data)).request('/')).text(), whole);
});

it('of a point that has thousands of lines the first forty are shown, and the last twelve that it answers', () => {
  const lines = Array.from({ length: 100 }, (_, at) => `line ${at}`);
  const mail = { body: lines.join('\n'), headers: [] } as unknown as Message;
  const status = { value: 'open', rule: 'x', confidence: 1, by: 'rule', evidence: [] };
  const point = {
    ...{ id: 'a#50', messageId: 'a', start: 50, end: 100, kind: 'question', author: 'ada', posting: null },
    ...{ anchorMessage: 'a', anchorStart: 0, anchorEnd: 30, status },
  } as unknown as Point;
  const shown = presentPoint(point, {
    mails: new Map([['a', mail]]),
    entries: new Map(),
    labelOf: () => undefined,
  });
  assert.deepEqual(shown.words, lines.slice(50, 90));
  assert.equal(shown.moreLines, 10);
  assert.deepEqual(shown.anchorWords, lines.slice(18, 30));
});
