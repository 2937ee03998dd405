/** Mail servers that answer in their own way: Gmail, and those that break the rules. Nothing is lost, nothing twice. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { limits } from '../../ingest/model/limits.ts';
import { openSources } from '../../ingest/source/open.ts';
import type { Source } from '../../ingest/source/source.ts';
import { startDovecot } from '../support/dovecot.ts';
import { pull, smallMail } from '../support/folders.ts';
import { fetchLine, type ImapScript, type ScriptedMail, startImapScript } from '../support/imap-script.ts';
import { toolOptions } from '../support/tools.ts';

const mails: ScriptedMail[] = ['a', 'b', 'c'].map((id, at) => ({ uid: at + 1, raw: smallMail(id) }));

async function open(t: TestContext, script: ImapScript, folder: string) {
  const { port, commands } = await startImapScript(t, script);
  const place = `imap://ada@127.0.0.1:${port}/${folder}`;
  const sources = await openSources(place, { passwordCommand: 'echo x', list: 'tools' });
  return { sources, source: sources[0] as Source, commands };
}

const cursors = (events: Awaited<ReturnType<typeof pull>>['events']) =>
  events.flatMap((event) =>
    event.type === 'mail' || event.type === 'passed'
      ? [event.cursor === null ? null : JSON.parse(event.cursor).lastUid]
      : [],
  );

test('Gmail: labels are folders, also those that hold the same mail; nothing is asked that changes any', async (t) => {
  const folders = { INBOX: mails.slice(0, 1), '[Gmail]/All Mail': mails, 'lists/tools': mails.slice(1) };
  const items = ({ uid }: ScriptedMail) => `X-GM-MSGID 14${uid} X-GM-LABELS ("lists/tools" "\\\\Important")`;
  const script = { capabilities: ['X-GM-EXT-1', 'UIDPLUS', 'IDLE'], folders, items };
  const { sources, commands } = await open(t, script, '*');
  const held: Record<string, string[]> = {};
  for (const source of sources)
    held[decodeURI(new URL(source.location).pathname)] = (await pull(source)).mails;
  assert.deepEqual(held, {
    '/INBOX': ['a'],
    '/[Gmail]/All Mail': ['a', 'b', 'c'],
    '/lists/tools': ['b', 'c'],
  });
  assert.ok(
    !commands.some((command) => /STORE|EXPUNGE|SELECT|COPY|MOVE|BODY\[/.test(command)),
    commands.join('\n'),
  );
});

test('a server without Gmail or any other extension is read', async (t) => {
  const { source, commands } = await open(t, { folders: { INBOX: mails } }, 'INBOX');
  assert.deepEqual((await pull(source)).mails, ['a', 'b', 'c']);
  assert.ok(!commands.some((command) => /X-GM|MODSEQ|EMAILID/.test(command)), commands.join('\n'));
});

test('mails in any order: a run goes on behind the last one up to which all came', async (t) => {
  const fetch = (asked: readonly ScriptedMail[]) => asked.toReversed().map((mail) => fetchLine(mail));
  const { source } = await open(t, { folders: { INBOX: mails }, fetch }, 'INBOX');
  const { mails: given, events } = await pull(source);
  assert.deepEqual(given, ['c', 'b', 'a']);
  assert.deepEqual(cursors(events), [null, null, 3, 3]);
});

test('mails twice, mails that nobody asked for, and flags that changed bring each mail once', async (t) => {
  const fetch = (asked: readonly ScriptedMail[]) => [
    '* 2 FETCH (UID 2 FLAGS (\\Seen))',
    ...[...asked, ...asked].map((mail) => fetchLine(mail)),
    fetchLine({ uid: 99, raw: smallMail('z') }),
  ];
  const { source } = await open(t, { folders: { INBOX: mails }, fetch }, 'INBOX');
  assert.deepEqual((await pull(source)).mails, ['a', 'b', 'c']);
});

test('a mail left out of an answer is asked for again; one that never comes fails the run', async (t) => {
  const fetch = (asked: readonly ScriptedMail[], round: number) =>
    asked.filter(({ uid }) => round > 1 || uid !== 2).map((mail) => fetchLine(mail));
  const { source } = await open(t, { folders: { INBOX: mails }, fetch }, 'INBOX');
  const { mails: given, events } = await pull(source);
  assert.deepEqual(given, ['a', 'c', 'b']);
  assert.deepEqual(cursors(events), [1, null, 3, 3]);

  const never = (asked: readonly ScriptedMail[]) =>
    asked.filter(({ uid }) => uid !== 2).map((mail) => fetchLine(mail));
  const broken = await open(t, { folders: { INBOX: mails }, fetch: never }, 'INBOX');
  await assert.rejects(pull(broken.source), { message: /names mail that it does not give, UID 2/ });
});

test(
  'a mail that is too long is told, and those around it are read',
  toolOptions('dovecot', 'openssl'),
  async (t) => {
    const server = await startDovecot(t);
    server.deliver('Lists', '1.a', smallMail('a'));
    server.deliver('Lists', '2.b', smallMail('b', `${'x'.repeat(99)}\n`.repeat(limits.mailBytes / 100 + 1)));
    server.deliver('Lists', '3.c', smallMail('c'));
    const [source] = await openSources(`imap://${server.user}@127.0.0.1:${server.port}/Lists`, {
      passwordCommand: `echo ${server.password}`,
    });
    const first = await pull(source as Source);
    assert.deepEqual([first.mails, first.troubles], [['a', 'c'], ['UID 2 mail-long']]);
    assert.deepEqual(cursors(first.events), [1, 3, 3]);
    assert.deepEqual((await pull(source as Source, first.cursor)).mails, []);
  },
);
