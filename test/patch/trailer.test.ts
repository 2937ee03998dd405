/**
 * Trailers in commit messages and in replies, and the persons in them.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { personOf } from '../../ingest/patch/person.ts';
import { parseGivenTrailers, parseTrailers } from '../../ingest/patch/trailer.ts';
import { findTrailerKind, trailerKinds } from '../../ingest/patch/trailer-kinds.ts';

const show = (trailers: readonly { name: string; value: string; start: number; end: number }[]) =>
  trailers.map(({ name, value, start, end }) => `${start}-${end} ${name}: ${value}`);
const ofMessage = (text: string) => {
  const lines = text.split('\n');
  return show(parseTrailers(lines, 0, lines.length));
};
const ofReply = (text: string) => show(parseGivenTrailers(text.split('\n')));

test('the last paragraph of a commit message holds its trailers in order', () => {
  const text = `tea: brew it

Note: it is hot.
Fix: it was cold.

Fixes: abcdef123456 ("tea: pour")
Link: https://lore.example.org/r/1@example.org
[ada: fixed a typo]
Signed-off-by:   Ada Example  <ada@example.org>
Cc: <stable@example.org> # v5.4+
Change-Id: I123`;
  assert.deepEqual(ofMessage(text), [
    '5-6 Fixes: abcdef123456 ("tea: pour")',
    '6-7 Link: https://lore.example.org/r/1@example.org',
    '8-9 Signed-off-by: Ada Example <ada@example.org>',
    '9-10 Cc: <stable@example.org> # v5.4+',
    '10-11 Change-Id: I123',
  ]);
});

test('a title and an address that were wrapped are joined', () => {
  const text = `Fixes: abcdef123456 ("tea: pour it
into the cup")
Reported-by: Somebody With A Long Name
 <somebody@example.org>
Signed-off-by: Ada <ada@example.org>`;
  assert.deepEqual(ofMessage(text), [
    '0-2 Fixes: abcdef123456 ("tea: pour it into the cup")',
    '2-4 Reported-by: Somebody With A Long Name <somebody@example.org>',
    '4-5 Signed-off-by: Ada <ada@example.org>',
  ]);
});

test('prose that looks like trailers is prose', () => {
  assert.deepEqual(ofMessage('tea: brew\n\nNote: hot\nhttp: //x\nExample: one'), []);
  assert.deepEqual(ofMessage('Ada said:\n  Reviewed-by: nobody\nand more\nand more\nand more\nand more'), []);
  assert.deepEqual(ofMessage('Signed-off-by: Ada <a@example.org>\n\nv2: hotter\nv3: colder'), [
    '0-1 Signed-off-by: Ada <a@example.org>',
  ]);
});

test('trailers above a change log or beside other headers are found', () => {
  const text = `tea: brew

Reviewed-by: Bob <bob@example.org>
Signed-off-by: Ada <ada@example.org>
----
Changes in v2:
- hotter`;
  assert.deepEqual(ofMessage(text), [
    '2-3 Reviewed-by: Bob <bob@example.org>',
    '3-4 Signed-off-by: Ada <ada@example.org>',
  ]);
  assert.deepEqual(ofMessage('To: Bob <bob@example.org>\nCc: Cid <cid@example.org>'), [
    '1-2 Cc: Cid <cid@example.org>',
  ]);
});

test('a reply gives trailers on lines of their own, anywhere above the signature', () => {
  const text = `On Monday Ada wrote:
> Reviewed-by: Quoted <quoted@example.org>
> Signed-off-by: Ada <ada@example.org>

Looks good.  Reviewed-by: Inline <inline@example.org>

 Tested-By: Bob Example <bob@example.org> # on a
Acked-by: Cid Example
  <cid@example.org>
Nacked-by: me
Rhymed-by: Dee <dee@example.org>
Note: hot
Link: https://example.org/1
Fixes: soon
-- 
Acked-by: Signature <signature@example.org>`;
  assert.deepEqual(ofReply(text), [
    '6-7 Tested-By: Bob Example <bob@example.org> # on a',
    '7-9 Acked-by: Cid Example <cid@example.org>',
    '10-11 Rhymed-by: Dee <dee@example.org>',
  ]);
});

test('a name without an address is a person, a sentence is none', () => {
  assert.deepEqual(ofReply('Acked-by: Ada Example'), ['0-1 Acked-by: Ada Example']);
  assert.deepEqual(ofReply('Acked-by: whoever likes tea'), []);
});

const persons: readonly (readonly [value: string, name: string, address: string])[] = [
  ['Ada Example <ada@example.org>', 'Ada Example', 'ada@example.org'],
  ['"Example, Ada" <Ada@Example.org> # tea', 'Example, Ada', 'ada@example.org'],
  ['<ada@example.org>', '', 'ada@example.org'],
  ['ada@example.org', '', 'ada@example.org'],
  ['ada@example.org (Ada Example)', 'Ada Example', 'ada@example.org'],
  ['Ada Example ada@example.org', 'Ada Example', 'ada@example.org'],
  ['Ada <ada@example.org <mailto:ada@example.org>>', 'Ada', 'ada@example.org'],
];
for (const [value, name, address] of persons) {
  test(`persons: ${value}`, () => assert.deepEqual(personOf(value), { name, address }));
}

test('a value without an address names no person', () => {
  assert.deepEqual(['Ada Example', '<tea>', '', '@', 'v4.18+'].map(personOf), [null, null, null, null, null]);
});

test('every kind has a help sentence and is found in any case', () => {
  for (const kind of trailerKinds) {
    assert.equal(findTrailerKind(kind.name.toUpperCase()), kind);
    assert.notEqual(kind.help, '');
  }
  assert.equal(findTrailerKind('Brewed-by')?.value, 'person');
  assert.equal(findTrailerKind('Brewed'), undefined);
});

test('any lines at all are read without an error, and spans follow each other', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'Reviewed-by: A <a@b.c>',
      'Cc: x',
      '',
      '---',
      '<a@b.c>',
      'Fixes: 123456 ("x',
      'y")',
      '-- ',
      '> a',
    ),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      for (const trailers of [parseTrailers(lines, 0, lines.length), parseGivenTrailers(lines)]) {
        let end = 0;
        for (const trailer of trailers) {
          assert.ok(trailer.start >= end && trailer.end > trailer.start && trailer.end <= lines.length);
          end = trailer.end;
        }
      }
    }),
  );
});
