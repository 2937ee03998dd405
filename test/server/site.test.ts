/** What a site sets: who sees the log of changes, several changes at once, other origins, how often one may ask. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeSecret, putAccount } from '../../server/rights/accounts.ts';
import type { Role } from '../../server/rights/asker.ts';
import { Buckets } from '../../server/rights/rate-limit.ts';
import type { Problem, WireAudit, WireCorrection, WirePage } from '../../server/wire.ts';
import { idOf } from '../support/mail-text.ts';
import { list, nowMs, seriesId } from './corpus.ts';
import { ownPage, type ServerUnderTest, sessionToken, startServer } from './server-under-test.ts';

const access = {
  sessionToken,
  isLoopback: false,
  hostNames: null,
  tokens: [],
  person: 'local',
  corsOrigins: ['https://other.example'],
};

describe('a change', () => {
  let server: ServerUnderTest;
  before(async () => {
    server = await startServer({ access });
  });
  after(() => server.close());

  const tokenOf = async (name: string, roles: Record<string, Role>, isAdmin = false) => {
    const { number } = await putAccount(server.store.tracker, name, (value) => ({
      ...value,
      roles,
      isAdmin,
    }));
    const secret = { label: '', account: number, address: '', lists: null, createdMs: 0, expiresMs: null };
    return makeSecret(server.store.tracker, 'token', { ...secret, scopes: ['write'], revokedMs: null });
  };
  const post = (path: string, token: string, body: object) =>
    server.ask(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const applied = { kind: 'state', subject: seriesId, value: 'applied', reason: '' };

  it('is for who has a role on its list', async () => {
    for (const [name, role, status] of [
      ['mia', 'maintainer', 200],
      ['rob', 'reviewer', 200],
      ['ci', 'bot', 403],
    ] as const) {
      const answer = await post('/api/v1/corrections', await tokenOf(name, { [list]: role }), applied);
      assert.equal(answer.status, status, name);
    }
    assert.equal((await post('/api/v1/corrections', await tokenOf('eve', {}), applied)).status, 403);
  });

  it('can be many, of which all are kept or none', async () => {
    const token = await tokenOf('mia', { [list]: 'maintainer' });
    const unlink = { kind: 'unlink', subject: idOf('count2'), value: seriesId, reason: 'other patch' };
    const before = (await server.store.getCorrections({})).length;
    const wrong = await post('/api/v1/corrections/bulk', token, {
      items: [applied, { ...unlink, subject: 'none@test.example' }],
    });
    assert.equal(wrong.status, 404);
    assert.equal((await server.store.getCorrections({})).length, before);
    const done = await post('/api/v1/corrections/bulk', token, { items: [applied, unlink] });
    const { items } = (await done.json()) as { items: WireCorrection[] };
    assert.deepEqual(
      items.map(({ kind, by }) => [kind, by]),
      [
        ['state', 'mia'],
        ['unlink', 'mia'],
      ],
    );
    assert.equal((await post('/api/v1/corrections/bulk', token, { items: [] })).status, 400);
  });

  it('is in the log, which admins read page by page', async () => {
    const admin = { authorization: `Bearer ${await tokenOf('root', {}, true)}` };
    const refused = await server.ask('/api/v1/audit');
    assert.equal(((await refused.json()) as Problem).code, 'forbidden');
    const page = await server.json<WirePage<WireAudit>>('/api/v1/audit?limit=1', { headers: admin });
    assert.deepEqual(
      page.items.map(({ by, action, atMs }) => [by, action, atMs]),
      [['mia', 'POST /api/v1/corrections/bulk', nowMs]],
    );
    const rest = await server.json<WirePage<WireAudit>>(`/api/v1/audit?cursor=${page.next}`, {
      headers: admin,
    });
    assert.deepEqual(
      rest.items.map(({ by }) => by),
      ['rob', 'mia'],
    );
    assert.deepEqual([rest.items[0]?.detail, rest.next], [applied, null]);
  });

  it('and a reading are allowed to pages of the origins that the site names, without cookies', async () => {
    const ask = async (origin: string) =>
      (await server.ask('/api/v1/status', { headers: { origin } })).headers.get(
        'access-control-allow-origin',
      );
    assert.equal(await ask('https://other.example'), 'https://other.example');
    assert.equal(await ask('https://evil.example'), null);
    const answer = await server.ask('/api/v1/corrections', {
      method: 'OPTIONS',
      headers: { origin: 'https://other.example', 'access-control-request-method': 'POST' },
    });
    assert.match(answer.headers.get('access-control-allow-headers') ?? '', /Authorization/);
    assert.equal(answer.headers.get('access-control-allow-credentials'), null);
    assert.equal(
      (await server.ask('/', { headers: { origin: 'https://other.example' } })).headers.get(
        'access-control-allow-origin',
      ),
      null,
    );
  });

  it('is described for people on one plain page', async () => {
    const answer = await server.ask('/docs');
    const html = await answer.text();
    assert.match(html, /<h3><code>POST \/api\/v1\/corrections\/bulk<\/code><\/h3>/);
    assert.match(html, /<section id="SeriesSummary">/);
    assert.ok(!/<script|<style|<link|<img|src=|style=/.test(html));
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    assert.deepEqual(
      targets.filter((name) => !html.includes(`id="${name}"`)),
      [],
    );
  });
});

describe('a limit of requests', () => {
  it('is a minute\u2019s worth at once, which fills evenly', () => {
    const buckets = new Buckets(2);
    const waits = [0, 0, 0, 30_000, 30_000].map((atMs) => buckets.take('a', atMs));
    assert.deepEqual(waits, [0, 0, 30, 0, 30]);
    assert.equal(buckets.take('b', 0), 0);
  });

  it('counts a page as one request, and not this machine', async () => {
    const limited = await startServer({ access: { ...access, requestsPerMinute: 2 } });
    const status = async () => (await limited.ask('/?as=json')).status;
    assert.deepEqual([await status(), await status(), await status()], [200, 200, 429]);
    const answer = await limited.ask('/api/v1/status');
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [429, '30']);
    await limited.close();
    const own = await startServer({ access: { ...access, isLoopback: true, requestsPerMinute: 1 } });
    const asked = await Promise.all([1, 2, 3].map(() => own.ask('/api/v1/status', { headers: ownPage })));
    assert.deepEqual(
      asked.map((one) => one.status),
      [200, 200, 200],
    );
    await own.close();
  });
});
