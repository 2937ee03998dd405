/**
 * Patch ids: `git patch-id --stable` and Patchwork's hash of a diff.
 *
 * In: a body or an attachment's text. Out: 40 hex digits, or null without a diff. The git id is git's own to the byte
 * for diffs that git would read. Two things are mended first, because the id is wanted to find the commit and git gives
 * none or a wrong one there: files without a `diff` line (quilt, CVS) get a made-up one, and lines that a mail program
 * broke or stripped are put together again. Reading the diff: ./diff.ts
 */
import { createHash } from 'node:crypto';
import { parseDiffLines } from './diff.ts';
import type { Diff, DiffFile } from './diff-types.ts';

/** The stable patch id of the first diff in a text. */
export function patchId(text: string): string | null {
  const lines = text.split('\n');
  return patchIdOf(lines, parseDiffLines(lines));
}

/** The same where the diff was read already. */
export function patchIdOf(lines: readonly string[], diff: Diff): string | null {
  if (diff.files.length === 0) return null;
  const parts: (readonly string[])[] = [];
  let previousEnd = diff.start;
  for (const file of diff.files) {
    // Text between two files ends the first patch, as it does for git.
    parts.push(lines.slice(previousEnd, file.start), fileLines(lines, file));
    previousEnd = file.end;
  }
  return hashPatch(parts.flat());
}

/** The lines of one file as git would have written them. */
function fileLines(lines: readonly string[], file: DiffFile): string[] {
  const hunks = file.hunks.flatMap((hunk) =>
    hunk.isDamaged
      ? [lines[hunk.start] ?? '', ...hunk.lines.map((line) => line.kind + line.text)]
      : lines.slice(hunk.start, hunk.end),
  );
  const end = file.hunks[0]?.start ?? file.end;
  if (file.form !== 'plain' || lines[file.start]?.startsWith('diff ')) {
    return [...lines.slice(file.start, end), ...hunks];
  }
  const { path, oldPath, status } = file.change;
  return [
    `diff --git a/${oldPath} b/${path}`,
    ...(status === 'added' ? ['new file mode 100644'] : []),
    ...(status === 'deleted' ? ['deleted file mode 100644'] : []),
    status === 'added' ? '--- /dev/null' : `--- a/${oldPath}`,
    status === 'deleted' ? '+++ /dev/null' : `+++ b/${path}`,
    ...hunks,
  ];
}

/** git's get_one_patchid(), step by step; `left` is -1 within a file's header. */
function hashPatch(lines: readonly string[]): string | null {
  const sum = new Uint8Array(20);
  let text = '';
  let isEmpty = true;
  let left = { old: -1, new: -1 };
  let blobs = '';
  let isBinary = false;
  const flush = () => {
    addDigest(sum, createHash('sha1').update(text).digest());
    text = '';
  };
  for (const line of lines) {
    if (line.startsWith('\\ ') && line.length > 11) continue;
    if (isEmpty && !line.startsWith('diff ')) continue;
    if (left.old === -1) {
      if (line.startsWith('GIT binary patch') || line.startsWith('Binary files')) {
        isBinary = true;
        left = { ...left, old: 0 };
        text += blobs;
        flush();
        continue;
      }
      if (line.startsWith('index ')) {
        blobs = blobIds(line) ?? blobs;
        continue;
      }
      if (line.startsWith('--- ')) left = { old: 1, new: 1 };
      else if (!/^[a-z]/i.test(line)) break;
    }
    if (isBinary) {
      if (line.startsWith('diff ')) {
        isBinary = false;
        left = { old: -1, new: left.new };
      }
      continue;
    }
    if (left.old === 0 && left.new === 0) {
      if (line.startsWith('@@ -')) {
        left = hunkCounts(line);
        continue;
      }
      if (!line.startsWith('diff ')) break;
      flush();
      left = { old: -1, new: -1 };
    }
    left = {
      old: left.old - (line[0] === '-' || line[0] === ' ' ? 1 : 0),
      new: left.new - (line[0] === '+' || line[0] === ' ' ? 1 : 0),
    };
    text += line.replace(/[ \t\n\r]+/g, '');
    isEmpty = false;
  }
  if (isEmpty) return null;
  flush();
  return Buffer.from(sum).toString('hex');
}

/** `index 1111111..2222222 100644`: both ids in a row. */
function blobIds(line: string): string | undefined {
  const match = /^index (\S{1,64}?)\.\.([^ ]{1,64})/.exec(line.trimEnd());
  return match ? `${match[1]}${match[2]}` : undefined;
}

function hunkCounts(line: string): { old: number; new: number } {
  const match = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))?/.exec(line);
  return { old: Number(match?.[1] ?? 1), new: Number(match?.[2] ?? 1) };
}

/** Adds as numbers of 20 bytes, lowest first; the order of files then does not matter. */
function addDigest(sum: Uint8Array, digest: Uint8Array): void {
  let carry = 0;
  digest.forEach((byte, at) => {
    carry += (sum[at] ?? 0) + byte;
    sum[at] = carry & 0xff;
    carry >>= 8;
  });
}
