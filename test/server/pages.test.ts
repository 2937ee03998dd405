/** Pages: the shell with its first data, the twins of each page, files of the web. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WireStatistics } from '../../server/wire.ts';
import { idOf } from '../support/mail-text.ts';
import { hostileId, seriesId } from './corpus.ts';
import { type ServerUnderTest, sessionToken, startServer } from './server-under-test.ts';

const shell = `<!doctype html><html><head><meta name="patchtrail-session" content="">
<title>Patchtrail</title></head><body><pt-app></pt-app>
<noscript><a href="?as=text">as text</a><form action="/search"></form></noscript>
<script type="application/json" id="first-data"></script></body></html>
`;

interface FirstData {
  readonly path: string;
  readonly data: unknown;
}

function firstData(html: string): FirstData | undefined {
  const text = /<script type="application\/json" id="first-data">([^<]*)<\/script>/.exec(html)?.[1];
  return text ? JSON.parse(text) : undefined;
}

describe('pages', () => {
  let server: ServerUnderTest;
  let webRoot: string;
  before(async () => {
    webRoot = mkdtempSync(join(tmpdir(), 'patchtrail-web-'));
    mkdirSync(join(webRoot, 'assets'));
    writeFileSync(join(webRoot, 'index.html'), shell);
    writeFileSync(join(webRoot, 'assets', 'main-B2x9_a1c.js'), 'export {};\n');
    writeFileSync(join(webRoot, 'assets', 'theme.js'), '// theme\n');
    server = await startServer({ webRoot });
  });
  after(async () => {
    await server.close();
    rmSync(webRoot, { recursive: true, force: true });
  });

  const pages = [
    '/',
    '/queue?me=ada@example.org&turn=author',
    `/series/${seriesId}`,
    `/series/${seriesId}/v2`,
    `/series/${seriesId}/v1..v2`,
    `/patches/${seriesId}`,
    `/thread/${idOf('that-one')}`,
    `/thread/${encodeURIComponent(hostileId)}`,
    '/search?q=strokes',
    '/people',
    '/people/bo@example.org',
    '/kernels',
    '/check',
    '/sources',
    '/lists',
  ];

  it('carry the token of the session and the answer that they ask for first', async () => {
    for (const page of pages) {
      const answer = await server.ask(page);
      const html = await answer.text();
      assert.equal(answer.status, 200, page);
      assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8', page);
      assert.equal(answer.headers.get('cache-control'), 'no-store', page);
      assert.ok(html.includes(`<meta name="patchtrail-session" content="${sessionToken}">`), page);
      const first = firstData(html);
      assert.ok(first, page);
      assert.deepEqual(first.data, await server.json(first.path), page);
    }
  });

  it('lead people without scripts to the same page as text, and from mails to the archive', async () => {
    const queue = await (await server.ask('/queue?me=ada@example.org&turn=author')).text();
    const twin = '/queue?me=ada%40example.org&amp;turn=author&amp;as=text';
    assert.ok(
      queue.includes(`<link rel="alternate" type="text/plain" title="This page as text" href="${twin}">`),
    );
    assert.ok(queue.includes(`<a href="${twin}">as text</a>`));
    const thread = await (await server.ask(`/thread/${idOf('that-one')}`)).text();
    assert.ok(thread.includes(`<a href="/all/${idOf('that-one')}/T/">`));
    assert.equal((await server.ask(`/all/${idOf('that-one')}/T/`)).status, 200);
  });

  it('end no script block early, whatever a mail says', async () => {
    const html = await (await server.ask(`/thread/${encodeURIComponent(hostileId)}`)).text();
    assert.equal(html.match(/<\/script>/g)?.length, 1);
    assert.ok(html.includes('\\u003c/script>'));
  });

  it('have the same answer as JSON', async () => {
    for (const page of pages) {
      const first = firstData(await (await server.ask(page)).text());
      const twin = `${page}${page.includes('?') ? '&' : '?'}as=json`;
      assert.deepEqual(await server.json(twin), first?.data, page);
    }
  });

  it('have the same words as text: every id and title of the JSON stands in it', async () => {
    for (const page of pages.filter((one) => !['/check', '/kernels'].includes(one))) {
      const query = page.includes('?') ? '&' : '?';
      const answer = await server.ask(`${page}${query}as=text`);
      const text = await answer.text();
      assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8', page);
      const named = JSON.stringify(await server.json(`${page}${query}as=json`));
      // A range-diff and a single mail name fewer things than the JSON, but never none.
      for (const [, title] of named.matchAll(/"(?:title|subject)":"([^"\\]{1,200})"/g)) {
        if (!/^Re: /.test(title ?? '')) assert.ok(text.includes(title ?? ''), `${page}: ${title}`);
      }
    }
  });

  it('have the numbers of statistics as tables for spreadsheets, and know no others', async () => {
    const answer = await server.ask('/statistics?as=csv&table=reviewers');
    assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/);
    const [heads, ...rows] = (await answer.text()).trimEnd().split('\r\n');
    assert.equal(heads, 'name,address,reviews,series,median_ms');
    const { reviewers } = await server.json<WireStatistics>('/api/v1/statistics');
    assert.equal(rows.length, reviewers.length);
    for (const name of ['', 'nothing', 'constructor'])
      assert.equal((await server.ask(`/statistics?as=csv&table=${name}`)).status, 404);
  });

  it('have the keys as text', async () => {
    const text = await (await server.ask('/help/keys?as=text')).text();
    assert.match(text, /next open point/);
  });

  it('print no control characters of strangers', async () => {
    const text = await (await server.ask(`/thread/${encodeURIComponent(hostileId)}?as=text`)).text();
    assert.ok(text.includes('\u{fffd}[31mred'));
    assert.ok(!text.includes('\u001b'));
  });

  it('of a series have one address, that of its first posting', async () => {
    for (const id of ['print2', 'question', 'applied']) {
      const answer = await server.ask(`/series/${idOf(id)}/v2?points=open`);
      assert.equal(answer.status, 302);
      assert.equal(answer.headers.get('location'), `/series/${seriesId}/v2?points=open`);
    }
  });

  it('that are not there are 404 with the shell, and programs get a problem', async () => {
    for (const page of [
      '/nowhere',
      '/series/nobody@x.example',
      '/thread/nobody@x.example',
      '/people/nobody@x.example',
    ]) {
      const answer = await server.ask(page);
      assert.equal(answer.status, 404, page);
      assert.ok((await answer.text()).includes('<pt-app>'), page);
      assert.equal((await server.ask(`${page}?as=json`)).status, 404, page);
      const text = await server.ask(`${page}?as=text`);
      assert.equal(text.status, 404, page);
    }
    const problem = await server.ask('/api/nothing');
    assert.equal(problem.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  });

  it('say what is wrong with a query, as text too', async () => {
    const text = await (await server.ask('/search?q=d%3Anonsense&as=text')).text();
    assert.match(text, /d:/);
    assert.equal((await server.ask('/search?q=d%3Anonsense')).status, 400);
  });

  it('are sent with files that keep for ever where their name holds a hash', async () => {
    const hashed = await server.ask('/assets/main-B2x9_a1c.js');
    assert.equal(hashed.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.match(hashed.headers.get('content-type') ?? '', /javascript/);
    assert.equal((await server.ask('/assets/theme.js')).headers.get('cache-control'), 'no-cache');
    for (const path of [
      '/assets/../index.html',
      '/assets/..%2f..%2fpackage.json',
      '/index.html',
      '/assets/',
    ]) {
      assert.ok(!(await (await server.ask(path)).text()).includes('"name"'), path);
    }
  });

  it('without built files say what to do', async () => {
    const plain = await startServer();
    assert.match(await (await plain.ask('/')).text(), /npm run build/);
    await plain.close();
  });
});
