import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMessageIds, parseOwnMessageId } from '../../ingest/mail/message-id.ts';

const rows: readonly [value: string, ids: string[]][] = [
  ['<a@example.org>', ['a@example.org']],
  ['<a@example.org> <b@example.org>', ['a@example.org', 'b@example.org']],
  ['<a@example.org><b@example.org>', ['a@example.org', 'b@example.org']],
  ['<a@example.org>\n\t<b@example.org>', ['a@example.org', 'b@example.org']],
  // Gnus says whose mail it was.
  ['<a@example.org> (Ada Byron\'s message of\n "Fri, 21 May 2021 18:19:09 +0200")', ['a@example.org']],
  // Folded inside the id.
  ['<a-very-long-one\n @example.org>', ['a-very-long-one@example.org']],
  // Answers to the prompt of an old git send-email.
  ['<y>', []],
  ['N', []],
  ['y', []],
  ['<ada@example.org>', []],
  ['"Ada" <Ada@Example.org> of <a@example.org>', ['a@example.org']],
  ['a@example.org', []],
  ['<<a@example.org>>', ['a@example.org']],
  ['<a@example.org', []],
  ['<>', []],
  ['', []],
  // Long lists folded by Python's mail package.
  ['=?utf-8?q?=3Ca=40example=2Eorg=3E_=3Cb=40example=2Eorg=3E?=', ['a@example.org', 'b@example.org']],
  [`<${'x'.repeat(1000)}@example.org> <b@example.org>`, ['b@example.org']],
];

test('ids are what stands in angle brackets, without folds, prompts and addresses', () => {
  const addresses = new Set(['ada@example.org']);
  for (const [value, ids] of rows) assert.deepEqual(parseMessageIds(value, addresses), ids, value);
});

test('a mail names itself in brackets or by a bare token', () => {
  assert.equal(parseOwnMessageId('<a@example.org>'), 'a@example.org');
  assert.equal(parseOwnMessageId(' 7b2c-44d1 '), '7b2c-44d1');
  assert.equal(parseOwnMessageId('two words'), undefined);
  assert.equal(parseOwnMessageId('<broken'), undefined);
  assert.equal(parseOwnMessageId(''), undefined);
});

test('ids survive being written in brackets, whatever they are', () => {
  const id = fc.stringMatching(/^[!-;=?-~]{2,60}$/).filter((text) => !text.includes('=?'));
  fc.assert(
    fc.property(fc.array(id), (ids) => {
      assert.deepEqual(parseMessageIds(ids.map((one) => `<${one}>`).join('\n ')), ids);
    }),
  );
});
