import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type MboxPiece, MboxSplitter } from '../../ingest/source/mbox-split.ts';

const separator = 'From ada@example.org Mon Jul  6 17:08:32 2020\n';
const head = 'Subject: x\n\n';

/** Splits text, given in pieces that end at the offsets. */
function split(text: string, ...cuts: number[]): MboxPiece[] {
  const bytes = Buffer.from(text, 'latin1');
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const splitter = new MboxSplitter();
  const pieces: MboxPiece[] = [];
  let start = 0;
  for (const end of ends) {
    pieces.push(...splitter.push(bytes.subarray(start, end)));
    start = end;
  }
  return [...pieces, ...splitter.end()];
}

const texts = (pieces: readonly MboxPiece[]) => pieces.map((piece) => piece.raw?.toString('latin1') ?? null);

/** An mboxrd of these mails, as git and public-inbox write it. */
function writeMboxrd(mails: readonly string[]): string {
  return mails.map((mail) => `${separator}${mail.replace(/^(>*From )/gm, '>$1')}\n`).join('');
}

test('mails end at separators, their blank line taken off', () => {
  const text = `${separator}${head}one\n\n${separator}${head}two\n\n\n${separator}${head}three`;
  assert.deepEqual(texts(split(text)), [`${head}one\n`, `${head}two\n\n`, `${head}three`]);
});

test('each piece knows where it stands, so that reading can go on there', () => {
  const text = `${separator}${head}one\n\n${separator}${head}two\n\n`;
  const [first, second] = split(text);
  assert.deepEqual([first?.start, first?.end], [0, second?.start]);
  assert.equal(text.slice(first?.end, (first?.end ?? 0) + 5), 'From ');
  assert.equal(second?.end, text.length);
  const rest = new MboxSplitter(first?.end);
  rest.push(Buffer.from(text.slice(first?.end)));
  assert.deepEqual(rest.end(), [second]);
});

test('a mail written to mboxrd comes back, whatever stands in it and however the bytes arrive', () => {
  const line = fc.oneof(
    fc.constantFrom(
      'From ada Mon Jul  6 17:08:32 2020',
      '>From here on',
      '>>From 17:08 2020',
      'To: b',
      '',
      ' From ',
      '\r',
    ),
    fc.stringMatching(/^[ -~]{0,20}$/),
  );
  const mail = fc
    .array(line, { maxLength: 6 })
    .map((lines) => `${head}${lines.map((one) => `${one}\n`).join('')}`);
  fc.assert(
    fc.property(fc.array(mail, { minLength: 1, maxLength: 5 }), fc.array(fc.nat(2000)), (mails, cuts) => {
      assert.deepEqual(texts(split(writeMboxrd(mails), ...cuts)), mails);
    }),
  );
});

test('any bytes behind a separator give the same mails in any number of chunks', () => {
  const bit = fc.constantFrom(
    '\n',
    'From ',
    '>From ',
    separator,
    '\r\n',
    'A: b',
    'content-length: 12',
    ' ',
    'x',
    '>',
  );
  fc.assert(
    fc.property(fc.array(bit, { maxLength: 30 }), fc.array(fc.nat(500)), (bits, cuts) => {
      const text = `${separator}A: b\n${bits.join('')}`;
      assert.deepEqual(split(text, ...cuts), split(text));
    }),
  );
});

test('a line that only begins like a separator is text', () => {
  const body = 'From what I saw at 12:30 in 2019:\nnothing came.\n\nFrom now on\nTo: nobody\n';
  assert.deepEqual(texts(split(`${separator}${head}${body}`)), [`${head}${body}`]);
});

test('a believable Content-Length ends the mail, and nothing in it is unescaped', () => {
  const body = `>From here\n${separator}A: pasted\n`;
  const counted = `Content-Length: ${body.length}\n\n${body}`;
  const text = `${separator}${counted}\n${separator}${counted}\n`;
  assert.deepEqual(texts(split(text)), [counted, counted]);
});

test('a Content-Length that leads nowhere is not believed', () => {
  const first = 'Content-Length: 3\n\nsome words\n';
  const second = 'Content-Length: 99999999\n\n>From me\n';
  const text = `${separator}${first}\n${separator}${second}\n`;
  assert.deepEqual(texts(split(text)), [first, second.replace('>', '')]);
});

test('a pasted git patch does not end a mail, in a file of git patches it does', () => {
  const mail = 'From: Ada <ada@example.org>\n\ndiff\n';
  const patch = `From ${'0123456789'.repeat(4)} Mon Sep 17 00:00:00 2001\n${mail}`;
  assert.deepEqual(texts(split(`${separator}${head}see:\n\n${patch}`)), [`${head}see:\n\n${patch}`]);
  assert.deepEqual(texts(split(`${patch}\n${patch}`)), [mail, mail]);
});

test('CR LF files are split as well', () => {
  const text = `${separator}${head}one\n\n${separator}${head}>From two\n`.replaceAll('\n', '\r\n');
  assert.deepEqual(texts(split(text)), ['Subject: x\r\n\r\none\r\n', 'Subject: x\r\n\r\nFrom two\r\n']);
});

test('a mail over the limit is passed over, the next one is found', () => {
  const splitter = new MboxSplitter();
  const pieces = splitter.push(Buffer.from(`${separator}${head}`));
  const filler = Buffer.alloc(1024 * 1024, 'x');
  for (let count = 0; count < 40; count++) pieces.push(...splitter.push(filler));
  pieces.push(...splitter.push(Buffer.from(`\n\n${separator}${head}next\n`)), ...splitter.end());
  assert.deepEqual(texts(pieces), [null, `${head}next\n`]);
  assert.equal(pieces[1]?.start, separator.length + head.length + 40 * 1024 * 1024 + 2);
});
