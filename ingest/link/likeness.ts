/**
 * Likeness: how much two postings look like one patch, by what they hold, not by who links them.
 *
 * In: two postings. Out: plain measures from 0 to 1, which the rules weigh (./weights.ts). All sets are the
 * bounded hash samples of a posting (smallest hashes kept), so overlaps are estimates for very large patches.
 */
import { once } from '../model/once.ts';
import type { FileChange, Posting } from '../model/posting.ts';

export interface Likeness {
  readonly isTitleSame: boolean;
  /** Share of title words in common (Dice). */
  readonly title: number;
  readonly isDiffSame: boolean;
  /** Share of changed paths in common (Jaccard), with renamed paths counted by both names. */
  readonly files: number;
  readonly areFilesSame: boolean;
  /** Share of added and removed lines in common, of the smaller patch; 0 where either has none. */
  readonly lines: number;
  /** The same, of the larger patch: low where one patch is a part of the other. */
  readonly linesOfLarger: number;
  /** How many lines the smaller patch has. */
  readonly linesOfSmaller: number;
  /** Share of commit message words in common (Dice). */
  readonly words: number;
}

export function likeness(a: Posting, b: Posting): Likeness {
  const lines = overlapOfSorted(a.lineHashes, b.lineHashes);
  const words = overlapOfSorted(a.wordHashes, b.wordHashes);
  const files = fileOverlap(a.files, b.files);
  return {
    isTitleSame: a.subject.titleKey !== '' && a.subject.titleKey === b.subject.titleKey,
    title: titleLikeness(a.subject.titleKey, b.subject.titleKey),
    isDiffSame: a.patchId !== null && a.patchId === b.patchId,
    files,
    areFilesSame: files === 1,
    lines: share(lines, Math.min(a.lineHashes.length, b.lineHashes.length)),
    linesOfLarger: share(lines, Math.max(a.lineHashes.length, b.lineHashes.length)),
    linesOfSmaller: Math.min(a.lineHashes.length, b.lineHashes.length),
    words: share(2 * words, a.wordHashes.length + b.wordHashes.length),
  };
}

/** How much two patches change the same lines and files, 0 to 2. */
export function diffLikeness(a: Posting, b: Posting): number {
  const lines = overlapOfSorted(a.lineHashes, b.lineHashes);
  return share(lines, Math.min(a.lineHashes.length, b.lineHashes.length)) + fileOverlap(a.files, b.files);
}

/** Dice coefficient of two titles' words; identifiers are cut at `_`, `/`, `:` and case changes do not count. */
export function titleLikeness(a: string, b: string): number {
  const left = titleWords(a);
  const right = titleWords(b);
  if (left.size === 0 || right.size === 0) return 0;
  let common = 0;
  for (const word of left) if (right.has(word)) common++;
  return (2 * common) / (left.size + right.size);
}

/** Titles are compared with many others: their words are kept, and forgotten all at once. */
const titlesKept = 5000;
const wordsOf = new Map<string, ReadonlySet<string>>();

/** The words of a title as a set. */
export function titleWords(title: string): ReadonlySet<string> {
  const known = wordsOf.get(title);
  if (known) return known;
  if (wordsOf.size >= titlesKept) wordsOf.clear();
  const words = new Set(
    title
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1),
  );
  wordsOf.set(title, words);
  return words;
}

/** How many members two ascending lists have in common. */
export function overlapOfSorted(a: Uint32Array, b: Uint32Array): number {
  let common = 0;
  let left = 0;
  let right = 0;
  while (left < a.length && right < b.length) {
    const difference = (a[left] ?? 0) - (b[right] ?? 0);
    if (difference === 0) {
      common++;
      left++;
      right++;
    } else if (difference < 0) left++;
    else right++;
  }
  return common;
}

function fileOverlap(a: readonly FileChange[], b: readonly FileChange[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const left = pathsOf(a);
  const right = pathsOf(b);
  let common = 0;
  for (const path of left) if (right.has(path)) common++;
  return common / (left.size + right.size - common);
}

const pathsOf = once((files: readonly FileChange[]) => new Set(files.map((file) => file.path)));

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
