/**
 * Digests and month archives: many mails in one, or one file.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openMail, parsePlainMessage } from '../../ingest/mail/plain.ts';
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

const ruler = '-'.repeat(30);

/** As Mailman writes it: contents, mails, a footer, an end. */
function plainDigest(...mails: readonly string[]): string {
  const parts = [...mails, 'Subject: Digest Footer\n\n____\nTools mailing list'];
  return `From: tools-request@lists.example.org
Message-ID: <digest@example.org>
Subject: Tools Digest, Vol 7, Issue 6
List-Id: Tools <tools.lists.example.org>
Date: Mon, 6 Jul 2020 18:00:00 +0000
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Send Tools mailing list submissions to
\ttools@lists.example.org

Today's Topics:

   1. a pump (Ada)


${'-'.repeat(70)}

${parts.join(`\n\n${ruler}\n\n`)}

${ruler}

End of Tools Digest, Vol 7, Issue 6
***********************************
`;
}

test('the mails of a digest that is one text come before it, in letters of their own', async (t) => {
  const one = `Message: 1
Date: Mon, 6 Jul 2020 17:08:32 +0000
From: Ada <ada@example.org>
Subject: Re: [Tools] a pump that
\thas a long name
Message-ID: <a@example.org>
Content-Type: text/plain; charset=iso-8859-1

gr=FC=DFe

${ruler}
a ruler of its own, without blank lines around`;
  const folder = makeFolder(t, { 'box.eml': smallMail('x'), 'digest.eml': plainDigest(one, smallMail('b')) });
  const [source] = await openSources(folder);
  assert.ok(source);
  const { mails, events } = await pull(source);
  assert.deepEqual(mails.sort(), ['a', 'b', 'digest', 'x']);
  const inner = events.flatMap((event) =>
    event.type === 'mail' && event.cursor === null ? [event.mail] : [],
  );
  assert.deepEqual(
    inner.map(({ list, place }) => `${list}: ${place}`),
    ['tools: digest.eml, part 1', 'tools: digest.eml, part 2'],
  );
  const message = parsePlainMessage(inner[0]?.raw ?? Buffer.alloc(0));
  assert.equal(message?.subject, 'Re: [Tools] a pump that has a long name');
  assert.equal(message?.body, `grüße\n\n${ruler}\na ruler of its own, without blank lines around\n`);
});

test('a mail that quotes a digest, or shows rulers, is no digest', async (t) => {
  const quoted = plainDigest(smallMail('a')).replace(/^/gm, '> ');
  const rulers = `${ruler}\n\n${smallMail('b')}\n\n${ruler}\n\nEnd of story, no digest\n`;
  const folder = makeFolder(t, { 'q.eml': smallMail('q', quoted), 'r.eml': smallMail('r', rulers) });
  const [source] = await openSources(folder);
  assert.ok(source);
  assert.deepEqual((await pull(source)).mails.sort(), ['q', 'r']);
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
