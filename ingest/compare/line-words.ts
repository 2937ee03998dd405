/**
 * Line words: which words changed in each line of a diff, where a run of removed lines stands before as many added ones.
 *
 * In: lines with their signs. Out: for each the spans that its counterpart lacks; none where it has no counterpart.
 */
import { changedWords, type Span } from './words.ts';

interface SignedLine {
  readonly kind: '+' | '-' | ' ';
  readonly text: string;
}

export function lineWords(lines: readonly SignedLine[]): (readonly Span[])[] {
  const words: (readonly Span[])[] = lines.map(() => []);
  for (let at = 0; at < lines.length; ) {
    const removed = runOf(lines, at, '-');
    const added = runOf(lines, at + removed, '+');
    if (removed === added) {
      for (let before = at; before < at + removed; before++) {
        const after = before + removed;
        const found = changedWords(lines[before]?.text ?? '', lines[after]?.text ?? '');
        if (!found) continue;
        words[before] = found.before;
        words[after] = found.after;
      }
    }
    at += Math.max(1, removed + added);
  }
  return words;
}

function runOf(lines: readonly SignedLine[], from: number, kind: SignedLine['kind']): number {
  let length = 0;
  while (lines[from + length]?.kind === kind) length++;
  return length;
}
