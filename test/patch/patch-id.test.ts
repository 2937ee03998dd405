/**
 * Patch ids held against git itself, and Patchwork's hash.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { parsePlainMessage } from '../../ingest/mail/plain.ts';
import { parseDiff, parseDiffLines } from '../../ingest/patch/diff.ts';
import { patchId } from '../../ingest/patch/patch-id.ts';
import { patchworkHashOf } from '../../ingest/patch/patchwork-hash.ts';
import { readPosting } from '../../ingest/patch/posting.ts';
import { corporaOptions, corpusMails } from '../support/corpora.ts';

function patchworkHash(text: string): string | null {
  const lines = text.split('\n');
  return patchworkHashOf(lines, parseDiffLines(lines));
}

/** Ids that git gives to patches, in one process; null where it prints none. */
function gitPatchIds(patches: readonly string[]): (string | null)[] {
  const input = patches.map((patch, at) => `commit ${String(at + 1).padStart(40, '0')}\n${patch}\n`).join('');
  const git = spawnSync('git', ['patch-id', '--stable'], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(git.status, 0, git.stderr);
  const ids = new Map(
    git.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [Number(line.slice(41)), line.slice(0, 40)] as const),
  );
  return patches.map((_, at) => ids.get(at + 1) ?? null);
}

const change = `--- a/tea.c
+++ b/tea.c
@@ -7,3 +7,4 @@ int brew(void)
 	int cups;
-	pour();
+	wait();
+	pour();
 	return cups;
`;
const header = 'diff --git a/tea.c b/tea.c\nindex 1111111..2222222 100644\n';

test('ids are those of git for every form that git reads', () => {
  const patches = [
    header + change,
    `${header}${change}-- \n2.40.0\n\n_____\ntea mailing list\n`,
    `${header + change}diff --git a/x b/x\nnew file mode 100644\nindex 000..111\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+t\fe\va\n\\ No newline at end of file\n`,
    'diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n',
    `diff --git a/cup b/mug\nsimilarity index 100%\nrename from cup\nrename to mug\n${header}${change}`,
    `diff --git a/t.png b/t.png\nindex 1111111..2222222 100644\nGIT binary patch\nliteral 3\nabc\n\nliteral 2\nab\n\n${header}${change}`,
    `diff --git a/t.png b/t.png\nindex 1111111..2222222 100644\nBinary files a/t.png and b/t.png differ\n`,
    (header + change).replaceAll('\n', '\r\n'),
    `diff -urN a/tea.c b/tea.c\n${change}`,
    header + change.replace('pour', 'gießen'),
  ];
  assert.deepEqual(patches.map(patchId), gitPatchIds(patches));
});

test('files in another order, other line numbers and other blanks have the same id', () => {
  const other = 'diff --git a/x b/x\nindex 3..4 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';
  const id = patchId(header + change + other);
  assert.equal(patchId(other + header + change), id);
  assert.equal(patchId(header + change.replace('-7,3 +7,4', '-70,3 +90,4').replace('brew', 'x') + other), id);
  assert.equal(patchId(header + change.replaceAll('\t', '    ') + other), id);
});

test('a diff without its git line, without blanks or broken has the id of the whole one', () => {
  const id = patchId(header + change);
  assert.equal(patchId(change), id);
  assert.equal(patchId(`Index: tea.c\n${'='.repeat(67)}\n${change}`), id);
  assert.equal(patchId(header + change.replace(/^ /gm, '')), id);
  assert.equal(patchId(header + change.replace('+	wait();', '+	wait(\n);')), id);
});

test('a text without a diff has neither id nor hash', () => {
  assert.deepEqual([patchId('hello\n'), patchworkHash('hello\n')], [null, null]);
});

test("Patchwork's hash leaves out line numbers, git lines and the signature", () => {
  const hash = patchworkHash(`Message\n---\n${header}${change}-- \n2.40.0\n`);
  assert.equal(hash, patchworkHash(change.replace('-7,3 +7,4', '-1,3 +1,4')));
  assert.equal(hash, '3e74960ec34ddd6468308b3830bc55f3123fab06');
  assert.notEqual(hash, patchworkHash(change.replace('wait', 'sit')));
});

const isOurs = (body: string) =>
  parseDiff(body).troubles.length > 0 || parseDiff(body).files.some((file) => file.form === 'plain');

test('ids are those of git for every whole patch of a corpus', corporaOptions, () => {
  const bodies = ['rseq-2019-2020.mbox.gz', 'b4-change-id.mbox.gz', 'jailhouse-dev.mbox.gz']
    .flatMap(corpusMails)
    .map(parsePlainMessage)
    .filter((message) => message !== null)
    .filter((message) => readPosting(message)?.hasDiff && !isOurs(message.body))
    .map((message) => message.body.split('\n').slice(parseDiff(message.body).start).join('\n'));
  assert.ok(bodies.length > 1000);
  assert.deepEqual(bodies.map(patchId), gitPatchIds(bodies));
});

const known: readonly (readonly [id: string, patch: string, hash: string])[] = [
  [
    '20200629190036.26982-3-mathieu.desnoyers@efficios.com',
    '582f8120297489a25f3b15ddcf28dc3fb0988aed',
    'c9d4aeeddb68ba840871bd4184af307fcdedf026',
  ],
  [
    '20200707201505.2632-1-mathieu.desnoyers@efficios.com',
    'e8c1c0e40577c5160f7295b7afeaa892f09112f3',
    '9943f25e5dc732ebfe65cbfb065ca6f4fb67ce17',
  ],
];

test('the patches of the running story have their published ids and hashes', corporaOptions, () => {
  const messages = corpusMails('rseq-2019-2020.mbox.gz').map(parsePlainMessage);
  const found = known.map(([id]) => messages.find((message) => message?.messageId === id)?.body ?? '');
  assert.deepEqual(
    found.map((body) => [patchId(body), patchworkHash(body)]),
    known.map(([, patch, hash]) => [patch, hash]),
  );
});
