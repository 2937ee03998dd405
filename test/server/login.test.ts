/** Login: a browser gets a session by a token or a mailed code, of which no other site can make use. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { makeSecret, putAccount, revokeToken } from '../../server/rights/accounts.ts';
import { isProxyAddress } from '../../server/rights/proxies.ts';
import { idOf } from '../support/mail-text.ts';
import { list, seriesId } from './corpus.ts';
import { type ServerUnderTest, sessionToken, startServer } from './server-under-test.ts';

const access = { sessionToken, isLoopback: false, hostNames: null, tokens: [], person: 'local' };
const sameOrigin = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };

describe('a login', () => {
  let server: ServerUnderTest;
  let account = 0;
  let from = 0;
  const mails: { to: string; text: string }[] = [];

  const token = () =>
    makeSecret(server.store.tracker, 'token', {
      ...{ label: '', account, address: '', scopes: ['write'], lists: null },
      ...{ createdMs: 0, expiresMs: null, revokedMs: null },
    });
  const send = (path: string, form: Record<string, string>, headers: Record<string, string> = sameOrigin) =>
    server.ask(path, {
      method: 'POST',
      // Each test comes from elsewhere, since wrong secrets slow down.
      headers: { 'x-forwarded-for': `192.0.2.${from}`, ...headers },
      body: new URLSearchParams(form),
    });
  const login = async (secret: string) => (await send('/login', { secret })).headers.get('set-cookie') ?? '';
  const cookieOf = (set: string) => set.split(';')[0] ?? '';
  const page = async (cookie: string) => (await server.ask('/login', { headers: { cookie } })).text();
  const csrfIn = (html: string) => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const correct = (headers: Record<string, string>) =>
    server.ask('/api/v1/corrections', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ kind: 'unlink', subject: idOf('count2'), value: seriesId, reason: '' }),
    });

  before(async () => {
    server = await startServer({
      access,
      mail: async (mail) => {
        mails.push(mail);
      },
    });
    const ada = await putAccount(server.store.tracker, 'ada', (value) => ({
      ...value,
      addresses: ['ada@example.org'],
      roles: { [list]: 'maintainer' },
    }));
    account = ada.number;
  });
  beforeEach(() => {
    from++;
    mails.length = 0;
  });
  after(() => server.close());

  it('gives a cookie that no script reads and no other site sends, and leads to a page of our own', async () => {
    const answer = await send('/login', { secret: await token(), next: '/queue?list=pump' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/queue?list=pump']);
    const set = answer.headers.get('set-cookie') ?? '';
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) assert.ok(set.includes(part), set);
    assert.match(await page(cookieOf(set)), /signed in as <strong>ada</);
    for (const next of ['//evil.example/', 'https://evil.example/', '/\\evil.example', 'x', '/a\r\nb: c']) {
      const led = await send('/login', { secret: await token(), next });
      assert.equal(led.headers.get('location'), '/', next);
    }
  });

  it('is taken from our own pages only, and so is a change that comes with its cookie', async () => {
    const elsewhere = [
      {},
      { origin: 'http://evil.example' },
      { ...sameOrigin, 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of elsewhere) {
      assert.equal((await send('/login', { secret: await token() }, headers)).status, 403);
    }
    const cookie = cookieOf(await login(await token()));
    const csrf = csrfIn(await page(cookie));
    assert.equal((await correct({ cookie })).status, 403);
    assert.equal((await correct({ cookie, ...sameOrigin })).status, 403, 'without what its pages know');
    assert.equal(
      (await correct({ cookie, 'x-patchtrail-session': csrf, origin: 'http://evil.example' })).status,
      403,
    );
    const made = await correct({ cookie, 'x-patchtrail-session': csrf, ...sameOrigin });
    assert.deepEqual([made.status, ((await made.json()) as { by: string }).by], [200, 'ada']);
  });

  it('ends by the form that its page has, and with the token that it came of', async () => {
    const cookie = cookieOf(await login(await token()));
    const csrf = csrfIn(await page(cookie));
    assert.equal((await send('/logout', { csrf: 'guess' }, { ...sameOrigin, cookie })).status, 403);
    assert.equal((await send('/logout', { csrf }, { ...sameOrigin, cookie })).status, 303);
    assert.ok(!(await page(cookie)).includes('signed in'));
    const other = cookieOf(await login(await token()));
    assert.ok((await page(other)).includes('signed in'));
    const newest = (await server.store.tracker.getRecords('token')).at(-1)?.number ?? 0;
    assert.ok(await revokeToken(server.store.tracker, newest, 1));
    assert.ok(!(await page(other)).includes('signed in'));
  });

  it('is possible by a code that is mailed to an address of the account, and holds once', async () => {
    assert.equal((await send('/login/mail', { address: 'Ada@example.org' })).status, 303);
    assert.deepEqual(
      mails.map(({ to }) => to),
      ['ada@example.org'],
    );
    const code = /pt_\S+/.exec(mails[0]?.text ?? '')?.[0] ?? '';
    assert.match(await page(cookieOf(await login(code))), /signed in as <strong>ada</);
    assert.equal(await login(code), '');
  });

  it('does not tell whether an address is known, and mails nobody many codes', async () => {
    const unknown = await send('/login/mail', { address: 'nobody@example.org' });
    from++;
    const known = await send('/login/mail', { address: 'ada@example.org' });
    assert.deepEqual(
      [unknown.status, unknown.headers.get('location')],
      [known.status, known.headers.get('location')],
    );
    let refused = 0;
    for (let count = 0; count < 10; count++) {
      from++;
      if ((await send('/login/mail', { address: 'ada@example.org' })).status === 429) refused++;
    }
    assert.ok(refused >= 4, String(refused));
  });

  it('slows down who guesses', async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 10; count++) statuses.add((await send('/login', { secret: 'guess' })).status);
    assert.deepEqual([...statuses], [403, 429]);
  });
});

it('a proxy is believed where the site names it', () => {
  const rows: readonly (readonly [string, readonly string[], boolean])[] = [
    ['127.0.0.1', [], true],
    ['::ffff:127.0.0.1', [], true],
    ['::1', [], true],
    ['192.0.2.7', [], false],
    ['192.0.2.7', ['192.0.2.7'], true],
    ['::ffff:10.1.2.3', ['10.1.0.0/16'], true],
    ['10.2.2.3', ['10.1.0.0/16'], false],
    ['2001:db8::5', ['10.1.0.0/16', '2001:db8::/32'], true],
  ];
  for (const [address, proxies, isOne] of rows)
    assert.equal(isProxyAddress(address, proxies), isOne, address);
});
