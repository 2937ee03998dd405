import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAddressHeader } from 'mailparser';
import { parseAddresses } from '../../ingest/mail/address.ts';
import { parseHeaders } from '../../ingest/mail/headers.ts';
import { openMail } from '../../ingest/mail/plain.ts';

/** The envelope and troubles of a mail with these header lines. */
function envelope(...lines: (string | Buffer)[]) {
  const raw = Buffer.concat([
    ...lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]),
    Buffer.from('\n'),
  ]);
  const mail = openMail(raw);
  return { ...mail.envelope, troubles: mail.troubles };
}

const good = [
  'Message-ID: <m@example.org>',
  'From: Ada <ada@example.org>',
  'Date: Mon, 6 Jul 2020 17:08:32 +0000',
];

test('headers keep their folds, their bytes and their order', () => {
  const head = parseHeaders(
    Buffer.from('Subject: one\n two\r\nX-Odd : caf\xc3\xa9\nFrom : x\n\nbody\n', 'latin1'),
  );
  assert.deepEqual(head, {
    headers: [
      { name: 'Subject', value: 'one\n two' },
      { name: 'X-Odd', value: 'caf\xc3\xa9' },
      { name: 'From', value: 'x' },
    ],
    bodyStart: 43,
    troubles: [],
  });
});

test('lines left by mbox tools and lines that are no headers do not end the headers', () => {
  const raw =
    'From ada Mon Jul  6 17:08:32 2020\n>From ada Mon Jul  6 17:08:32 2020\nTo: b\nno header\nCc: c\n\nx';
  const mail = openMail(Buffer.from(raw));
  assert.deepEqual(
    mail.headers.map((header) => header.name),
    ['To', 'Cc'],
  );
  assert.deepEqual(mail.troubles[0], { code: 'header-malformed', detail: 'no header' });
  assert.equal(Buffer.from(mail.bodyBytes).toString(), 'x');
});

test('a mail without a blank line is all headers', () => {
  assert.deepEqual(parseHeaders(Buffer.from('To: b')), {
    headers: [{ name: 'To', value: 'b' }],
    bodyStart: 5,
    troubles: [],
  });
});

test('subjects are decoded, unfolded and freed of extra blanks', () => {
  const rows: [Buffer | string, string][] = [
    ['Subject: [PATCH]  a\n\t b ', '[PATCH] a b'],
    ['Subject: =?UTF-8?Q?gr=C3=BC=C3?=\n =?UTF-8?Q?=9Fe?= to you', 'grüße to you'],
    ['Subject: =?iso-8859-1?B?Z3L832U=?=', 'grüße'],
    [Buffer.from('Subject: gr\xc3\xbc\xc3\x9fe', 'latin1'), 'grüße'],
    [Buffer.from('Subject: gr\xfc\xdfe', 'latin1'), 'grüße'],
    ['Subject: a\0b', 'ab'],
    ['subject:=?x', '=?x'],
    ['X-Other: 1', ''],
  ];
  for (const [line, subject] of rows) assert.equal(envelope(line).subject, subject, String(line));
});

test('people come with decoded names and lower-case addresses; groups are opened', () => {
  const { from, replyTo, to, cc, troubles } = envelope(
    ...good.slice(0, 1),
    good[2] ?? '',
    'From: =?UTF-8?Q?Zo=C3=AB?= Miller <Zoe@Example.ORG>',
    'Reply-To: List <list@example.org>',
    'To: "Byron, Ada" <ada@example.org>, bob@example.org (Bob)',
    'To: more@example.org',
    'Cc: undisclosed-recipients:;, team: one@example.org, two@example.org;',
  );
  assert.deepEqual(from, { name: 'Zoë Miller', address: 'zoe@example.org' });
  assert.deepEqual(replyTo, [{ name: 'List', address: 'list@example.org' }]);
  assert.deepEqual(to, [
    { name: 'Byron, Ada', address: 'ada@example.org' },
    { name: 'Bob', address: 'bob@example.org' },
    { name: '', address: 'more@example.org' },
  ]);
  assert.deepEqual(cc, [
    { name: '', address: 'one@example.org' },
    { name: '', address: 'two@example.org' },
  ]);
  assert.deepEqual(troubles, []);
});

test('ids of ancestors leave out the addresses of the people in the mail', () => {
  const { inReplyTo, references } = envelope(
    ...good,
    'To: <list@example.org>',
    'In-Reply-To: <list@example.org>',
    "In-Reply-To: <b@example.org> (Ada's message)",
    'References: <a@example.org> <b@example.org>\n <a@example.org>',
  );
  assert.deepEqual(inReplyTo, ['b@example.org']);
  assert.deepEqual(references, ['b@example.org', 'a@example.org']);
});

test('the last 200 references are kept', () => {
  const ids = Array.from({ length: 300 }, (_, index) => `${index}@example.org`);
  const { references } = envelope(...good, `References: ${ids.map((id) => `<${id}>`).join('\n ')}`);
  assert.deepEqual(references, ids.slice(100));
});

test('a mail is ordered by its date, unless that lies a day after or weeks before its arrival', () => {
  const at = (date: string | null, received: string | null) => {
    const lines = [];
    if (received)
      lines.push(
        `Received: from a by b;\n ${received}`,
        'Received: from b by c; Sun, 5 Jul 2020 00:00:00 +0000',
      );
    if (date) lines.push(`Date: ${date}`);
    const { dateMs, receivedMs, sortMs } = envelope(...lines);
    return { dateMs, receivedMs, sortMs };
  };
  const date = 'Mon, 6 Jul 2020 17:08:32 +0000';
  const ms = Date.parse('2020-07-06T17:08:32Z');
  const later = 'Mon, 6 Jul 2020 19:00:00 +0000';
  const laterMs = Date.parse('2020-07-06T19:00:00Z');
  const next = 'Wed, 8 Jul 2020 00:00:00 +0000';
  const nextMs = Date.parse('2020-07-08T00:00:00Z');
  assert.deepEqual(at(date, later), { dateMs: ms, receivedMs: laterMs, sortMs: ms });
  assert.deepEqual(at(next, later), { dateMs: nextMs, receivedMs: laterMs, sortMs: laterMs });
  assert.deepEqual(at(null, later), { dateMs: null, receivedMs: laterMs, sortMs: laterMs });
  assert.deepEqual(at(date, null), { dateMs: ms, receivedMs: null, sortMs: ms });
  const before = 'Tue, 26 May 2020 12:00:00 +0000';
  const beforeMs = Date.parse('2020-05-26T12:00:00Z');
  assert.deepEqual(at(before, later), { dateMs: beforeMs, receivedMs: laterMs, sortMs: laterMs });
  assert.deepEqual(at('soon', null), { dateMs: null, receivedMs: null, sortMs: 0 });
});

test('lists are named by List-Id, bare and in lower case', () => {
  const { listIds } = envelope(
    ...good,
    'List-Id: Linux things <Linux-Things.lists.example.org>',
    'List-Id: bare.lists.example.org',
    'List-ID: only words here',
  );
  assert.deepEqual(listIds, ['linux-things.lists.example.org', 'bare.lists.example.org']);
});

test('a mail without a usable Message-ID gets one made from its bytes', () => {
  const { messageId, hasMadeUpId, troubles } = envelope(...good.slice(1));
  assert.equal(messageId, '6f707db24f4157525fcff17ec028485974af589c@patchtrail.invalid');
  assert.equal(hasMadeUpId, true);
  assert.deepEqual(troubles, [{ code: 'message-id-missing', detail: '' }]);
});

test('a Message-ID without brackets is used as it is; of two the first counts', () => {
  const bare = envelope(...good.slice(1), 'message-id: 7b2c-44d1');
  assert.deepEqual([bare.messageId, bare.hasMadeUpId, bare.troubles], ['7b2c-44d1', false, []]);
  const two = envelope(...good, 'Message-ID: <n@example.org>');
  assert.deepEqual(
    [two.messageId, two.troubles],
    ['m@example.org', [{ code: 'message-id-several', detail: 'm@example.org n@example.org' }]],
  );
});

test('floods of headers and recipients are cut and reported', () => {
  const many = Array.from({ length: 2500 }, (_, index) => `X-${index}: 1`);
  assert.deepEqual(envelope(...good, ...many).troubles, [
    { code: 'header-many', detail: 'only the first 2000 were read' },
  ]);
  const people = Array.from({ length: 1200 }, (_, index) => `p${index}@example.org`);
  const crowded = envelope(...good, `To: ${people.join(',\n ')}`);
  assert.equal(crowded.to.length, 1000);
  assert.deepEqual(crowded.troubles, [{ code: 'recipients-many', detail: 'only the first 1000 were kept' }]);
  const long = envelope(...good, `Subject: ${'x'.repeat(9000)}`);
  assert.equal(long.subject.length, 8192);
  assert.deepEqual(long.troubles, [{ code: 'subject-long', detail: '9000 characters' }]);
});

test('lists of people come out as mailparser reads them, simple or not', () => {
  const bit = fc.constantFrom(
    'Ada',
    'Byron',
    'ada@example.org',
    '<',
    '>',
    ',',
    ' ',
    '@',
    '.',
    "'",
    '"',
    '(',
    ')',
    ';',
    ':',
  );
  const person = fc.constantFrom(
    'Ada <ada@example.org>',
    'bob@example.org',
    '<cy@example.org>',
    'D E <d@example.org>',
  );
  const list = fc.oneof(
    fc.array(bit).map((bits) => bits.join('')),
    fc.array(fc.oneof(person, bit)).map((all) => all.join(', ')),
  );
  fc.assert(
    fc.property(list, (text) => {
      const { value } = parseAddressHeader(text, { flatten: true });
      const expected = value
        .map(({ name, address = '' }) => ({
          name: name.replace(/\s+/g, ' ').trim(),
          address: address.toLowerCase(),
        }))
        .filter(({ name, address }) => name || address);
      assert.deepEqual(parseAddresses([text], []), expected);
    }),
    { numRuns: 2000 },
  );
});
