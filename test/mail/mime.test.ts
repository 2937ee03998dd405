import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMessage } from '../../ingest/mail/mime.ts';
import { parsePlainMessage } from '../../ingest/mail/plain.ts';

const head = 'Message-ID: <m@example.org>\nFrom: a@example.org\nDate: Mon, 6 Jul 2020 17:08:32 +0000\n';
/** A mail of these header lines and this body, one character a byte. */
const mail = (headers: string, body: string) => Buffer.from(`${head}${headers}\n${body}`, 'latin1');
/** What the body of a mail came to. */
async function read(headers: string, body: string) {
  const message = await parseMessage(mail(headers, body));
  const { isFlowed, attachments } = message;
  return { body: message.body, isFlowed, attachments, troubles: message.troubles.map((one) => one.code) };
}
const plain = (body: string, ...troubles: string[]) => ({ body, isFlowed: false, attachments: [], troubles });

test('nothing is trimmed from a body, and line ends become LF', async () => {
  assert.deepEqual(await read('', '\n\n two  \n\n-- \nA\n\n'), plain('\n\n two  \n\n-- \nA\n\n'));
  assert.deepEqual(await read('', 'one\r\ntwo\rthree\r\n'), plain('one\ntwo\rthree\n'));
  assert.deepEqual(await read('', ''), plain(''));
});

test('format=flowed is noted and not unfolded', async () => {
  const flowed = await read('Content-Type: text/plain; charset=utf-8; format=flowed\n', 'one \ntwo\n -x\n');
  assert.deepEqual(flowed, { ...plain('one \ntwo\n -x\n'), isFlowed: true });
});

test('transfer encodings are undone', async () => {
  const encoded = (encoding: string, body: string) => read(`Content-Transfer-Encoding: ${encoding}\n`, body);
  assert.deepEqual(
    await encoded('quoted-printable', 'a=\nb=3D1 = =zz \n=20=\r\n\n-=20\n='),
    plain('ab=1 = =zz \n \n- \n'),
  );
  assert.deepEqual(await encoded('QUOTED-PRINTABLE ', 'a=  \nb'), plain('ab'));
  assert.deepEqual(await encoded('base64', 'b25lCnR3\nbwo=\n'), plain('one\ntwo\n'));
  // A list footer behind the encoded text.
  assert.deepEqual(await encoded('base64', 'b25lCg==\n____\nlist footer\n'), plain('one\n'));
  assert.deepEqual(await encoded('8BIT', 'x\n'), plain('x\n'));
  assert.deepEqual(await encoded('x-uuencode', 'x\n'), plain('x\n', 'encoding-unknown'));
});

test('charsets are believed where their bytes agree', async () => {
  const typed = (charset: string, body: string) =>
    read(`Content-Type: text/plain; charset=${charset}\n`, body);
  assert.deepEqual(await typed('utf-8', 'gr\xc3\xbc\xc3\x9fe\n'), plain('grüße\n'));
  assert.deepEqual(await typed('"ISO-8859-1"', 'gr\xfc\xdfe\n'), plain('grüße\n'));
  assert.deepEqual(await typed('iso-8859-15', '\xa4\n'), plain('€\n'));
  assert.deepEqual(await typed('windows-1251', '\xcf\xf0\n'), plain('Пр\n'));
  assert.deepEqual(await typed('gb2312', '\xc4\xe3\n'), plain('你\n'));
  assert.deepEqual(await typed('iso-2022-jp', '\x1b$B$"\x1b(B\n'), plain('あ\n'));
  assert.deepEqual(await typed('y', 'plain\n'), plain('plain\n'));
  assert.deepEqual(await typed('y', 'gr\xc3\xbc\n'), plain('grü\n', 'charset-unknown'));
  assert.deepEqual(await typed('utf-8', 'gr\xfc\n'), plain('grü\n', 'charset-wrong'));
  assert.deepEqual(await typed('us-ascii', 'gr\xc3\xbc\n'), plain('grü\n', 'charset-wrong'));
  assert.deepEqual(await typed('euc-jp', '\xff\n'), plain('ÿ\n', 'charset-wrong'));
  assert.deepEqual(await read('', 'gr\xc3\xbc\n'), plain('grü\n', 'charset-missing'));
  assert.deepEqual(await read('', '\x93q\x94\n'), plain('“q”\n', 'charset-missing'));
});

test('an unreadable content type is plain text', async () => {
  assert.deepEqual(await read('Content-Type: text\n', 'x\n'), plain('x\n'));
  assert.deepEqual(await read('Content-Type: ;;\n', 'x\n'), plain('x\n'));
});

const parts = (boundary: string, ...all: string[]) =>
  `preamble\n${all.map((part) => `--${boundary}\n${part}\n`).join('')}--${boundary}--\nepilogue\n`;

test('the first text is the body, line for line; further ones follow it', async () => {
  const body = parts('b', 'Content-Type: text/plain\n\n\nfirst\n--bb\n\n', '\nsecond');
  assert.deepEqual(
    await read('Content-Type: multipart/mixed; boundary="b"\n', body),
    plain('\nfirst\n--bb\n\n\nsecond'),
  );
});

test('attachments are listed, and patches among them kept as text', async () => {
  const base64 = 'Content-Transfer-Encoding: base64';
  const attached = 'Content-Disposition: attachment';
  const body = parts(
    'b',
    'Content-Type: text/plain\n\nsee below\n',
    `Content-Type: text/x-patch; name="0001-fix.patch"\n${base64}\n\nLS0tIGEKKysrIGIK`,
    `Content-Type: application/octet-stream\n${attached};\n filename*=utf-8''gr%C3%BC.diff\n\nx\r\ny`,
    'Content-Type: text/plain; name=log.txt\nContent-Disposition: attachment\n\nlog',
    'Content-Type: image/png; name="=?utf-8?Q?=C3=BC.png?="\nContent-Transfer-Encoding: base64\n\nAAAA',
    'Content-Type: message/rfc822\n\nSubject: other\n\nother words',
  );
  assert.deepEqual(await read('Content-Type: multipart/mixed; boundary=b\n', body), {
    ...plain('see below\n'),
    attachments: [
      { filename: '0001-fix.patch', contentType: 'text/x-patch', sizeBytes: 12, text: '--- a\n+++ b\n' },
      { filename: 'grü.diff', contentType: 'application/octet-stream', sizeBytes: 4, text: 'x\ny' },
      { filename: 'log.txt', contentType: 'text/plain', sizeBytes: 3 },
      { filename: 'ü.png', contentType: 'image/png', sizeBytes: 3 },
      { filename: '', contentType: 'message/rfc822', sizeBytes: 27 },
    ],
  });
});

test('signed and alternative mails have their plain part as body', async () => {
  const both = parts('in', 'Content-Type: text/plain\n\nwords', 'Content-Type: text/html\n\n<p>words');
  const body = parts(
    'out',
    `Content-Type: multipart/alternative; boundary=in\n\n${both}`,
    'Content-Type: application/pgp-signature; name=signature.asc\n\nsig',
  );
  assert.deepEqual(await read('Content-Type: multipart/signed; boundary=out\n', body), {
    ...plain('words'),
    attachments: [{ filename: 'signature.asc', contentType: 'application/pgp-signature', sizeBytes: 3 }],
  });
});

test('a mail that has only HTML is made text', async () => {
  const html = '<p>one &amp; <b>two</b></p><script>no()</script><p>gr\xc3\xbc</p>';
  const expected = plain('one & two\n\ngrü', 'html-only');
  assert.deepEqual(await read('Content-Type: text/html; charset=utf-8\n', html), expected);
  const wrapped = parts('b', `Content-Type: text/html; charset=utf-8\n\n${html}`);
  assert.deepEqual(await read('Content-Type: multipart/related; boundary=b\n', wrapped), expected);
});

test('multiparts that cannot be split are shown as they are', async () => {
  assert.deepEqual(await read('Content-Type: multipart/mixed\n', 'x\n'), plain('x\n', 'mime-unsplittable'));
  assert.deepEqual(
    await read('Content-Type: multipart/mixed; boundary=b\n', '--b\n\nwords\n'),
    plain('words\n', 'mime-unclosed'),
  );
});

test('nesting and numbers of parts are bounded', async () => {
  let nested = 'deep';
  for (let depth = 0; depth < 30; depth++) {
    const type = `Content-Type: multipart/mixed; boundary=b${depth - 1}`;
    nested = `--b${depth}\n${type}\n\n${nested}\n--b${depth}--\n`;
  }
  const deep = await read('Content-Type: multipart/mixed; boundary=b29\n', nested);
  assert.deepEqual(deep.troubles, ['mime-unsplittable']);
  const wide = await read(
    'Content-Type: multipart/mixed; boundary=b\n',
    `${'--b\n\nx\n'.repeat(3000)}--b--\n`,
  );
  assert.deepEqual(wide.troubles, ['mime-many']);
  assert.equal(wide.body, Array(1000).fill('x').join('\n'));
});

test('the fast way gives the same message, and leaves other mails alone', async () => {
  const raw = mail('Content-Transfer-Encoding: quoted-printable\n', 'a=3Db\n');
  assert.deepEqual(parsePlainMessage(raw), await parseMessage(raw));
  assert.equal(parsePlainMessage(mail('Content-Type: text/html\n', 'x')), null);
  assert.equal(parsePlainMessage(mail('Content-Disposition: attachment\n', 'x')), null);
});

test('any bytes make a message', async () => {
  const line = fc.constantFrom(
    'Content-Type: multipart/mixed; boundary=b',
    '--b',
    '--b--',
    '',
    'Subject: x',
    '\r',
    ' y',
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((one) => Buffer.from(one)),
    fc.array(fc.oneof(line, fc.string())).map((lines) => Buffer.from(lines.join('\n'))),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (raw) => {
      const message = await parseMessage(raw);
      assert.ok(message.messageId.length > 0);
    }),
  );
});
