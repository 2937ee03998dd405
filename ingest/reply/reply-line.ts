/**
 * Reply lines: a reply's body taken apart into own and quoted lines, by every mark that can be one.
 *
 * In: body lines, and whether an earlier mail holds a line. Out: depth, text and key of each line.
 * An unsure mark (`|`, `]`, an indented `>`, initials) is a quote only where two lines in a row are held by an earlier
 * mail, or a long one is: tables and code use the same signs.
 */
import { once } from '../model/once.ts';
import { keyWeight, lineKey } from './line-key.ts';
import { findUnsureDepth, readDepth } from './quote-depth.ts';
import { findUnmarkedQuotes } from './unmarked-quote.ts';

export interface ReplyLine {
  /** How many mails up the words are, by marks and header blocks. */
  readonly depth: number;
  /** How many quote marks stand before the line: less than the depth below a header block of Outlook. */
  readonly marks: number;
  /** Without quote marks. */
  readonly text: string;
  readonly key: string;
}

/** Every line with its depth by `>` marks alone. */
export const splitMarks = once((lines: readonly string[]): readonly ReplyLine[] =>
  lines.map((line) => {
    const { depth, text } = readDepth(line);
    return { depth, marks: depth, text, key: lineKey(text) };
  }),
);

/** Every line of a reply with its depth. */
export function splitReply(lines: readonly string[], isHeld: (key: string) => boolean): ReplyLine[] {
  const split = [...splitMarks(lines)];
  markUnmarked(lines, split);
  markUnsure(split, isHeld);
  return split;
}

function markUnmarked(lines: readonly string[], split: ReplyLine[]): void {
  const blocks = findUnmarkedQuotes(lines);
  blocks.forEach(({ start }, before) => {
    const end = blocks[before + 1]?.headerStart ?? lines.length;
    for (let at = start; at < end; at++) {
      const line = split[at];
      if (line) split[at] = { ...line, depth: line.depth + before + 1 };
    }
  });
}

function markUnsure(split: ReplyLine[], isHeld: (key: string) => boolean): void {
  const unsure = split.map((line) => {
    const found = line.key === '' ? undefined : findUnsureDepth(line.text);
    if (!found || isHeld(line.key)) return undefined;
    const key = lineKey(found.text);
    return isHeld(key)
      ? { depth: line.depth + found.depth, marks: line.marks + found.depth, text: found.text, key }
      : undefined;
  });
  unsure.forEach((found, at) => {
    if (!found) return;
    const hasNeighbour = unsure[at - 1] !== undefined || unsure[at + 1] !== undefined;
    if (hasNeighbour || keyWeight(found.key) === 1) split[at] = found;
  });
}
