import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { openImap } from '../../ingest/source/imap.ts';
import { parseImapUrl } from '../../ingest/source/imap-login.ts';
import { openSources } from '../../ingest/source/open.ts';
import { startDovecot } from '../support/dovecot.ts';
import { pull, smallMail } from '../support/folders.ts';
import { toolOptions } from '../support/tools.ts';

test('an IMAP URL names server, user and folder', () => {
  assert.deepEqual(parseImapUrl('imaps://ada%40example.org@mail.example.org/Lists/linux%20api'), {
    host: 'mail.example.org',
    port: 993,
    isSecure: true,
    user: 'ada@example.org',
    folder: 'Lists/linux api',
  });
  assert.deepEqual(parseImapUrl('imap://ada@[::1]:1143/INBOX'), {
    host: '::1',
    port: 1143,
    isSecure: false,
    user: 'ada',
    folder: 'INBOX',
  });
});

test('an IMAP URL with a password, or without user or folder, is refused and not repeated', () => {
  assert.throws(
    () => parseImapUrl('imaps://ada:geheim@mail.example.org/INBOX'),
    (error: Error) => {
      assert.match(error.message, /must not hold a password/);
      assert.doesNotMatch(error.message, /geheim/);
      return true;
    },
  );
  for (const url of [
    'imaps://mail.example.org/INBOX',
    'imaps://ada@mail.example.org',
    'imaps://ada@x/%',
    'imaps://',
  ]) {
    assert.throws(() => parseImapUrl(url), { code: 'usage' }, url);
  }
});

test('without a password nothing is asked of the server', async () => {
  const source = openImap('imaps://ada@mail.example.org/INBOX', '');
  await assert.rejects(pull(source), { code: 'usage', message: /Set PATCHTRAIL_IMAP_PASSWORD/ });
});

test('a folder of a real server', toolOptions('dovecot', 'openssl'), async (t) => {
  const server = await startDovecot(t);
  const url = (folder: string) => `imap://${server.user}@127.0.0.1:${server.port}/${folder}`;
  const options = { passwordCommand: `echo ${server.password}` };
  for (const id of ['a', 'b']) server.deliver('Lists', `1.${id}`, smallMail(id));
  const [source] = await openSources(url('Lists'), { ...options, list: 'some-list' });
  assert.ok(source);
  let first = await pull(source);

  await t.test('gives its mails with list, place and time of arrival', () => {
    assert.deepEqual([source.kind, source.location], ['imap', url('Lists')]);
    assert.deepEqual(first.mails, ['a', 'b']);
    const mail = first.events.find((event) => event.type === 'mail')?.mail;
    assert.equal(Buffer.from(mail?.raw ?? []).toString(), smallMail('a').replaceAll('\n', '\r\n'));
    assert.deepEqual([mail?.list, mail?.place, typeof mail?.arrivedMs], ['some-list', 'UID 1', 'number']);
  });

  await t.test('gives only what came since', async () => {
    assert.deepEqual((await pull(source, first.cursor)).mails, []);
    server.deliver('Lists', '2.c', smallMail('c'));
    assert.deepEqual((await pull(source, first.cursor)).mails, ['c']);
  });

  await t.test('is read again when its UIDVALIDITY changed', async () => {
    first = await pull(source);
    rmSync(server.pathOf('Lists'), { recursive: true });
    server.deliver('Lists', '3.d', smallMail('d'));
    const again = await pull(source, first.cursor);
    assert.deepEqual(again.mails, ['d']);
    assert.notEqual(
      JSON.parse(again.cursor ?? '{}').uidValidity,
      JSON.parse(first.cursor ?? '{}').uidValidity,
    );
  });

  await t.test('tells how far it is when it is large', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `m${index}`);
    for (const id of ids) server.deliver('Large', `1.${id}`, smallMail(id));
    const { mails, events } = await pull(openImap(url('Large'), '', options));
    assert.deepEqual(mails.sort(), ids.sort());
    const progress = events.filter((event) => event.type === 'progress').map((event) => event.done);
    assert.deepEqual(progress, [0, 100, 200, 250]);
  });

  await t.test('stops when it is asked to', async () => {
    const stop = new AbortController();
    let mails = 0;
    for await (const event of openImap(url('Large'), '', options).read(null, stop.signal)) {
      if (event.type === 'mail' && ++mails === 3) stop.abort();
    }
    assert.equal(mails, 3);
  });

  await t.test('refuses wrong passwords, missing folders and certificates nobody vouches for', async () => {
    const wrong = openImap(url('Lists'), '', { passwordCommand: 'echo wrong' });
    await assert.rejects(pull(wrong), { message: /^The server refused the login/, isRetryable: false });
    await assert.rejects(pull(openImap(url('None'), '', options)), {
      code: 'source-unreadable',
      isRetryable: true,
    });
    const secure = `imaps://${server.user}@127.0.0.1:${server.securePort}/Lists`;
    await assert.rejects(pull(openImap(secure, '', options)), { message: /certificate/i });
    await assert.rejects(pull(openImap(url('Lists'), '', { passwordCommand: 'false' })), {
      message: /^The password command failed/,
    });
  });
});
