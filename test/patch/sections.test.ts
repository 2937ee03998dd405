/**
 * Sections of a posting: which lines are message, change log, diffstat, diff and signature.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitPosting } from '../../ingest/patch/sections.ts';

const diff = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';

/** The text of each section. */
function show(body: string) {
  const sections = splitPosting(body);
  const text = ({ start, end }: { start: number; end: number }) =>
    sections.lines.slice(start, end).join('\n').trim();
  return {
    message: text(sections.message),
    changeLog: sections.changeLog.map(text).filter((part) => part !== ''),
    diffstat: sections.diffstat ? text(sections.diffstat) : null,
    diff: text(sections.diff).slice(0, 18),
    signature: sections.signature ? text(sections.signature) : null,
  };
}

test('a patch as git sends it', () => {
  assert.deepEqual(
    show(`Brew it.

Signed-off-by: Ada <ada@example.org>
---
Changes in v2:
 - hotter

 tea.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)
 create mode 100644 tea.c

base-commit: 0123456789

${diff}-- 
2.40.0
`),
    {
      message: 'Brew it.\n\nSigned-off-by: Ada <ada@example.org>',
      changeLog: ['Changes in v2:\n - hotter', 'base-commit: 0123456789'],
      diffstat: 'tea.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n create mode 100644 tea.c',
      diff: 'diff --git a/x b/x',
      signature: '-- \n2.40.0',
    },
  );
});

test('what follows the trailers is change log even without dashes', () => {
  const read = show(
    `Brew it.\n\nSigned-off-by: Ada <ada@example.org>\n\nChanges since v1:\n - hotter\n---\n${diff}`,
  );
  assert.equal(read.message, 'Brew it.\n\nSigned-off-by: Ada <ada@example.org>');
  assert.deepEqual(read.changeLog, ['Changes since v1:\n - hotter']);
});

test('a greeting above a first line of dashes is not the end of the message', () => {
  const read = show(`Hi all!\n---\nBrew it.\n\nSigned-off-by: Ada <ada@example.org>\n---\nnote\n${diff}`);
  assert.equal(read.message, 'Hi all!\n---\nBrew it.\n\nSigned-off-by: Ada <ada@example.org>');
  assert.deepEqual(read.changeLog, ['note']);
});

test('text above scissors and the preamble of a stable review are dropped', () => {
  assert.equal(show(`Hello\n-- >8 --\nBrew it.\n---\n${diff}`).message, 'Brew it.');
  assert.equal(show(`Hello\n---- 8< ---- 8< ----\nBrew it.\n---\n${diff}`).message, 'Brew it.');
  const review = `5.4-stable review patch.  If anyone objects, say so.\n\n------------------\n\nFrom: Ada <ada@example.org>\n\nBrew it.\n---\n${diff}`;
  assert.equal(show(review).message, 'Brew it.');
  assert.equal(splitPosting(review).inBodyHeaders.from, 'Ada <ada@example.org>');
});

test('headers at the start of the body override those of the mail', () => {
  const { inBodyHeaders } = splitPosting(
    `\nFrom: Ada Example\n <ada@example.org>\nDate: Mon, 6 Jul 2020 11:00:00 +0200\nSubject: [PATCH] tea:\n brew\n\nBrew it.\n`,
  );
  assert.deepEqual(inBodyHeaders, {
    from: 'Ada Example <ada@example.org>',
    date: 'Mon, 6 Jul 2020 11:00:00 +0200',
    subject: '[PATCH] tea: brew',
    span: { start: 1, end: 6 },
  });
});

test('a message that begins with the word From has no headers', () => {
  const none = { from: null, date: null, subject: null, span: null };
  assert.deepEqual(splitPosting('From: here on we brew\n\nmore\n').inBodyHeaders, none);
  assert.deepEqual(splitPosting('From: Ada <ada@example.org>\nBrew it.\n').inBodyHeaders, none);
});

test('a cover letter has no diff and its signature may have lost a blank', () => {
  assert.deepEqual(
    show(`Tea in two steps.\n\nAda (2):\n  one\n  two\n\n tea.c | 3 ++-\n 1 file changed\n\n--\n2.40.0\n`),
    {
      message: 'Tea in two steps.\n\nAda (2):\n  one\n  two',
      changeLog: [],
      diffstat: 'tea.c | 3 ++-\n 1 file changed',
      diff: '',
      signature: '--\n2.40.0',
    },
  );
});

test('an empty body has empty sections', () => {
  assert.deepEqual(show(''), { message: '', changeLog: [], diffstat: null, diff: '', signature: null });
});
