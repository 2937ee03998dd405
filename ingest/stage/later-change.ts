/**
 * Later change: what became of the lines that a comment is about, in the newest version of the patch.
 *
 * In: the anchored lines, and the newest later posting of the same patch. Out: one word. Lines are compared without
 * blanks and diff signs of context, so that moved or re-indented code counts as unchanged: silence beats a wrong claim.
 */
import { once } from '../model/once.ts';
import type { LaterChange } from '../reply/point-status.ts';

/**
 * The newest later posting of a patch: its lines, or that the patch was dropped, or that nothing came later; of a cover
 * only that a newer revision was sent.
 */
export type Successor =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'followed' }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'none' };

/** Shorter lines (`}`, blank ones) occur everywhere and say nothing. */
const tellingLength = 4;
/** A comment is about the lines just above it; those farther up, beyond so many letters, lead to them. */
const nearLength = 20;

export function laterChange(anchored: readonly string[], successor: Successor): LaterChange {
  if (successor.kind === 'none') return 'unknown';
  if (successor.kind === 'followed' || anchored.length === 0) return 'followed';
  if (successor.kind === 'dropped') return 'gone';
  const wanted = nearest(anchored.map(even).filter((line) => line.length >= tellingLength));
  if (wanted.length === 0) return 'unknown';
  const held = evenLines(successor.lines);
  return wanted.every((line) => held.has(line)) ? 'unchanged' : 'changed';
}

function nearest(lines: readonly string[]): string[] {
  let letters = 0;
  return lines.toReversed().filter((line) => {
    const isNear = letters < nearLength;
    letters += line.length;
    return isNear;
  });
}

/** One revision answers many comments. */
const evenLines = once((lines: readonly string[]): ReadonlySet<string> => new Set(lines.map(even)));

/** A line of code without blanks; a context sign is a blank, signs of change stay. */
function even(line: string): string {
  return line.replace(/\s+/g, '');
}
