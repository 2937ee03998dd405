/**
 * Range-diff: how a series changed from one revision to another, patch by patch.
 *
 * In: the texts of two revisions' patches and which are one patch (lineages decide that, not likeness of the diffs, so
 * a rewritten patch is still compared with its former self). Out: pairs in the order of the new revision, old ones that
 * are gone before the place where they stood, each with the diff of the two texts. Marks are git range-diff's.
 */
import { diffArrays } from 'diff';
import { lineWords } from './line-words.ts';
import type { Span } from './words.ts';

/** A patch as it is compared: message and diff without what changes by itself (line numbers, index lines). */
export interface PatchText {
  readonly messageId: string;
  readonly lineage: string;
  readonly position: number;
  readonly title: string;
  readonly lines: readonly string[];
}

export interface RangeLine {
  readonly kind: '+' | '-' | ' ';
  readonly text: string;
  /** Changed words, as [start, end) offsets into `text`. */
  readonly words: readonly Span[];
}

export interface RangePair {
  readonly lineage: string;
  readonly old: PatchText | null;
  readonly new: PatchText | null;
  readonly mark: '=' | '!' | '<' | '>';
  readonly lines: readonly RangeLine[];
  /** True where the texts differ so much that the whole old text is shown before the whole new one. */
  readonly isCut: boolean;
}

/** Edit distance after which two texts count as replaced: bounds time (jsdiff is quadratic in it). */
const textEdits = 4000;
/** Unchanged lines shown around a change, as git range-diff does. */
const contextLines = 3;

export function rangeDiff(older: readonly PatchText[], newer: readonly PatchText[]): RangePair[] {
  const oldByLineage = new Map(older.map((patch) => [patch.lineage, patch]));
  const kept = new Set(newer.map((patch) => patch.lineage));
  const gone = older.filter((patch) => !kept.has(patch.lineage));
  const pairs: RangePair[] = [];
  let nextGone = 0;
  for (const patch of newer) {
    const old = oldByLineage.get(patch.lineage) ?? null;
    for (let lost = gone[nextGone]; old && lost && lost.position < old.position; lost = gone[++nextGone]) {
      pairs.push(pairOf(lost, null));
    }
    pairs.push(pairOf(old, patch));
  }
  return [...pairs, ...gone.slice(nextGone).map((patch) => pairOf(patch, null))];
}

function pairOf(old: PatchText | null, now: PatchText | null): RangePair {
  const lineage = (now ?? old)?.lineage ?? '';
  if (!old || !now) return { lineage, old, new: now, mark: now ? '>' : '<', lines: [], isCut: false };
  const changes = diffArrays([...old.lines], [...now.lines], { maxEditLength: textEdits });
  if (!changes)
    return { lineage, old, new: now, mark: '!', lines: replaced(old.lines, now.lines), isCut: true };
  const lines = changes.flatMap(({ value, added, removed }) =>
    value.map((text): RangeLine => ({ kind: added ? '+' : removed ? '-' : ' ', text, words: [] })),
  );
  const isSame = lines.every((line) => line.kind === ' ');
  return {
    lineage,
    old,
    new: now,
    mark: isSame ? '=' : '!',
    lines: isSame ? [] : withWords(nearChanges(lines)),
    isCut: false,
  };
}

function replaced(old: readonly string[], now: readonly string[]): RangeLine[] {
  const as =
    (kind: '+' | '-') =>
    (text: string): RangeLine => ({ kind, text, words: [] });
  return [...old.map(as('-')), ...now.map(as('+'))];
}

/** Leaves out unchanged lines far from every change. */
function nearChanges(lines: readonly RangeLine[]): RangeLine[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, at) => {
    if (line.kind === ' ') return;
    near.fill(1, Math.max(0, at - contextLines), Math.min(lines.length, at + contextLines + 1));
  });
  return lines.filter((_, at) => near[at] === 1);
}

function withWords(lines: readonly RangeLine[]): RangeLine[] {
  const words = lineWords(lines);
  return lines.map((line, at) => ({ ...line, words: words[at] ?? [] }));
}
