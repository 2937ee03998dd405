/**
 * Links that a posting states, the versions beside them, and ids in URLs of archives.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { entryVersions } from '../../ingest/patch/change-log.ts';
import { cleanMessageId, findMessageIdOfUrl } from '../../ingest/patch/mail-url.ts';
import { splitPosting } from '../../ingest/patch/sections.ts';
import { readStatedLinks } from '../../ingest/patch/stated-link.ts';

const diff = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';

/** `where id version lines` of each link. */
function show(body: string, isCover = false): string[] {
  return readStatedLinks('self@example.org', splitPosting(body), isCover).map(
    ({ messageId, version, where, evidence }) =>
      `${where} ${messageId} ${version === null ? '-' : `v${version}`} ${evidence.start}-${evidence.end}`,
  );
}
const noted = (notes: string) => show(`Brew.\n---\n${notes}\n${diff}`);

const urls: readonly (readonly [url: string, id: string | undefined])[] = [
  ['https://lore.kernel.org/r/1.2-3-ada@example.org', '1.2-3-ada@example.org'],
  ['https://lore.kernel.org/tea-list/1.2-3-ada@example.org/T/#u', '1.2-3-ada@example.org'],
  ['https://lore.kernel.org/all/1%2B2%40example.org/', '1+2@example.org'],
  ['https://patch.msgid.link/x@example.org', 'x@example.org'],
  ['http://lkml.kernel.org/r/x@example.org', 'x@example.org'],
  ['https://marc.example.org/?i=x@example.org&l=tea', 'x@example.org'],
  ['https://inbox.example.org/tea/x@example.org/raw', 'x@example.org'],
  ['https://lore.kernel.org/tea/%E0%A4%A@example.org/', '%E0%A4%A@example.org'],
  ['https://user@example.org/tea', undefined],
  ['https://example.org/tea', undefined],
  ['https://example.org', undefined],
];
for (const [url, id] of urls) {
  test(`urls: ${url}`, () => assert.equal(findMessageIdOfUrl(url), id));
}

test('an id loses what prose puts around it', () => {
  assert.deepEqual(
    ['<x@example.org>', 'x@example.org>.', 'x@example.org,', 'x', 'a b@c'].map(cleanMessageId),
    ['x@example.org', 'x@example.org', 'x@example.org', undefined, undefined],
  );
});

test('a label on the same line, before or behind, is the version of the link', () => {
  assert.deepEqual(
    noted(`v2: https://lore.kernel.org/r/two@example.org
- Link to v1: https://lore.kernel.org/r/one@example.org
https://lore.kernel.org/r/zero@example.org (v4)
v5 was https://lore.kernel.org/r/five@example.org and v6 https://lore.kernel.org/r/six@example.org.`),
    [
      'change-log two@example.org v2 2-3',
      'change-log one@example.org v1 3-4',
      'change-log zero@example.org v4 4-5',
      'change-log five@example.org v5 5-6',
      'change-log six@example.org v6 5-6',
    ],
  );
});

test('a link without a label takes it from the entry or the line above', () => {
  assert.deepEqual(
    noted(`Changes in v3:
 - hotter
 - Link: https://lore.kernel.org/r/two@example.org

v2 is bitter. For v1 see here:

https://lore.kernel.org/r/one@example.org
RFC version:
https://lore.kernel.org/r/rfc@example.org`),
    [
      'change-log two@example.org v3 2-5',
      'change-log one@example.org v1 6-9',
      'change-log rfc@example.org - 10-11',
    ],
  );
});

test('footnotes carry the label of their mark', () => {
  assert.deepEqual(
    noted(`Since v1 [1] and v2 [2]: hotter. See [3].

[1] https://lore.kernel.org/r/one@example.org
[2]: https://lore.kernel.org/r/two@example.org
[3] https://lore.kernel.org/r/talk@example.org`),
    [
      'change-log one@example.org v1 4-5',
      'change-log two@example.org v2 5-6',
      'change-log talk@example.org - 6-7',
    ],
  );
});

test('a cover letter is a change log, a commit message is none', () => {
  const text = 'See https://lore.kernel.org/r/talk@example.org\n';
  assert.deepEqual(show(text, true), ['change-log talk@example.org - 0-1']);
  assert.deepEqual(show(`${text}---\n${diff}`), ['body talk@example.org - 0-1']);
});

test('what a posting supersedes is said in a trailer, by URL or bare id', () => {
  assert.deepEqual(
    show(
      `Brew.\n\nSupersedes: <old@example.org>\nReplaces: https://lore.kernel.org/r/older@example.org\n`,
      true,
    ),
    ['trailer old@example.org - 2-3', 'trailer older@example.org - 3-4'],
  );
});

test('bare ids count where the line says what they are, addresses of people never', () => {
  assert.deepEqual(
    noted(`Message-ID: <one@example.org>
v2 <two@example.org>
Thanks to Ada <ada@example.org>`),
    ['change-log one@example.org - 2-3', 'change-log two@example.org v2 3-4'],
  );
});

test('links behind the diff count, those in it, in quotes and to itself do not', () => {
  const text = `Brew.
---
> https://lore.kernel.org/r/quoted@example.org
https://lore.kernel.org/r/self@example.org
diff --git a/x b/x
--- a/x
+++ b/x
@@ -1 +1 @@
-a
+https://lore.kernel.org/r/inside@example.org
---
change-id: 20200101-tea
v1: https://lore.kernel.org/r/one@example.org
-- 
https://lore.kernel.org/r/signature@example.org
`;
  assert.deepEqual(show(text), ['change-log one@example.org v1 12-13']);
});

const entries: readonly (readonly [line: string, versions: readonly number[]])[] = [
  ['Changes in v3:', [3]],
  ['v2 -> v3:', [2, 3]],
  ['v2..v3', [2, 3]],
  ['Changes since v1', [1]],
  ['V3:', [3]],
  ['  * v4: hotter', [4]],
  ['Changelog v1->v2', [1, 2]],
  ['[v5]', [5]],
  ['Non-RFC v1:', [1]],
  ['since the x86v3 level', []],
  ['the v2 of it', []],
  ['Changes in v5.4 of the kernel', []],
];
for (const [line, versions] of entries) {
  test(`change log: ${line}`, () => assert.deepEqual(entryVersions(line), versions));
}

test('any body at all is read without an error', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('v2:', '[1] https://a.b/c@d', 'v1 [1]', '---', '-- ', '> x', 'Supersedes: <a@b>', diff),
  );
  fc.assert(
    fc.property(fc.array(line), fc.boolean(), (lines, isCover) => {
      const count = lines.join('\n').split('\n').length;
      for (const { evidence } of readStatedLinks('x', splitPosting(lines.join('\n')), isCover)) {
        assert.ok(evidence.start < evidence.end && evidence.end <= count);
      }
    }),
  );
});
