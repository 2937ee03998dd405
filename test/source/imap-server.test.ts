/**
 * IMAP servers: ways to log in, secure connections, folders by pattern, and public-inbox's own server.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fits } from '../../ingest/source/imap-folders.ts';
import { openSources } from '../../ingest/source/open.ts';
import type { Source } from '../../ingest/source/source.ts';
import { startDovecot } from '../support/dovecot.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';
import { inboxTools, makeInbox } from '../support/growing-inbox.ts';
import { toolOptions } from '../support/tools.ts';

const dovecotTools = toolOptions('dovecot', 'openssl');

test(
  "a password comes from a file, and certificates of one's own make TLS and STARTTLS good",
  dovecotTools,
  async (t) => {
    const server = await startDovecot(t);
    server.deliver('Lists', '1.a', smallMail('a'));
    const passwordFile = join(makeFolder(t, { password: `${server.password}\nnot this\n` }), 'password');
    const certificateFile = server.certificate;
    const addresses = {
      tls: `imaps://${server.user}@127.0.0.1:${server.securePort}/Lists`,
      starttls: `imap://${server.user}@127.0.0.1:${server.port}/Lists`,
    };
    for (const address of Object.values(addresses)) {
      assert.deepEqual((await pullOne(address, { passwordFile, certificateFile })).mails, ['a'], address);
    }
    const other = join(makeFolder(t, { other: '' }), 'other');
    for (const address of Object.values(addresses))
      await assert.rejects(pullOne(address, { passwordFile, certificateFile: other }), {
        message: /certificate/i,
      });
    await assert.rejects(pullOne(addresses.tls, { passwordFile: '/nowhere', certificateFile }), {
      message: 'The file cannot be read: /nowhere. Check passwordFile and certificateFile.',
    });
  },
);

test(
  'an OAuth2 token opens a server that takes no password; it is asked for anew each time',
  dovecotTools,
  async (t) => {
    const good = 'token-of-ada';
    const issuer = createServer((request, answer) => {
      const isGood = request.url?.endsWith(good) ?? false;
      answer.writeHead(isGood ? 200 : 401, { 'content-type': 'application/json' });
      answer.end(JSON.stringify(isGood ? { user: 'ada' } : { error: 'invalid_token' }));
    });
    await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      issuer.closeAllConnections();
      issuer.close();
    });
    const tokenUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/?access_token=`;
    const server = await startDovecot(t, { tokenUrl });
    server.deliver('Lists', '1.a', smallMail('a'));
    const url = `imap://${server.user}@127.0.0.1:${server.port}/Lists`;
    assert.deepEqual((await pullOne(url, { tokenCommand: `echo ${good}` })).mails, ['a']);
    await assert.rejects(pullOne(url, { tokenCommand: 'echo stale' }), {
      message: /^The server refused the login/,
    });
    await assert.rejects(pullOne(url, { tokenCommand: 'exit 1' }), {
      message: /^The password command failed/,
    });
  },
);

test('a pattern names all folders that fit, each a source of its own', dovecotTools, async (t) => {
  const server = await startDovecot(t);
  for (const folder of ['Lists.alpha', 'Lists.beta', 'Other'])
    server.deliver(folder, '1.x', smallMail(folder));
  const url = (folder: string) => `imap://${server.user}@127.0.0.1:${server.port}/${folder}`;
  const sources = await openSources(url('Lists.*'), { passwordCommand: `echo ${server.password}` });
  assert.deepEqual(
    sources.map(({ location }) => location),
    [url('Lists.alpha'), url('Lists.beta')],
  );
  for (const source of sources) {
    assert.ok(source.watch);
    assert.equal((await pull(source)).mails.length, 1);
  }
  assert.deepEqual(
    await openSources(url('None.*'), { passwordCommand: `echo ${server.password}` }).catch(
      (error) => error.code,
    ),
    'source-unknown',
  );
});

test('a pattern fits names piece by piece', () => {
  const cases: [name: string, pattern: string, fits: boolean][] = [
    ['Lists/a', 'Lists/*', true],
    ['Lists/a/b', 'Lists/*', true],
    ['Lists', 'Lists/*', false],
    ['a.b.c', 'a*c', true],
    ['ab', 'ab*b', false],
    ['a-x-b-x-c', 'a*x*x*c', true],
    ['a-x-c', 'a*x*x*c', false],
    ['[Gmail]/All Mail', '*', true],
    ['a', 'a', true],
    ['ab', 'a', false],
  ];
  for (const [name, pattern, expected] of cases)
    assert.equal(fits(name, pattern), expected, `${name} ${pattern}`);
});

test(
  'the server of public-inbox is read, and read on',
  toolOptions(...inboxTools, 'public-inbox-imapd'),
  async (t) => {
    const inbox = await makeInbox(t);
    for (const id of ['a', 'b']) inbox.deliver(id);
    const port = await inbox.serve('public-inbox-imapd');
    const url = `imap://anonymous@127.0.0.1:${port}/test.sample.0`;
    const options = { passwordCommand: 'echo anonymous', list: 'sample' };
    const first = await pullOne(url, options);
    assert.deepEqual(first.mails, ['a', 'b']);
    inbox.deliver('c');
    const [source] = await openSources(url, options);
    assert.ok(source);
    assert.deepEqual((await pull(source, first.cursor)).mails, ['c']);
  },
);

async function pullOne(spec: string, options: Parameters<typeof openSources>[1]) {
  const [source] = (await openSources(spec, options)) as [Source];
  return pull(source);
}
