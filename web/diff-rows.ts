/**
 * Diff rows: lines of a diff put side by side. Pure.
 *
 * A run of removed lines stands against the run of added ones that follows it; what has no counterpart stands alone.
 */
export interface SidedLine {
  readonly kind: '+' | '-' | ' ';
}

export interface Row<Line> {
  readonly left: Line | null;
  readonly right: Line | null;
}

export function splitRows<Line extends SidedLine>(lines: readonly Line[]): Row<Line>[] {
  const rows: Row<Line>[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at];
    if (line?.kind === ' ') {
      rows.push({ left: line, right: line });
      at += 1;
      continue;
    }
    const removed = run(lines, at, '-');
    const added = run(lines, at + removed.length, '+');
    for (let row = 0; row < Math.max(removed.length, added.length); row += 1) {
      rows.push({ left: removed[row] ?? null, right: added[row] ?? null });
    }
    at += removed.length + added.length;
  }
  return rows;
}

function run<Line extends SidedLine>(lines: readonly Line[], from: number, kind: '+' | '-'): Line[] {
  let end = from;
  while (lines[end]?.kind === kind) end += 1;
  return lines.slice(from, end);
}

/** A span of a line's text with the class it is drawn in. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly tone: string;
}

/** Text cut at its marks; marks that overlap an earlier one are left out. */
export function cutAtMarks(text: string, marks: readonly Mark[]): { text: string; tone: string }[] {
  const pieces: { text: string; tone: string }[] = [];
  let at = 0;
  for (const { start, end, tone } of [...marks].sort((a, b) => a.start - b.start)) {
    if (start < at || end <= start || start >= text.length) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), tone: '' });
    pieces.push({ text: text.slice(start, end), tone });
    at = Math.min(end, text.length);
  }
  if (at < text.length || pieces.length === 0) pieces.push({ text: text.slice(at), tone: '' });
  return pieces;
}

/** Marks that lie under others are cut to what can still be seen. */
export function overlay(top: readonly Mark[], under: readonly Mark[]): Mark[] {
  if (top.length === 0) return [...under];
  let left = [...under];
  for (const { start, end } of top) {
    left = left.flatMap((mark) => {
      if (mark.end <= start || mark.start >= end) return [mark];
      return [
        { ...mark, end: Math.min(mark.end, start) },
        { ...mark, start: Math.max(mark.start, end) },
      ].filter((piece) => piece.start < piece.end);
    });
  }
  return [...top, ...left];
}
