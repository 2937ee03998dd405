/**
 * Quote alignment: who really wrote each quoted span of a reply.
 *
 * In: a reply and its ancestors, nearest first. Out: spans in order, none overlapping, each from one source.
 * A span ends where the depth or the source changes. A source is named only where text proves it; a span whose words
 * no held mail holds keeps `source: null`, since a wrong name is worse than none.
 * Line by line: ./line-align.ts.
 */
import type { Quote } from '../model/review.ts';
import { type AlignedLine, type AncestorText, alignLines, type ReplyText } from './line-align.ts';

/** The quoted spans of a reply. */
export function alignQuotes(reply: ReplyText, ancestors: readonly AncestorText[]): Quote[] {
  return joinQuotes(alignLines(reply, ancestors), ancestors);
}

/** Spans from aligned lines: neighbours with one depth and source. */
export function joinQuotes(
  lines: readonly (AlignedLine | null)[],
  ancestors: readonly AncestorText[],
): Quote[] {
  const quotes: Quote[] = [];
  for (let start = 0; start < lines.length; ) {
    const first = lines[start];
    let end = start + 1;
    if (first) {
      while (end < lines.length && isSameSpan(first, lines[end])) end++;
      quotes.push(makeQuote(lines.slice(start, end), start, ancestors[first.source]?.messageId ?? null));
    }
    start = end;
  }
  return quotes;
}

function isSameSpan(first: AlignedLine, other: AlignedLine | null | undefined): boolean {
  return !!other && other.depth === first.depth && other.source === first.source;
}

function makeQuote(lines: readonly (AlignedLine | null)[], start: number, source: string | null): Quote {
  const written = lines.filter((line) => line !== null);
  const placed = written.filter((line) => line.sourceLine >= 0);
  const base = { start, end: start + lines.length, depth: Math.max(1, written[0]?.marks ?? 1), source };
  if (source === null)
    return { ...base, sourceStart: -1, sourceEnd: -1, rule: 'quote-not-found', confidence: 0 };
  const first = placed[0]?.sourceLine ?? -1;
  const sourceStart = placed.reduce((least, line) => Math.min(least, line.sourceLine), first);
  const sourceEnd = placed.reduce((most, line) => Math.max(most, line.sourceEnd), -1);
  return { ...base, sourceStart, sourceEnd, ...judge(written) };
}

function judge(lines: readonly AlignedLine[]): { readonly rule: string; readonly confidence: number } {
  const isTelling = lines.some((line) => line.isTelling);
  if (lines.some((line) => line.rule === 'line')) {
    return isTelling
      ? { rule: 'quote-same-lines', confidence: 0.99 }
      : { rule: 'quote-short-lines', confidence: 0.85 };
  }
  return isTelling
    ? { rule: 'quote-same-words', confidence: 0.95 }
    : { rule: 'quote-common-words', confidence: 0.7 };
}
