import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findAttributionAbove, parseAttribution } from '../../ingest/reply/attribution.ts';
import { attributionForms } from '../../ingest/reply/attribution-forms.ts';
import { findNamedSource, nameKey } from '../../ingest/reply/attribution-source.ts';

for (const form of attributionForms) {
  test(`attributions of the form ${form.name} name who wrote what follows`, () => {
    for (const sample of form.samples) {
      const found = parseAttribution(sample);
      assert.equal(found?.form, form.name, sample);
      if (form.name === 'you-wrote') assert.equal(found.name, '');
      else assert.match(found.name, /^Ada (?:B\. )?Example$/, sample);
      assert.equal(found.address, sample.includes('@') ? 'ada@example.org' : '', sample);
    }
  });
}

test('names that are months, commas and odd dates stay whole', () => {
  const rows: [string, string][] = [
    ['On Mon, Jul 6, 2020 at 2:11 PM April May <april@example.org> wrote:', 'April May'],
    ['On Wed, 2024-10-30 at 11:12 +0100, "Example, Ada" wrote:', 'Example Ada'],
    ['On Mon, 6 Jul 2020 14:11:22 +0200 (CEST) Ada Example wrote:', 'Ada Example'],
    ['On 06.07.20 14:11, Vincent van Example wrote:', 'Vincent van Example'],
    ['On 7/6/20 2:11 PM, ada@example.org wrote:', 'ada@example.org'],
    ['在 2020/7/6 14:11, 王小明 写道:', '王小明'],
    ['Ada Example (Works) wrote:', 'Ada Example (Works)'],
  ];
  for (const [text, name] of rows) assert.equal(parseAttribution(text)?.name, name, text);
});

test('prose with the same verb is no attribution', () => {
  const rows = [
    'The manual of the pump that I bought last year and never read until now wrote:',
    'as the manual wrote:',
    'This is a list:',
    'int pump(void):',
    'Signed-off-by: Ada Example <ada@example.org>',
    '',
    ':',
  ];
  for (const text of rows) assert.equal(parseAttribution(text), undefined, text);
});

test('an attribution is looked for above the quote, one mark less deep, broken or not', () => {
  const lines = [
    '> On Mon, 06 Jul 2020 14:11:22 +0200,',
    '> Ada Example <ada@example.org>',
    '> wrote:',
    '> ',
    '> > A pump.',
    '> * Bob Sample:',
    '>',
    '>> Another pump.',
  ];
  const ada = { form: 'english', name: 'Ada Example', address: 'ada@example.org', start: 0, end: 3 };
  assert.deepEqual(findAttributionAbove(lines, 4, 2), ada);
  const bob = { form: 'star', name: 'Bob Sample', address: '', start: 5, end: 6 };
  assert.deepEqual(findAttributionAbove(lines, 7, 2), bob);
  assert.equal(findAttributionAbove(lines, 4, 3), undefined);
});

test('a named person means the ancestor at the depth of the quote, not a nearer one', () => {
  const ancestors = [
    { fromName: 'Ada Example' },
    { fromName: 'Bob Sample' },
    { fromName: 'Example, Ada (Works)' },
  ];
  const ada = { form: 'star', name: 'Ada Example', address: '' };
  assert.deepEqual(
    [1, 2, 3, 4].map((depth) => findNamedSource(ada, depth, ancestors)),
    [0, 2, 2, 2],
  );
  assert.equal(findNamedSource({ ...ada, name: 'Cleo' }, 1, ancestors), -1);
  assert.equal(nameKey('"Example, Ada" via pump-devel'), nameKey('Ada Example'));
});

test('any text is read without an error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      parseAttribution(`${text} wrote:`);
      parseAttribution(text);
    }),
  );
});
