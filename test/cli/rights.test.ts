/**
 * `user` and `token`: names, roles, and secrets that are shown once.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openStore } from '../../ingest/store/open.ts';
import { realParts } from '../../server/cli/real-parts.ts';
import { findSecret } from '../../server/rights/accounts.ts';
import { type Outcome, runCommand } from '../support/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchtrail-rights-'));
const location = join(folder, 'store.db');
const nowMs = Date.UTC(2024, 6, 20);
const run = (...words: string[]): Promise<Outcome> =>
  runCommand([...words, '--store', location], realParts, { env: { USER: 'root' }, nowMs: () => nowMs });

before(async () => (await openStore(location)).close());
after(() => rmSync(folder, { recursive: true }));

test('a user has addresses and roles, which are changed one by one', async () => {
  await run(
    'user',
    'ada',
    '--address',
    'Ada@Example.org',
    '--role',
    'pump=maintainer',
    '--role',
    'valve=reviewer',
  );
  await run('user', 'ada', '--role', 'valve=none', '--full-name', 'Ada Example', '--admin');
  const listed = JSON.parse((await run('user', '--json')).out);
  assert.deepEqual(listed, [
    {
      number: 1,
      name: 'ada',
      fullName: 'Ada Example',
      addresses: ['ada@example.org'],
      roles: { pump: 'maintainer' },
      isAdmin: true,
    },
  ]);
  assert.equal((await run('user')).out, '1 ada ada@example.org pump=maintainer admin\n');
  assert.equal((await run('user', 'ada', '--role', 'pump=king')).status, 2);
  assert.equal((await run('user', 'a b')).status, 2);
});

test('a token is shown when it is made and never again, holds for its days, and can be taken back', async () => {
  const made = await run(
    'token',
    'add',
    'ada',
    '--scope',
    'check',
    '--list',
    'pump',
    '--days',
    '2',
    '--label',
    'ci',
  );
  assert.match(made.out, /^pt_[\w-]{43}\n$/);
  const token = made.out.trim();
  const listing = (await run('token', '--json')).out;
  assert.ok(!listing.includes(token));
  assert.match((await run('token')).out, /^\d+ ada read\+check pump ends 2024-07-22 ci\n$/);
  const store = await openStore(location);
  const find = (ms: number) => findSecret(store.tracker, 'token', token, ms);
  assert.deepEqual((await find(nowMs))?.scopes, ['check']);
  assert.equal(await find(nowMs + 2 * 86_400_000), undefined);
  const number = (await find(nowMs))?.number;
  assert.equal((await run('token', 'revoke', String(number))).status, 0);
  assert.equal(await find(nowMs), undefined);
  assert.equal((await run('token', 'revoke', String(number))).status, 1);
  const log = (await store.tracker.listAudit(null, 10)).map(
    ({ by, action, subject }) => `${by} ${action} ${subject}`,
  );
  assert.deepEqual(log.slice(0, 2), [
    `root patchtrail token revoke ${number}`,
    'root patchtrail token add ada',
  ]);
  await store.close();
});

test('a token for nobody, or an unknown action, is refused in words', async () => {
  assert.match(
    (await run('token', 'add', 'bo')).err,
    /There is no such user: bo\. Make it: patchtrail user bo/,
  );
  assert.equal((await run('token', 'steal', '1')).status, 2);
});
