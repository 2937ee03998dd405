/** Field selection and packed answers: a reader gets the parts that it asked for, as small as it can read them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { chooseEncoding } from '../../server/compress-answers.ts';
import type { Problem } from '../../server/wire.ts';
import { seriesId } from './corpus.ts';
import { type ServerUnderTest, startServer } from './server-under-test.ts';

describe('an answer', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  it('has the fields of its items that are asked for, and what belongs to the page', async () => {
    const page = await server.json('/api/v1/series?limit=1&sort=oldest&fields=title,author.name');
    assert.deepEqual(page, {
      items: [{ title: 'pump: count strokes', author: { name: 'Ada Example' } }],
      next: (page as { next: string }).next,
    });
  });

  it('has the fields of one thing that are asked for, a part of a part beside the whole of another', async () => {
    const path = `/api/v1/series/${seriesId}?fields=summary.state,summary.id,revisions.label`;
    assert.deepEqual(await server.json(path), {
      summary: { id: seriesId, state: 'under-review' },
      revisions: [{ label: 'v1' }, { label: 'v2' }],
    });
  });

  it('is refused for a field that none has, with those that there are', async () => {
    for (const fields of ['titel', 'author.nmae', '', 'title,', '__proto__', 'constructor']) {
      const answer = await server.ask(`/api/v1/series?${new URLSearchParams({ fields })}`);
      const problem = (await answer.json()) as Problem;
      assert.deepEqual([answer.status, problem.code], [400, 'usage'], fields);
      assert.match(problem.remedy, /title/);
    }
  });

  it('has another tag with other fields', async () => {
    const tags = await Promise.all(
      ['', '?fields=title'].map(async (query) =>
        (await server.ask(`/api/v1/series${query}`)).headers.get('etag'),
      ),
    );
    assert.notEqual(tags[0], tags[1]);
  });

  it('is packed by Brotli or gzip as its reader prefers, and says so', async () => {
    const path = '/openapi.json';
    const plain = await (await server.ask(path)).text();
    const rows = [
      ['gzip, deflate, br', 'br', brotliDecompressSync],
      ['gzip', 'gzip', gunzipSync],
      ['br;q=0.1, gzip;q=0.5', 'gzip', gunzipSync],
    ] as const;
    for (const [accepted, encoding, unpack] of rows) {
      const answer = await server.ask(path, { headers: { 'accept-encoding': accepted } });
      assert.equal(answer.headers.get('content-encoding'), encoding);
      assert.match(answer.headers.get('vary') ?? '', /accept-encoding/i);
      assert.equal(unpack(Buffer.from(await answer.arrayBuffer())).toString(), plain);
    }
  });

  it('is not packed twice, nor where it is small', async () => {
    const headers = { 'accept-encoding': 'br, gzip' };
    for (const path of [`/all/${seriesId}/t.mbox.gz`, '/api/v1/lists', '/manifest.js.gz']) {
      assert.equal((await server.ask(path, { headers })).headers.get('content-encoding'), null, path);
    }
  });

  it('is packed in no way that its reader cannot read, whatever it sends', () => {
    assert.deepEqual(
      ['', 'identity', 'br;q=0', '*;q=0', 'deflate', 'BR', '*', 'x-gzip'].map(chooseEncoding),
      [null, null, null, null, null, 'br', 'br', 'gzip'],
    );
    fc.assert(fc.property(fc.string(), (text) => [null, 'br', 'gzip'].includes(chooseEncoding(text))));
  });
});
