/** Who asks: tokens, names by a proxy, and what wrong ones get. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { makeSecret, putAccount } from '../../server/rights/accounts.ts';
import { hasScope, mayReadPrivate, nobody, roleOn } from '../../server/rights/asker.ts';
import { Attempts } from '../../server/rights/attempts.ts';
import { csrfToken } from '../../server/rights/recognise.ts';
import type { Problem } from '../../server/wire.ts';
import { idOf } from '../support/mail-text.ts';
import { list, seriesId } from './corpus.ts';
import { ownPage, type ServerUnderTest, sessionToken, startServer } from './server-under-test.ts';

const siteToken = 'a-token-of-the-configuration';
const access = {
  sessionToken,
  isLoopback: false,
  hostNames: null,
  tokens: [{ name: 'root', sha256: createHash('sha256').update(siteToken).digest('hex') }],
  person: 'local',
  userHeader: 'X-Remote-User',
};

describe('who asks', () => {
  let server: ServerUnderTest;
  let token = '';
  before(async () => {
    server = await startServer({ access });
    const { number } = await putAccount(server.store.tracker, 'ada', (value) => ({
      ...value,
      roles: { [list]: 'maintainer' },
    }));
    const secret = { label: '', account: number, address: '', lists: null, createdMs: 0, revokedMs: null };
    token = await makeSecret(server.store.tracker, 'token', {
      ...secret,
      scopes: ['write'],
      expiresMs: null,
    });
  });
  after(() => server.close());

  const correct = (headers: Record<string, string>) =>
    server.ask('/api/v1/corrections', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'unlink', subject: idOf('count2'), value: seriesId, reason: '' }),
    });

  it('is the holder of a token, by any of its schemes', async () => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
    for (const authorization of [`Bearer ${token}`, `Token ${token}`, basic(`ada:${token}`)]) {
      const answer = await correct({ authorization });
      assert.deepEqual(
        [answer.status, ((await answer.json()) as { by: string }).by],
        [200, 'ada'],
        authorization,
      );
    }
    const root = await correct({ authorization: `Bearer ${siteToken}` });
    assert.equal(((await root.json()) as { by: string }).by, 'root');
    for (const authorization of [
      basic(`bo:${token}`),
      basic('ada'),
      'Digest x',
      `Bearer ${token}x`,
      'Bearer',
    ]) {
      const answer = await server.ask('/api/v1/status', { headers: { authorization } });
      assert.equal(((await answer.json()) as Problem).code, 'token-invalid', authorization);
    }
  });

  it('is whom a proxy names, whose browser must show that a page of ours asked', async () => {
    const named = { 'x-remote-user': 'ada' };
    assert.equal((await correct(named)).status, 403);
    const csrf = csrfToken(sessionToken, 'proxy ada');
    const own = { ...ownPage, 'x-patchtrail-session': csrf };
    assert.equal((await correct({ ...named, ...own })).status, 200);
    assert.equal((await correct({ 'x-remote-user': 'bo', ...own })).status, 403);
    assert.equal((await correct({ ...named, ...own, origin: 'http://evil.example' })).status, 403);
  });

  it('waits longer after each wrong token', () => {
    const attempts = new Attempts();
    for (let count = 0; count < 5; count++) attempts.fail('a', 0);
    assert.equal(attempts.waitMs('a', 0), 0);
    const waits = [0, 0, 0].map(() => {
      attempts.fail('a', 0);
      return attempts.waitMs('a', 0);
    });
    assert.deepEqual(waits, [1000, 2000, 4000]);
    assert.deepEqual([attempts.waitMs('a', 3999), attempts.waitMs('b', 0)], [1, 0]);
    attempts.succeed('a');
    assert.equal(attempts.waitMs('a', 0), 0);
  });

  it('is slowed with a time to wait', async () => {
    const guess = () => server.ask('/api/v1/status', { headers: { authorization: 'Bearer guess' } });
    let answer = await guess();
    for (let count = 0; count < 10 && answer.status === 403; count++) answer = await guess();
    assert.equal(answer.status, 429);
    assert.ok(Number(answer.headers.get('retry-after')) >= 1);
  });

  it('may do on a list what its account may, and a token can only narrow that', () => {
    const account = {
      number: 1,
      name: 'ada',
      fullName: '',
      addresses: [],
      roles: { pump: 'maintainer', valve: 'bot' } as const,
      isAdmin: false,
    };
    const ada = { kind: 'token', name: 'ada', account, scopes: ['check'], lists: null } as const;
    assert.deepEqual(
      [roleOn(ada, 'pump'), roleOn(ada, 'valve'), roleOn(ada, 'other')],
      ['maintainer', 'bot', null],
    );
    assert.deepEqual([hasScope(ada, 'check'), hasScope(ada, 'write')], [true, false]);
    assert.deepEqual([mayReadPrivate(ada, 'valve'), mayReadPrivate(ada, 'other')], [true, false]);
    const narrow = { ...ada, lists: ['valve'] };
    assert.deepEqual([roleOn(narrow, 'pump'), mayReadPrivate(narrow, 'pump')], [null, false]);
    const admin = { ...ada, account: { ...account, isAdmin: true } };
    assert.deepEqual([roleOn(admin, 'other'), mayReadPrivate(admin, 'other')], ['maintainer', true]);
    assert.deepEqual([roleOn(nobody, 'pump'), mayReadPrivate(nobody, 'pump')], [null, false]);
  });
});
