/**
 * Text segments: a mail's body cut into own words, quotes, diff and signature. Pure.
 *
 * In: lines, and the quotes found by the server. Out: segments in order, covering every line once. A quote that is
 * followed by own words was answered there, so its last lines stay open; all else of it is folded. A line with a quote
 * mark that the server could not align is a quote too, by nobody known.
 */
import type { WireQuote } from '../server/wire.ts';

export interface QuoteLine {
  readonly line: number;
  readonly depth: number;
  /** Index into the message's quotes; -1 where it was not aligned. */
  readonly quote: number;
}

export type Segment =
  | { readonly kind: 'own' | 'diff' | 'signature'; readonly start: number; readonly end: number }
  | {
      readonly kind: 'quote';
      readonly start: number;
      readonly end: number;
      readonly lines: readonly QuoteLine[];
      /** How many of the first lines are folded. */
      readonly folded: number;
    };

type Kind = Segment['kind'] | 'blank';

/** Lines of an answered quote that stay open: what the answer speaks of stands right above it. */
const openLines = 6;
/** Folding fewer lines than these hides more than it saves. */
const worthFolding = 3;

export function segmentsOf(
  body: readonly string[],
  quotes: readonly WireQuote[],
  diff: { readonly start: number; readonly end: number } | null,
): Segment[] {
  const quoteAt = quoteByLine(body.length, quotes);
  const kinds = kindsOf(body, quoteAt, diff);
  const segments: Segment[] = [];
  for (let start = 0; start < body.length; ) {
    const kind = kinds[start] ?? 'own';
    let end = start + 1;
    while (end < body.length && kinds[end] === kind) end += 1;
    segments.push(
      kind === 'quote' ? quoteSegment(body, quotes, quoteAt, kinds, start, end) : { kind, start, end },
    );
    start = end;
  }
  return segments;
}

/** How deep the quote marks before a line go: `> > text` has 2. */
export function markDepth(line: string): number {
  let depth = 0;
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '>') depth += 1;
    else if (line[at] !== ' ') break;
  }
  return depth;
}

function quoteByLine(length: number, quotes: readonly WireQuote[]): Int32Array {
  const found = new Int32Array(length).fill(-1);
  quotes.forEach(({ start, end }, at) => {
    found.fill(at, Math.max(0, start), Math.min(end, length));
  });
  return found;
}

function kindsOf(
  body: readonly string[],
  quoteAt: Int32Array,
  diff: { readonly start: number; readonly end: number } | null,
): Segment['kind'][] {
  const signature = signatureStart(body, diff?.end ?? 0);
  const kinds = body.map((line, at): Kind => {
    if (diff && at >= diff.start && at < diff.end) return 'diff';
    if (at >= signature) return 'signature';
    if ((quoteAt[at] ?? -1) >= 0 || line.startsWith('>')) return 'quote';
    return line.trim() === '' ? 'blank' : 'own';
  });
  return joinBlanks(kinds);
}

/** Blank lines between two quotes are part of the quote; all others go with own words. */
function joinBlanks(kinds: readonly Kind[]): Segment['kind'][] {
  const joined: Segment['kind'][] = [];
  for (let at = 0; at < kinds.length; ) {
    let end = at;
    while (kinds[end] === 'blank') end += 1;
    const isWithin = end > at && joined.at(-1) === 'quote' && kinds[end] === 'quote';
    for (; at < end; at += 1) joined.push(isWithin ? 'quote' : 'own');
    const kind = kinds[at];
    if (kind !== undefined && kind !== 'blank') joined.push(kind);
    at += 1;
  }
  return joined.slice(0, kinds.length);
}

function signatureStart(body: readonly string[], from: number): number {
  const at = body.findLastIndex((line, index) => index >= from && (line === '-- ' || line === '--'));
  return at >= 0 && body.length - at <= 20 ? at : body.length;
}

function quoteSegment(
  body: readonly string[],
  quotes: readonly WireQuote[],
  quoteAt: Int32Array,
  kinds: readonly Segment['kind'][],
  start: number,
  end: number,
): Segment {
  const lines: QuoteLine[] = [];
  let depth = 1;
  for (let line = start; line < end; line += 1) {
    const quote = quoteAt[line] ?? -1;
    depth = quotes[quote]?.depth ?? (markDepth(body[line] ?? '') || depth);
    lines.push({ line, depth, quote });
  }
  const kept = isAnswered(body, kinds, end) ? openLines : 0;
  let hidden = Math.max(0, lines.length - kept);
  // What stays open begins with words.
  while (kept > 0 && hidden > 0 && hidden < lines.length && !hasWords(body[start + hidden] ?? ''))
    hidden += 1;
  return { kind: 'quote', start, end, lines, folded: hidden >= worthFolding || kept === 0 ? hidden : 0 };
}

function hasWords(line: string): boolean {
  for (const char of line) if (char !== '>' && char !== ' ' && char !== '\t') return true;
  return false;
}

/** Own words follow, and they are more than the line that introduces the next quote. */
function isAnswered(body: readonly string[], kinds: readonly Segment['kind'][], end: number): boolean {
  let at = end;
  while (at < body.length && kinds[at] === 'own' && body[at]?.trim() === '') at += 1;
  if (kinds[at] !== 'own') return false;
  const isIntroduction = body[at]?.trimEnd().endsWith(':') === true && kinds[at + 1] === 'quote';
  return !isIntroduction;
}
