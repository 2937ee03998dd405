/**
 * Quote depth: how many quote marks stand before a line, and the line without them.
 *
 * In: one line of a body. Out: depth and rest. Only `>` is believed at sight; `|`, `]`, an indented `>` and `Name>`
 * also stand in tables, code and shell output, so they are given apart and ./line-align.ts believes them only
 * where the text is found in an earlier mail.
 */
import { limits } from '../model/limits.ts';

export interface LineDepth {
  /** 0 for the sender's own line. */
  readonly depth: number;
  /** The line without its marks; nothing else is trimmed. */
  readonly text: string;
}

/** Depth by `>` marks, each with at most one blank behind it: `> > x` and `>> x` are both 2 deep. */
export function readDepth(line: string): LineDepth {
  let at = 0;
  let depth = 0;
  while (line[at] === '>' && depth < limits.quoteDepth) {
    depth++;
    at++;
    if (line[at] === ' ') at++;
  }
  return { depth, text: line.slice(at) };
}

/** Initials or a first name before the mark, as Supercite and old readers write it: `AB> text`. */
const nameMark = /^ {0,2}[A-Za-z]{1,12}> ?/;

/** Other marks that can be quote marks: `| text`, `] text`, ` > text`, `AB> text`; undefined where there is none. */
export function findUnsureDepth(line: string): LineDepth | undefined {
  let at = 0;
  let depth = 0;
  while (depth < limits.quoteDepth) {
    const mark = markEnd(line, at);
    if (mark < 0) break;
    depth++;
    at = mark;
  }
  if (depth > 0) return { depth, text: line.slice(at) };
  const name = nameMark.exec(line.slice(0, 20));
  return name ? { depth: 1, text: line.slice(name[0].length) } : undefined;
}

/** End of one `|`, `]` or `>` with up to two blanks before and one behind it, or -1. */
function markEnd(line: string, from: number): number {
  let at = from;
  while (line[at] === ' ' && at - from < 2) at++;
  const mark = line[at];
  if (mark !== '|' && mark !== ']' && mark !== '>') return -1;
  return line[at + 1] === ' ' ? at + 2 : at + 1;
}

/** True for a line with nothing but blanks. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** `[...]`, `...`, `[snip]`, `<snip>`, `(trimmed)`, `8< ----` */
const gap =
  /^[[<({]{0,2} ?(?:\.{2,6}|…|(?:big |large )?(?:snip|snipped|cut|trimmed|skip|skipped|deleted|omitted)\b[^\]>)}]{0,40}) ?[\]>)}]{0,2}$/i;

/** True for a line that only says that text was left out. */
export function isGap(text: string): boolean {
  return gap.test(text.slice(0, 100).trim());
}
