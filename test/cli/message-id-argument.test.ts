/**
 * What people paste for a mail.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bareMessageId } from '../../server/cli/message-id-argument.ts';

const rows: readonly (readonly [typed: string, id: string])[] = [
  ['<a@example.org>', 'a@example.org'],
  [' a@example.org\n', 'a@example.org'],
  ['https://lists.example.org/tools/a@example.org/T/#u', 'a@example.org'],
  ['https://lists.example.org/r/a%2Fb@example.org/', 'a/b@example.org'],
  ['http://127.0.0.1:8420/series/a%40example.org', 'a@example.org'],
  ['https://me@lists.example.org/tools/100%@example.org', '100%@example.org'],
  ['https://lists.example.org/tools/', 'https://lists.example.org/tools/'],
  ['https://', 'https://'],
];

for (const [typed, id] of rows)
  test(`${JSON.stringify(typed)} means ${id}`, () => {
    assert.equal(bareMessageId(typed), id);
  });
