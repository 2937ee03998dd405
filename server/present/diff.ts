/**
 * Diffs: files and hunks of a patch for a page, each line with its numbers in both files and its place in the mail.
 *
 * Reading them: ingest/patch/diff.ts. A hunk's header is written anew from its numbers, since mail programs break it.
 */

import { lineWords } from '../../ingest/compare/line-words.ts';
import { parseDiff } from '../../ingest/patch/diff.ts';
import type { Diff, Hunk } from '../../ingest/patch/diff-types.ts';
import type { DiffFile, DiffLine } from '../wire.ts';

/** The lines of a body that are diff; null where none are. */
export function diffSpan(body: string): { start: number; end: number } | null {
  const { start, end } = parseDiff(body);
  return start < 0 ? null : { start, end };
}

export function presentDiffFiles(diff: Diff): DiffFile[] {
  return diff.files.map(({ change, hunks }) => ({
    path: change.path,
    oldPath: change.oldPath,
    status: change.status,
    added: change.added,
    removed: change.removed,
    hunks: hunks.map((hunk) => ({ header: hunkHeader(hunk), lines: numberLines(hunk) })),
  }));
}

/** True where lines are missing or broken, so that `git am` would refuse it. */
export function isCorrupt(diff: Diff): boolean {
  return (
    diff.troubles.length > 0 ||
    diff.files.some((file) => file.hunks.some((hunk) => hunk.isDamaged || !hunk.isComplete))
  );
}

function hunkHeader({ oldStart, oldCount, newStart, newCount, heading }: Hunk): string {
  const side = (start: number, count: number) => (count === 1 ? String(start) : `${start},${count}`);
  return `@@ -${side(oldStart, oldCount)} +${side(newStart, newCount)} @@${heading && ` ${heading}`}`;
}

function numberLines(hunk: Hunk): DiffLine[] {
  let [oldLine, newLine] = [hunk.oldStart, hunk.newStart];
  const words = lineWords(hunk.lines);
  return hunk.lines.map(({ line, kind, text }, at) => ({
    kind,
    text,
    words: (words[at] ?? []).map(([start, end]): [number, number] => [start, end]),
    oldLine: kind === '+' ? null : oldLine++,
    newLine: kind === '-' ? null : newLine++,
    bodyLine: line,
  }));
}
