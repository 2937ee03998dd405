/** Names of strangers: nobody is shown as somebody else, nothing reaches a terminal that turns what is read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeHtml } from '../../server/present/archive/html.ts';
import { safeName } from '../../server/present/safe-name.ts';
import { joinText, personText } from '../../server/present/text.ts';

const eve = 'eve@example.net';

test('honest names stay as they are', () => {
  const names = [
    'Ada Example',
    "Zoë D'Arc",
    'Иван Петров',
    'Иван Петров (Ivan Petrov)',
    '山田 太郎',
    'Μαρία',
    'محمد علی',
    'می\u200cخواهم',
    '',
  ];
  assert.deepEqual(
    names.map((name) => safeName(name, eve)),
    names,
  );
  assert.equal(safeName(eve, eve), eve);
  assert.equal(safeName('Eve@Example.net', eve), 'Eve@Example.net');
});

test('a name that looks like another one is shown with its address', () => {
  const cases: [name: string, shown: string][] = [
    ['\u0410da Example', `\u0410da Example <${eve}>`],
    ['Ada Ex\u0430mple', `Ada Ex\u0430mple <${eve}>`],
    ['Ad\u03b1', `Ad\u03b1 <${eve}>`],
    ['ada@example.org', `ada@example.org <${eve}>`],
    ['Ada <ada@example.org>', `Ada <ada@example.org> <${eve}>`],
  ];
  for (const [name, shown] of cases) assert.equal(safeName(name, eve), shown, name);
});

test('signs that hide, or turn the direction, are no part of a name', () => {
  assert.equal(safeName('\u202eelpmaxE adA\u202c', eve), 'elpmaxE adA');
  assert.equal(safeName('A\u200bd\u2060a\ufeff\u00ad', eve), 'Ada');
  assert.equal(safeName('Ada\u{e0041}\u0007', eve), 'Ada\u{fffd}');
});

test('a text for terminals writes out what turns its direction, names it once, and stays whole lines', () => {
  assert.equal(joinText(['if (a\u202e) {', '\u2066x']), 'if (a<U+202E>) {\n<U+2066>x\n');
  assert.equal(personText({ name: `Ad\u03b1 <${eve}>`, address: eve }), `Ad\u03b1 <${eve}>`);
  assert.equal(personText({ name: 'Eve', address: eve }), `Eve <${eve}>`);
});

test('any name at all shows nothing hidden, in text and on pages', () => {
  const signs = fc.constantFrom(
    'a',
    'а',
    ' ',
    '\u202e',
    '\u2067',
    '\u200f',
    '\u001b',
    '\u0085',
    '@',
    '<',
    '\ufeff',
  );
  fc.assert(
    fc.property(fc.string({ unit: signs, maxLength: 30 }), (name) => {
      const shown = safeName(name, eve);
      assert.doesNotMatch(shown, /[\p{Cc}\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
      assert.doesNotMatch(joinText([name]).slice(0, -1), /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      assert.doesNotMatch(escapeHtml(name), /[<\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
