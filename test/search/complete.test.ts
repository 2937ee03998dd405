/** Completion of a half-typed query. The caret stands at `|`. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { completeQuery } from '../../ingest/search/complete.ts';
import { searchPrefixes } from '../../ingest/search/prefixes.ts';

function complete(drawn: string) {
  const caret = drawn.indexOf('|');
  const text = drawn.replace('|', '');
  const { start, end, items, ...rest } = completeQuery(text, caret);
  return { ...rest, replaces: text.slice(start, end), inserts: items.map((item) => item.insert).join(' ') };
}

describe('completion', () => {
  const rows: readonly (readonly [
    string,
    { prefix: string | null; typed: string; replaces: string; inserts: string },
  ])[] = [
    ['cat st|', { prefix: null, typed: 'st', replaces: 'st', inserts: 'state:' }],
    ['-re|', { prefix: null, typed: 're', replaces: 're', inserts: 'reviewer:' }],
    ['(tr| x)', { prefix: null, typed: 'tr', replaces: 'tr', inserts: 'trailer:' }],
    ['mi|', { prefix: null, typed: 'mi', replaces: 'mi', inserts: 'm:' }],
    ['state:re|', { prefix: 'state', typed: 're', replaces: 're', inserts: 'reviewed rejected' }],
    [
      'is:|',
      {
        prefix: 'is',
        typed: '',
        replaces: '',
        inserts: 'patch cover posting reply rfc resend open landed waiting',
      },
    ],
    ['cat f:ad|', { prefix: 'f', typed: 'ad', replaces: 'ad', inserts: '' }],
    ['list:li|', { prefix: 'l', typed: 'li', replaces: 'li', inserts: '' }],
    ['http:|', { prefix: null, typed: 'http:', replaces: 'http:', inserts: '' }],
    ['"cat st|', { prefix: null, typed: 'st', replaces: 'st', inserts: '' }],
    ['s:x |-', { prefix: null, typed: '', replaces: '', inserts: 'every' }],
    ['zzz|', { prefix: null, typed: 'zzz', replaces: 'zzz', inserts: '' }],
  ];
  for (const [drawn, expected] of rows) {
    it(`at ${drawn} gives ${expected.inserts || 'nothing'}`, () => {
      const every = searchPrefixes.map((prefix) => `${prefix.name}:`).join(' ');
      const inserts = expected.inserts === 'every' ? every : expected.inserts;
      assert.deepEqual(complete(drawn), { ...expected, inserts });
    });
  }

  it('of nothing gives every prefix with its help and example', () => {
    const { items } = completeQuery('', 0);
    assert.deepEqual(
      items,
      searchPrefixes.map(({ name, help, example }) => ({ insert: `${name}:`, help, example })),
    );
  });

  it('replaces a part of the text, wherever the caret is', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), (text, caret) => {
        const { start, end } = completeQuery(text, caret);
        assert.ok(0 <= start && start <= end && end <= text.length);
      }),
    );
  });
});
