/**
 * Pasted patches: the lines of a reply that are a patch and not its sender's words about one.
 *
 * In: body lines. Out: spans in order: diffs, with the commit message above them where one belongs to them.
 * A reply that shows "how about this" carries the sign-off and the credits of that patch; taken as given, they would
 * stand on the patch under review. Whether the mail as a whole is a posting: ../patch/posting.ts
 */
import { once } from '../model/once.ts';
import { parseDiffLines } from '../patch/diff.ts';
import { findHunk } from '../patch/hunk.ts';
import { isBlank, readDepth } from './quote-depth.ts';

export interface PastedPatch {
  readonly start: number;
  readonly end: number;
  /** First line of the diff itself; `end` where only a message was pasted. */
  readonly diffStart: number;
}

/** The longest commit message that is looked through for its head. */
const longestMessage = 200;
/** `From 0123… Mon Sep 17`, `commit 0123…`, `Subject: [PATCH] x`, `From: A B <a@b>` on a line of its own. */
const messageHead =
  /^(?:From [0-9a-f]{40} |commit [0-9a-f]{7,40}\b|Subject: |Author: |From: .{0,200}@|-{2,60} ?(?:>8|8<|✂))/;

/** `From 0123… Mon Sep 17 00:00:00 2001`: with this line git begins a patch file, with or without a diff in it. */
const fileHead = /^From [0-9a-f]{40} Mon Sep 17 00:00:00 2001/;

/** Begins some line of every patch file, diff or hunk. */
const patchStart = /^(?:From [0-9a-f]|diff -|--- |\*\*\* |Index: |@@ -)/;

/** All patches pasted into the lines, in order, none overlapping. */
export const findPastedPatches = once((lines: readonly string[]): readonly PastedPatch[] => {
  if (!lines.some((line) => patchStart.test(line))) return [];
  const diffs = findDiffs(lines);
  const found: PastedPatch[] = [];
  let at = 0;
  for (const diff of [...diffs, undefined]) {
    const ceiling = diff?.start ?? lines.length;
    while (at < ceiling) {
      const end = fileHead.test((lines[at] ?? '').slice(0, 80)) ? messageEnd(lines, at, ceiling) : at;
      if (end > at) found.push({ start: at, end, diffStart: end });
      at = Math.max(at + 1, end);
    }
    if (diff) found.push(diff);
    at = Math.max(at, diff?.end ?? at);
  }
  return found;
});

/** A message without a diff goes on to the signature, the next quote or the next patch. */
function messageEnd(lines: readonly string[], start: number, ceiling: number): number {
  let end = start;
  while (end < ceiling && lines[end] !== '-- ' && readDepth(lines[end] ?? '').depth === 0) end++;
  return Math.max(end, start + 1);
}

/** Diffs of files, and hunks that somebody cut out of one. */
function findDiffs(lines: readonly string[]): PastedPatch[] {
  const files = findFileDiffs(lines);
  const found: PastedPatch[] = [];
  let at = 0;
  for (const file of [...files, { start: lines.length, end: lines.length, diffStart: lines.length }]) {
    while (at < file.start) {
      const end = findHunk(lines, at)?.end ?? -1;
      if (end > at) found.push({ start: at, end: Math.min(end, file.start), diffStart: at });
      at = Math.max(at + 1, end);
    }
    if (file.start < lines.length) found.push(file);
    at = Math.max(at, file.end);
  }
  return found;
}

function findFileDiffs(lines: readonly string[]): PastedPatch[] {
  const found: PastedPatch[] = [];
  for (const file of parseDiffLines(lines).files) {
    const last = found.at(-1);
    if (last && isGapBlank(lines, last.end, file.start)) {
      found[found.length - 1] = { ...last, end: file.end };
      continue;
    }
    found.push({
      start: messageStart(lines, file.start, last?.end ?? 0),
      end: file.end,
      diffStart: file.start,
    });
  }
  return found;
}

function isGapBlank(lines: readonly string[], from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isBlank(lines[at] ?? '')) return false;
  return true;
}

/** First line of the commit message that belongs to a diff, or the diff's own first line. */
function messageStart(lines: readonly string[], diffStart: number, floor: number): number {
  const bottom = Math.max(floor, diffStart - longestMessage);
  let head = -1;
  let separator = -1;
  for (let at = diffStart - 1; at >= bottom; at--) {
    const line = lines[at] ?? '';
    if (readDepth(line).depth > 0) break;
    if (messageHead.test(line.slice(0, 260))) head = at;
    else if (head >= 0 && !isBlank(line)) break;
    if (head < 0 && /^---\s*$/.test(line)) separator = at;
  }
  if (head >= 0) return head;
  return separator >= 0 ? trailersAbove(lines, separator, bottom) : diffStart;
}

/** The paragraph that ends at `---` is the end of a commit message where it holds a sign-off. */
function trailersAbove(lines: readonly string[], separator: number, bottom: number): number {
  let start = separator;
  while (start > bottom && isBlank(lines[start - 1] ?? '')) start--;
  while (start > bottom && !isBlank(lines[start - 1] ?? '')) start--;
  const hasSignOff = lines.slice(start, separator).some((line) => /^signed-off-by:/i.test(line));
  return hasSignOff ? start : separator;
}
