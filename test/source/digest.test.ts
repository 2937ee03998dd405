/**
 * Digests and month archives: many mails in one, or one file.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openMail } from '../../ingest/mail/plain.ts';
import { openSources } from '../../ingest/source/open.ts';
import { makeFolder, pull, smallMail } from '../support/folders.ts';

const digest = `From: tools-request@lists.example.org
Message-ID: <digest@example.org>
List-Id: Tools <tools.lists.example.org>
Date: Mon, 6 Jul 2020 18:00:00 +0000
Content-Type: multipart/mixed; boundary="outer"

--outer
Content-Type: text/plain

Today's topics: two.

--outer
Content-Type: multipart/digest; boundary="inner"

--inner

${smallMail('a')}
--inner
Content-Type: message/rfc822

${smallMail('b')}
--inner--

--outer
Content-Type: message/rfc822

${smallMail('forwarded')}
--outer--
`;

test('the mails of a digest come before it, on its list; a forwarded mail is a part of its own mail', async (t) => {
  const folder = makeFolder(t, { 'box.eml': smallMail('x'), 'digest.eml': digest });
  const [source] = await openSources(folder);
  assert.ok(source);
  const { mails, events } = await pull(source);
  assert.deepEqual(mails.sort(), ['a', 'b', 'digest', 'x']);
  const inner = events.flatMap((event) =>
    event.type === 'mail' && event.cursor === null ? [`${event.mail.list}: ${event.mail.place}`] : [],
  );
  assert.deepEqual(inner, ['tools: digest.eml, part 2.1', 'tools: digest.eml, part 2.2']);
});

test('a month of pipermail is a mailbox of the list that its folder names, its addresses read', async (t) => {
  const month = ['a', 'b']
    .map(
      (id) => `From ada at example.org  Mon Jul  6 17:08:32 2020
From: ada at example.org (Ada Byron)
Date: Mon, 6 Jul 2020 17:08:32 +0200
Subject: [Tools] words
Message-ID: <${id}@example.org>

words of ${id}
>From here on.

`,
    )
    .join('');
  const folder = makeFolder(t, { 'tools/2020-July.txt.gz': gzipSync(month), 'tools/2020-August.txt': month });
  const sources = await openSources(join(folder, 'tools'));
  for (const source of sources) {
    assert.deepEqual([source.kind, source.list], ['mbox', 'tools']);
    const { mails, events } = await pull(source);
    assert.deepEqual(mails, ['a', 'b']);
    const raw = events.flatMap((event) => (event.type === 'mail' ? [event.mail.raw] : []))[0] ?? Buffer.of();
    assert.deepEqual(openMail(raw).envelope.from, { name: 'Ada Byron', address: 'ada@example.org' });
    assert.match(Buffer.from(raw).toString(), /\nFrom here on\.\n/);
  }
  assert.equal(sources.length, 2);
});
