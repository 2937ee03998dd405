/**
 * patchtrail.toml and the environment, put together.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../ingest/config.ts';
import { type Config, configKeys } from '../ingest/config-keys.ts';

const plain: Config = {
  store: 'patchtrail.db',
  replicas: [],
  host: '127.0.0.1',
  port: 8420,
  url: '',
  me: '',
  smtp: '',
  mailFrom: '',
  watchSeconds: 300,
  sources: [],
  repositories: [],
  kernels: [],
  tokens: [],
  privateLists: [],
  userHeader: '',
  proxies: [],
  requestsPerMinute: 0,
  corsOrigins: [],
};
const file = (text: string) => ({ path: 'patchtrail.toml', text });
const sha256 = 'ab'.repeat(32);

test('without a file and variables everything has a value that works on one machine', () => {
  assert.deepEqual(readConfig(null, {}), plain);
});

test('a file says where mail comes from, where commits are looked for, and who may change state', () => {
  const text = `
    store = "/srv/patchtrail.db"
    url = "https://patches.example.org/"
    [[sources]]
    location = "imaps://me@mail.example.org/tools"
    list = "tools"
    passwordCommand = "pass show mail"
    [[sources]]
    location = "mail"
    [[repositories]]
    path = "/srv/linux.git"
    tree = "mainline"
    [[tokens]]
    name = "build host"
    sha256 = "${sha256}"`;
  assert.deepEqual(readConfig(file(text), {}), {
    ...plain,
    store: '/srv/patchtrail.db',
    url: 'https://patches.example.org/',
    sources: [
      { location: 'imaps://me@mail.example.org/tools', list: 'tools', passwordCommand: 'pass show mail' },
      { location: 'mail', list: '', passwordCommand: '' },
    ],
    repositories: [{ path: '/srv/linux.git', tree: 'mainline' }],
    tokens: [{ name: 'build host', sha256 }],
  });
});

test('each key may come from the environment, which outranks the file', () => {
  const env = {
    PATCHTRAIL_STORE: 'other.db',
    PATCHTRAIL_REPLICAS: '["postgres://db2/patchtrail"]',
    PATCHTRAIL_HOST: '0.0.0.0',
    PATCHTRAIL_PORT: '0',
    PATCHTRAIL_URL: 'http://patches.example.org/',
    PATCHTRAIL_ME: 'me@example.org',
    PATCHTRAIL_SMTP: 'smtp://mail.example.org',
    PATCHTRAIL_MAIL_FROM: 'trail@example.org',
    PATCHTRAIL_WATCH_SECONDS: '60',
    PATCHTRAIL_SOURCES: '[{"location":"a.mbox"}]',
    PATCHTRAIL_REPOSITORIES: '[{"path":"linux"}]',
    PATCHTRAIL_KERNELS: '["6.1.90"]',
    PATCHTRAIL_TOKENS: `[{"name":"me","sha256":"${sha256}"}]`,
    PATCHTRAIL_PRIVATE_LISTS: '["vault"]',
    PATCHTRAIL_USER_HEADER: 'X-Remote-User',
    PATCHTRAIL_PROXIES: '["192.0.2.7","10.1.0.0/16"]',
    PATCHTRAIL_REQUESTS_PER_MINUTE: '60',
    PATCHTRAIL_CORS_ORIGINS: '["https://example.org"]',
  };
  assert.deepEqual(
    Object.keys(env),
    configKeys.map((key) => key.variable),
  );
  assert.deepEqual(readConfig(file('store = "x.db"\nport = 1'), env), {
    store: 'other.db',
    replicas: ['postgres://db2/patchtrail'],
    host: '0.0.0.0',
    port: 0,
    url: 'http://patches.example.org/',
    me: 'me@example.org',
    smtp: 'smtp://mail.example.org',
    mailFrom: 'trail@example.org',
    watchSeconds: 60,
    sources: [{ location: 'a.mbox', list: '', passwordCommand: '' }],
    repositories: [{ path: 'linux', tree: '' }],
    kernels: ['6.1.90'],
    tokens: [{ name: 'me', sha256 }],
    privateLists: ['vault'],
    userHeader: 'X-Remote-User',
    proxies: ['192.0.2.7', '10.1.0.0/16'],
    requestsPerMinute: 60,
    corsOrigins: ['https://example.org'],
  });
});

const refused: readonly (readonly [text: string, env: Record<string, string>, says: RegExp])[] = [
  ['prot = 8420', {}, /: prot in patchtrail\.toml\. Known keys: store, replicas, host,/],
  ['port = 84200', {}, /: port in patchtrail\.toml\. Too big/],
  ['port = "8420"', {}, /: port in patchtrail\.toml\. Invalid input: expected/],
  ['[[sources]]\nplace = "x"', {}, /: sources\.0\.location in patchtrail\.toml\. /],
  ['[[tokens]]\nname = "x"\nsha256 = "secret"', {}, /: tokens\.0\.sha256 in patchtrail\.toml\. /],
  ['store = "x', {}, /The configuration is not TOML: patchtrail\.toml, line 1\. Mend that line\./],
  ['', { PATCHTRAIL_PORT: 'http' }, /The variable is not JSON: PATCHTRAIL_PORT\./],
  ['port = 1', { PATCHTRAIL_PORT: '-1' }, /: port in PATCHTRAIL_PORT\. Too small/],
];

for (const [text, env, says] of refused)
  test(`refused with the place: ${JSON.stringify(text)} ${JSON.stringify(env)}`, () => {
    assert.throws(() => readConfig(file(text), env), says);
  });

test('a token that was written in place of its hash is never repeated in the error', () => {
  assert.throws(
    () => readConfig(file('[[tokens]]\nname = "x"\nsha256 = "my-secret-token"'), {}),
    (error: Error) => !error.message.includes('my-secret-token'),
  );
});
