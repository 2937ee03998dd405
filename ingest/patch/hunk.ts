/**
 * Hunks: the lines behind `@@ -1,7 +1,8 @@`, counted down as the `@@` line says.
 *
 * In: body lines and the line of the `@@`. Out: the hunk, or undefined where there is none. Counts decide where it ends,
 * because `-- ` may be a signature or the removed line `- `, and `--- x` the removed line `-- x`. Where lines are missing
 * it ends at what cannot belong to it; where a mail program broke lines they are joined.
 * What stands before: ./diff-header.ts. The whole diff: ./diff.ts
 */
import { limits } from '../model/limits.ts';
import { isSidePair } from './diff-header.ts';
import type { DiffLine, Hunk } from './diff-types.ts';

/** `@@ -63,7 +63,8 @@ int main(void)` */
const hunkPattern = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(.*)$/;
/** More broken pieces in a row than this are prose behind a hunk that lost its end. */
const piecesInRow = 2;

/** Reads the hunk at line `at`. */
export function findHunk(lines: readonly string[], at: number): Hunk | undefined {
  const match = hunkPattern.exec(lines[at]?.trimEnd() ?? '');
  if (!match) return undefined;
  const counts = { old: Number(match[2] ?? 1), new: Number(match[4] ?? 1) };
  const body = bestReading(lines, at + 1, counts);
  return {
    start: at,
    end: skipNoNewline(lines, body.end),
    oldStart: Number(match[1]),
    oldCount: counts.old,
    newStart: Number(match[3]),
    newCount: counts.new,
    heading: [match[5] ?? '', ...lines.slice(at + 1, body.start)].join(' ').trim(),
    lines: body.lines,
    isComplete: body.isComplete,
    isDamaged: body.isDamaged,
  };
}

/**
 * As written, else with the end of a broken heading left out, else with context that lost its blanks: the first reading
 * that fits the counts.
 */
function bestReading(lines: readonly string[], from: number, counts: Counts): HunkBody {
  const asWritten = readLines(lines, from, counts, false);
  if (asWritten.isComplete) return asWritten;
  const isHeadingBroken = kindOf(lines[from] ?? '') === undefined;
  const withoutHeading = isHeadingBroken ? readLines(lines, from + 1, counts, false) : null;
  if (withoutHeading?.isComplete) return { ...withoutHeading, isDamaged: true };
  const stripped = readLines(lines, from, counts, true);
  return stripped.isComplete ? stripped : asWritten;
}

interface Counts {
  readonly old: number;
  readonly new: number;
}

interface HunkBody {
  readonly start: number;
  readonly lines: DiffLine[];
  readonly end: number;
  readonly isComplete: boolean;
  readonly isDamaged: boolean;
}

function readLines(
  lines: readonly string[],
  from: number,
  counts: Counts,
  isUnsignedContext: boolean,
): HunkBody {
  const found: DiffLine[] = [];
  let { old: oldLeft, new: newLeft } = counts;
  let isDamaged = false;
  let pieces = 0;
  let at = from;
  const end = Math.min(lines.length, from + limits.diffLines);
  for (; at < end && (oldLeft > 0 || newLeft > 0); at++) {
    const raw = lines[at] ?? '';
    if (raw.startsWith('\\ ')) continue;
    const sign = kindOf(raw);
    const kind = sign ?? (isUnsignedContext ? ' ' : undefined);
    const needsOld = kind !== '+';
    const needsNew = kind !== '-';
    const fits = (!needsOld || oldLeft > 0) && (!needsNew || newLeft > 0);
    if (kind && fits && !endsEarly(lines, at)) {
      found.push({ line: at, kind, text: sign ? raw.slice(1) : raw });
      if (needsOld) oldLeft--;
      if (needsNew) newLeft--;
      isDamaged ||= raw === '' || !sign;
      pieces = 0;
      continue;
    }
    const last = found.at(-1);
    if (kind || !last || pieces === piecesInRow || endsEarly(lines, at)) break;
    found[found.length - 1] = { ...last, text: joinPiece(last.text, raw) };
    isDamaged = true;
    pieces++;
  }
  const isComplete = oldLeft === 0 && newLeft === 0;
  return isComplete
    ? { start: from, lines: found, end: at, isComplete, isDamaged }
    : { start: from, ...withoutTail(found, at), isComplete, isDamaged };
}

/** An empty line is a context line whose blank was stripped. */
function kindOf(raw: string): DiffLine['kind'] | undefined {
  const sign = raw[0];
  if (sign === undefined || sign === '\r') return ' ';
  return sign === '+' || sign === '-' || sign === ' ' ? sign : undefined;
}

/** True at lines that begin something else although the counts ask for more. */
function endsEarly(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (line.startsWith('diff --git ') || hunkPattern.test(line)) return true;
  if (line === '-- ' && /^\d{1,2}\.\d/.test(lines[at + 1] ?? '')) return true;
  return isSidePair(lines, at);
}

function joinPiece(text: string, piece: string): string {
  return text.endsWith(' ') ? text + piece : `${text} ${piece}`;
}

/** A hunk that lost its end took blank lines behind it for context. */
function withoutTail(found: readonly DiffLine[], at: number): { lines: DiffLine[]; end: number } {
  let kept = found.length;
  while (kept > 0 && found[kept - 1]?.text.trim() === '' && found[kept - 1]?.kind === ' ') kept--;
  const cut = found[kept];
  return { lines: found.slice(0, kept), end: cut ? cut.line : at };
}

/** `\ No newline at end of file`, in any language. */
function skipNoNewline(lines: readonly string[], at: number): number {
  return lines[at]?.startsWith('\\ ') ? at + 1 : at;
}
