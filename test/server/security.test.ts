/** Who may speak to the server, who may change state, and what every answer carries. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { hostNamesFor, isLoopbackHost } from '../../server/security.ts';
import type { Problem, SeriesDetail, WireCorrection } from '../../server/wire.ts';
import { idOf } from '../support/mail-text.ts';
import { hostileId, nowMs, seriesId } from './corpus.ts';
import { ownPage, type ServerUnderTest, sessionToken, startServer } from './server-under-test.ts';

const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

describe('a server on loopback', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  it('puts the same guard on every answer, good or bad', async () => {
    const paths = [
      '/',
      '/queue',
      `/series/${seriesId}`,
      '/no-such-page',
      '/api/v1/status',
      '/api/v1/no-such-route',
      '/api/v1/series?limit=many',
      `/api/v1/messages/${encodeURIComponent(hostileId)}`,
      `/raw/${encodeURIComponent(hostileId)}`,
      '/openapi.json',
      '/?as=text',
      '/%E0%A4%A',
    ];
    for (const path of paths) {
      const { headers } = await server.ask(path);
      assert.equal(headers.get('content-security-policy'), csp, path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('referrer-policy'), 'same-origin', path);
      assert.equal(headers.get('x-frame-options'), 'DENY', path);
    }
  });

  it('answers to its own names only, so that no other name can be pointed at it', async () => {
    for (const host of ['localhost', 'LOCALHOST:8420', '127.0.0.1:8420', '[::1]:8420']) {
      assert.equal((await server.ask('/api/v1/status', { headers: { host } })).status, 200, host);
    }
    for (const host of [
      'evil.example',
      'localhost.evil.example:8420',
      '127.0.0.1.evil.example',
      '[::2]',
      '',
    ]) {
      const answer = await server.ask('/api/v1/status', { headers: { host } });
      assert.equal(answer.status, 403, host);
      assert.equal((await server.ask('/', { headers: { host } })).status, 403, host);
    }
    assert.equal((await server.app.request('http://evil.example/api/v1/status')).status, 403);
  });

  it('gives a mail as text only, whatever it says it is', async () => {
    const answer = await server.ask(`/raw/${encodeURIComponent(hostileId)}`);
    assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.match(await answer.text(), /<\/script><script>alert\(2\)/);
  });

  it('never gives back in an error what was sent', async () => {
    const marker = 'xyzzyplugh';
    const paths = [
      `/api/v1/series?limit=${marker}`,
      `/api/v1/series?${marker}=1`,
      `/api/v1/series?sort=${marker}&turn=${marker}&state=${marker}`,
      `/api/v1/threads/${seriesId}?offset=${marker}`,
      `/api/v1/facts?subject=a&kind=${marker}`,
      `/api/v1/${marker}`,
    ];
    for (const path of paths) {
      const answer = await server.ask(path);
      const text = await answer.text();
      assert.ok(answer.status === 400 || answer.status === 404, path);
      assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8', path);
      assert.ok(!text.includes(marker), text);
    }
    const body = JSON.stringify({ kind: marker, [marker]: 1 });
    const answer = await server.ask('/api/v1/corrections', {
      method: 'POST',
      body,
      headers: { ...ownPage, 'content-type': 'application/json' },
    });
    assert.equal(answer.status, 400);
    assert.ok(!(await answer.text()).includes(marker));
  });

  it('takes no change without the token of its session from a page of its own', async () => {
    const refused: Record<string, string>[] = [
      {},
      { 'x-patchtrail-session': 'other', origin: 'http://localhost' },
      { 'x-patchtrail-session': '', origin: 'http://localhost' },
      { 'x-patchtrail-session': sessionToken },
      { 'x-patchtrail-session': sessionToken, origin: 'http://evil.example' },
      { 'x-patchtrail-session': sessionToken, origin: 'null' },
      { 'x-patchtrail-session': sessionToken, origin: 'http://localhost:81' },
      { ...ownPage, 'sec-fetch-site': 'cross-site' },
      { ...ownPage, 'sec-fetch-site': 'same-site' },
      { authorization: 'Bearer guessed' },
      { ...ownPage, 'x-forwarded-for': '192.0.2.1' },
      { ...ownPage, forwarded: 'for=192.0.2.1' },
    ];
    for (const headers of refused) {
      for (const [method, path] of [
        ['POST', '/api/v1/corrections'],
        ['DELETE', '/api/v1/corrections/1'],
        ['POST', '/api/v1/check'],
        ['DELETE', '/api/v1/check'],
        ['POST', '/api/v1/reports'],
      ] as const) {
        const answer = await server.ask(path, {
          method,
          headers: { ...headers, 'content-type': 'application/json' },
          ...(method === 'POST' ? { body: '{}' } : {}),
        });
        const problem = (await answer.json()) as Problem;
        assert.equal(answer.status, 403, `${method} ${path} ${JSON.stringify(headers)}`);
        assert.equal(problem.code, headers.authorization ? 'token-invalid' : 'forbidden');
        assert.notEqual(problem.remedy, '');
      }
    }
    assert.deepEqual(await server.store.getCorrections({}), []);
  });

  it('gives no token to a page that a proxy asks for', async () => {
    const page = await server.ask('/', { headers: { 'x-forwarded-for': '192.0.2.1' } });
    assert.ok(!(await page.text()).includes(sessionToken));
  });

  it('refuses a body that is too large, no JSON, or of another shape', async () => {
    const send = (body: string, type = 'application/json') =>
      server.ask('/api/v1/corrections', {
        method: 'POST',
        body,
        headers: { ...ownPage, 'content-type': type, 'content-length': String(body.length) },
      });
    assert.equal((await send(`{"kind":"${'x'.repeat(1_100_000)}"}`)).status, 413);
    assert.equal((await send('{"kind":')).status, 400);
    assert.equal((await send('[]')).status, 400);
    assert.equal((await send('kind=link', 'application/x-www-form-urlencoded')).status, 400);
  });

  it('says no more of an unforeseen error than that it happened', async () => {
    const broken = await startServer();
    const store = Object.create(broken.store, {
      info: {
        value: async () => {
          throw new Error('secret path /srv/mail');
        },
      },
    });
    const other = await startServer({ store });
    const answer = await other.ask('/api/v1/status');
    const text = await answer.text();
    assert.equal(answer.status, 500);
    assert.equal((JSON.parse(text) as Problem).code, 'internal');
    assert.ok(!text.includes('secret'));
    await other.close();
    await broken.close();
  });
});

describe('a token of the configuration', () => {
  let server: ServerUnderTest;
  const marked: string[] = [];
  const token = 'correct horse'.replace(' ', '-');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  before(async () => {
    const sha256 = createHash('sha256').update(token).digest('hex');
    server = await startServer({
      access: {
        sessionToken,
        isLoopback: false,
        hostNames: null,
        tokens: [{ name: 'dee', sha256 }],
        person: 'local',
      },
      wake: () => marked.push('woken'),
    });
  });
  after(() => server.close());

  it('may correct a fact and take it back, under the name that it has', async () => {
    const body = { kind: 'state', subject: seriesId, value: 'rejected', reason: 'Said so on the phone.' };
    const answer = await server.ask('/api/v1/corrections', {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const correction = (await answer.json()) as WireCorrection;
    assert.deepEqual(correction, { id: correction.id, atMs: nowMs, by: 'dee', ...body, undoneBy: null });
    assert.deepEqual(await server.store.takeWaiting('series', 10), [seriesId]);
    const undone = await server.ask(`/api/v1/corrections/${correction.id}`, { method: 'DELETE', headers });
    assert.equal(undone.status, 200);
    const { items } = await server.json<{ items: WireCorrection[] }>(
      `/api/v1/corrections?subject=${seriesId}`,
    );
    assert.notEqual(items.find(({ id }) => id === correction.id)?.undoneBy, null);
    assert.deepEqual(marked, ['woken', 'woken']);
  });

  it('may not correct what is not held or has no such state', async () => {
    const send = async (body: object) =>
      (await server.ask('/api/v1/corrections', { method: 'POST', headers, body: JSON.stringify(body) }))
        .status;
    assert.equal(await send({ kind: 'state', subject: 'nobody@x.example', value: 'new', reason: '' }), 404);
    assert.equal(await send({ kind: 'state', subject: seriesId, value: 'splendid', reason: '' }), 400);
    assert.equal(await send({ kind: 'link', subject: seriesId, value: 'nobody@x.example', reason: '' }), 404);
    assert.equal(await send({ kind: 'link', subject: seriesId, value: seriesId, reason: '' }), 400);
    assert.equal(
      await send({ kind: 'link', subject: idOf('print2'), value: idOf('report'), reason: '' }),
      200,
    );
  });

  it('may correct what was read from a mail, and the series says so', async () => {
    const { points } = await server.json<SeriesDetail>(`/api/v1/series/${seriesId}`);
    const point = points[0];
    assert.ok(point);
    const line = point.id.split('#').at(-1);
    const send = async (value: string) =>
      (
        await server.ask('/api/v1/corrections', {
          method: 'POST',
          headers,
          body: JSON.stringify({ kind: 'point', subject: point.messageId, value, reason: 'I asked' }),
        })
      ).status;
    assert.equal(await send(`${line} splendid`), 400);
    assert.equal(await send('99999 addressed'), 404);
    assert.equal(await send(`${line} addressed`), 200);
    assert.ok((await server.store.takeWaiting('review', 10)).includes(point.messageId));
    const { corrections } = await server.json<SeriesDetail>(`/api/v1/series/${seriesId}`);
    assert.deepEqual(corrections.at(-1)?.value, `${line} addressed`);
  });

  it('starts no programs, and a page gets no token where others can reach the server', async () => {
    const answer = await server.ask('/api/v1/check', { method: 'POST', headers, body: '{}' });
    assert.equal(answer.status, 403);
    assert.ok(!(await (await server.ask('/')).text()).includes(sessionToken));
    const page = await server.ask('/api/v1/corrections', {
      method: 'POST',
      headers: { ...ownPage, 'content-type': 'application/json' },
      body: '{}',
    });
    assert.equal(page.status, 403);
  });
});

it('a server on loopback takes the name of the proxy before it', () => {
  assert.deepEqual(hostNamesFor(true, 'https://mail.example.org:8443/x'), [
    'localhost',
    '127.0.0.1',
    '[::1]',
    'mail.example.org',
  ]);
  assert.equal(hostNamesFor(false, ''), null);
  const rows: [string, boolean][] = [
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['127.0.0.1.evil.example', false],
    ['192.0.2.1', false],
  ];
  for (const [host, is] of rows) assert.equal(isLoopbackHost(host), is, host);
});
