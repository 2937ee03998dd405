/**
 * Diffs as mails hold them: whole, damaged, and in all forms that people still send.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDiff } from '../../ingest/patch/diff.ts';
import { parseGitPaths, parseSidePath } from '../../ingest/patch/diff-path.ts';

/** One line a file: status, path (from its former one), added and removed lines, hunks as start+count. */
function short(text: string): string[] {
  return parseDiff(text).files.map(({ change, form, hunks }) =>
    [
      change.status,
      change.oldPath === change.path ? change.path : `${change.oldPath} -> ${change.path}`,
      `+${change.added} -${change.removed}`,
      ...(form === 'git' ? [] : [form]),
      ...hunks.map((hunk) => `@${hunk.start}..${hunk.end}${hunk.isComplete ? '' : ' cut'}`),
    ].join(' '),
  );
}

const codes = (text: string) => parseDiff(text).troubles.map((trouble) => trouble.code);

const tea = `Pour later.
---
 tea.c | 3 ++-
diff --git a/tea.c b/tea.c
index 1111111..2222222 100644
--- a/tea.c
+++ b/tea.c
@@ -7,4 +7,5 @@ int brew(void)
 	int cups;

-	pour();
+	wait();
+	pour();
 	return cups;
-- 
2.40.0
`;

test('a hunk keeps its lines with their place in the body', () => {
  const diff = parseDiff(tea.replace('cups;\n\n', 'cups;\n \n'));
  assert.deepEqual(diff, {
    start: 3,
    end: 14,
    troubles: [],
    files: [
      {
        start: 3,
        end: 14,
        headerEnd: 5,
        form: 'git',
        change: { path: 'tea.c', oldPath: 'tea.c', added: 2, removed: 1, status: 'modified' },
        hunks: [
          {
            start: 7,
            end: 14,
            oldStart: 7,
            oldCount: 4,
            newStart: 7,
            newCount: 5,
            heading: 'int brew(void)',
            isComplete: true,
            isDamaged: false,
            lines: [
              { line: 8, kind: ' ', text: '\tint cups;' },
              { line: 9, kind: ' ', text: '' },
              { line: 10, kind: '-', text: '\tpour();' },
              { line: 11, kind: '+', text: '\twait();' },
              { line: 12, kind: '+', text: '\tpour();' },
              { line: 13, kind: ' ', text: '\treturn cups;' },
            ],
          },
        ],
      },
    ],
  });
});

test('a text without a diff has none', () => {
  assert.deepEqual(parseDiff('--- see below\n+++ nothing\n'), {
    start: -1,
    end: -1,
    files: [],
    troubles: [],
  });
});

test('an empty line in a hunk is a context line that lost its blank', () => {
  assert.deepEqual(short(tea), ['modified tea.c +2 -1 @7..14']);
  assert.deepEqual(codes(tea), ['diff-damaged']);
});

test('the counts tell the signature from the removed line that looks like it', () => {
  const text = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n one\n-- \n-- \n2.40.0\n';
  assert.deepEqual(short(text), ['modified x +0 -1 @3..6']);
});

test('removed and added lines may look like the head of a file', () => {
  const text =
    'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n--- sql comment\n+++ i\n-- \n2.40\n';
  assert.deepEqual(short(text), ['modified x +1 -1 @3..7']);
});

test('a hunk without its end stops at the signature or at the next file', () => {
  const head = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,5 +1,5 @@\n one\n+two\n';
  assert.deepEqual(short(`${head}-- \n2.40.0\n`), ['modified x +1 -0 @3..6 cut']);
  assert.deepEqual(codes(`${head}-- \n2.40.0\n`), ['diff-cut']);
  assert.deepEqual(short(head + head), ['modified x +1 -0 @3..6 cut', 'modified x +1 -0 @9..12 cut']);
});

test('lines that a mail program broke are joined', () => {
  const text =
    'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@ int\nbrew(int cups)\n one\n+two is a long\nline\n three\n';
  const [hunk] = parseDiff(text).files[0]?.hunks ?? [];
  assert.deepEqual(
    hunk?.lines.map((line) => line.kind + line.text),
    [' one', '+two is a long line', ' three'],
  );
  assert.equal(hunk?.heading, 'int brew(int cups)');
  assert.deepEqual(codes(text), ['diff-damaged']);
});

test('context whose first blank was stripped is read as context', () => {
  const text = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\none\n-two\n+2\nthree\n';
  assert.deepEqual(short(text), ['modified x +1 -1 @3..8']);
});

test('lines that kept their CR are the same lines', () => {
  assert.deepEqual(short(tea.replaceAll('\n', '\r\n')), ['modified tea.c +2 -1 @7..14']);
});

test('the missing newline at the end of a file belongs to the hunk in any language', () => {
  const text =
    'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ Kein Zeilenumbruch\n+b\n\\ Kein Zeilenumbruch\n';
  assert.deepEqual(short(text), ['modified x +1 -1 @3..8']);
});

test('files are added, deleted, renamed, copied, and change their mode', () => {
  const text = `diff --git a/new.c b/new.c
new file mode 100644
index 000..111
--- /dev/null
+++ b/new.c
@@ -0,0 +1 @@
+tea
diff --git a/old.c b/old.c
deleted file mode 100644
--- a/old.c
+++ /dev/null
@@ -1 +0,0 @@
-tea
diff --git a/cup.c b/mug.c
similarity index 100%
rename from cup.c
rename to mug.c
diff --git a/pot.c b/kettle.c
similarity index 100%
copy from pot.c
copy to kettle.c
diff --git a/run.sh b/run.sh
old mode 100644
new mode 100755
diff --git a/empty b/empty
new file mode 100644
`;
  assert.deepEqual(short(text), [
    'added new.c +1 -0 @5..7',
    'deleted old.c +0 -1 @11..13',
    'renamed cup.c -> mug.c +0 -0',
    'added kettle.c +0 -0',
    'mode run.sh +0 -0',
    'added empty +0 -0',
  ]);
});

test('lines of a binary patch are no lines of a diff', () => {
  const text = `diff --git a/tea.png b/tea.png
index 1111111..2222222 100644
GIT binary patch
literal 12
+c-abc
-cdefg

literal 3
Kcmb

diff --git a/x b/x
--- a/x
+++ b/x
@@ -1 +1 @@
-a
+b
`;
  assert.deepEqual(short(text), ['modified tea.png +0 -0 binary', 'modified x +1 -1 @13..16']);
});

test('diffs without git have files too', () => {
  const hunk = '@@ -1 +1 @@\n-a\n+b\n';
  assert.deepEqual(short(`--- a/quilt.c\n+++ b/quilt.c\n${hunk}`), ['modified quilt.c +1 -1 plain @2..5']);
  assert.deepEqual(
    short(`Index: cvs.c\n${'='.repeat(67)}\n--- cvs.c\t(revision 3)\n+++ cvs.c\t(working copy)\n${hunk}`),
    ['modified cvs.c +1 -1 plain @4..7'],
  );
  assert.deepEqual(
    short(
      `diff -urN old/x.c new/x.c\n--- old/x.c\t1970-01-01 01:00:00\n+++ new/x.c\t2020-01-02 03:04:05\n${hunk}`,
    ),
    ['added new/x.c +1 -1 plain @3..6'],
  );
  assert.deepEqual(
    short(`--- x.c\t2024-08-25 22:19:37.55\n+0200\n+++ x.c\t2024-08-25 22:20:02.86\n+0200\n${hunk}`),
    ['modified x.c +1 -1 plain @4..7'],
  );
});

test('combined and context diffs are shown and not counted', () => {
  const text = `diff --cc x.c
index 111,222..333
--- a/x.c
+++ b/x.c
@@@ -1,1 -1,1 +1,1 @@@
- a
 -b
++c
-- 
2.40
`;
  assert.deepEqual(short(text), ['modified x.c +0 -0 combined']);
  const context =
    '*** x.c\t2020-01-01\n--- x.c\t2020-01-02\n***************\n*** 1 ****\n! a\n--- 1 ----\n! b\n';
  assert.deepEqual(short(context), ['modified x.c +0 -0 context']);
});

const paths: readonly (readonly [text: string, old: string, now: string])[] = [
  ['a/x.c b/x.c', 'x.c', 'x.c'],
  ['x.c x.c', 'x.c', 'x.c'],
  ['i/x.c w/x.c', 'x.c', 'x.c'],
  ['a/my tea.c b/my tea.c', 'my tea.c', 'my tea.c'],
  ['a/cup.c b/mug.c', 'cup.c', 'mug.c'],
  ['"a/t\\303\\251.c" "b/t\\303\\251.c"', 'té.c', 'té.c'],
  ['a/te.c "b/t\\303\\251.c"', 'te.c', 'té.c'],
  ['"a/tab\\there" "b/tab\\there"', 'tab\there', 'tab\there'],
];
for (const [text, old, now] of paths) {
  test(`paths: diff --git ${text}`, () => assert.deepEqual(parseGitPaths(text), { old, new: now }));
}

test('a side of nothing has no path, a time behind a tab is no part of one', () => {
  assert.deepEqual(
    ['/dev/null', 'a/x.c\t2020-01-01', 'b/my tea.c', 'x.c   2020-01-01 10:00:00'].map(parseSidePath),
    [null, 'x.c', 'my tea.c', 'x.c'],
  );
});

test('any lines at all are read without an error, and spans nest', () => {
  const line = fc.constantFrom(
    'diff --git a/x b/x',
    'Index: x',
    '--- a/x',
    '+++ b/x',
    '@@ -1,3 +1,3 @@',
    '@@ -1 +1 @@ f',
    '-- ',
    '2.40.0',
    ' c',
    '+a',
    '-r',
    '',
    'prose',
    '\\ No newline at end of file',
    'GIT binary patch',
    'literal 3',
    'new file mode 100644',
    'rename from x',
    '*** x',
    '***************',
    'diff --cc x',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      let end = -1;
      for (const file of parseDiff(lines.join('\n')).files) {
        assert.ok(file.start >= end && file.end > file.start && file.end <= lines.length + 1);
        end = file.end;
        for (const hunk of file.hunks) assert.ok(hunk.start >= file.start && hunk.end <= file.end);
      }
    }),
  );
});
