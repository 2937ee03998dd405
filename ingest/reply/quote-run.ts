/**
 * Quote runs: quoted lines of one depth in a row, and in which earlier mails each of them stands.
 *
 * In: lines of a reply and the indexes of earlier mails. Out: runs; for each line the share that a source holds of it.
 * A line is held whole, by its key. Only where no source holds it, its words are looked for three at a time, across the
 * ends of lines, so that text broken anew is found. Choosing among the sources: ./source-path.ts
 */
import { keyWeight, lineWords } from './line-key.ts';
import type { OwnIndex, WordPlace } from './own-index.ts';
import type { ReplyLine } from './reply-line.ts';
import type { PathLine } from './source-path.ts';

/** Neighbouring lines of one depth. */
export interface QuoteRun {
  readonly depth: number;
  /** Lines of the reply that are not blank. */
  readonly lines: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** All runs of a reply, in order. */
export function findRuns(lines: readonly ReplyLine[]): QuoteRun[] {
  const runs: QuoteRun[] = [];
  for (let start = 0; start < lines.length; ) {
    const depth = lines[start]?.depth ?? 0;
    let end = start + 1;
    while (end < lines.length && lines[end]?.depth === depth) end++;
    if (depth > 0) {
      const telling: number[] = [];
      for (let at = start; at < end; at++) if (lines[at]?.key !== '') telling.push(at);
      runs.push({ depth, lines: telling, start, end });
    }
    start = end;
  }
  return runs;
}

/** What each source holds of the lines of a run that are not blank. */
export function pathLines(
  run: QuoteRun,
  lines: readonly ReplyLine[],
  indexes: readonly OwnIndex[],
): PathLine[] {
  const keys = run.lines.map((at) => lines[at]?.key ?? '');
  const held = keys.map((key) => indexes.map((index) => index.places.has(key)));
  const byWords = held.some((sources) => !sources.includes(true)) ? shareOfWords(run, lines, indexes) : null;
  let before: (readonly number[])[] = indexes.map(() => []);
  return keys.map((key, place) => {
    const isHeld = held[place] ?? [];
    const now = indexes.map((index, source) =>
      isHeld[source] ? successors(index, key, before[source] ?? []) : { next: [], follows: false },
    );
    before = now.map((step) => step.next);
    return {
      weight: keyWeight(key),
      found: isHeld.includes(true)
        ? isHeld.map((holds) => (holds ? 1 : 0))
        : indexes.map((_, source) => byWords?.[source]?.[place] ?? 0),
      follows: now.map((step) => step.follows),
    };
  });
}

/** Where a line can stand in a source, given where the line before it can: the places behind it, else any. */
function successors(
  index: OwnIndex,
  key: string,
  before: readonly number[],
): { readonly next: readonly number[]; readonly follows: boolean } {
  const next = before.filter((ordinal) => index.keys[ordinal + 1] === key).map((ordinal) => ordinal + 1);
  if (next.length > 0) return { next, follows: true };
  return { next: (index.places.get(key) ?? []).slice(0, 64), follows: false };
}

/** By source, the share of each line's words that stand there with the words beside them; small shares are chance. */
function shareOfWords(run: QuoteRun, lines: readonly ReplyLine[], indexes: readonly OwnIndex[]): number[][] {
  const words: string[] = [];
  const ends: number[] = [];
  for (const at of run.lines) {
    for (const word of lineWords(lines[at]?.text ?? '')) words.push(word);
    ends.push(words.length);
  }
  return indexes.map((index) => {
    const isCovered = coveredWords(words, index.wordPlaces());
    return ends.map((end, place) => {
      const start = place === 0 ? 0 : (ends[place - 1] ?? 0);
      let covered = 0;
      for (let at = start; at < end; at++) if (isCovered[at]) covered++;
      const share = end > start ? covered / (end - start) : 0;
      return share < 0.6 ? 0 : share * 0.9;
    });
  });
}

function coveredWords(words: readonly string[], places: ReadonlyMap<string, WordPlace>): boolean[] {
  const isCovered = new Array<boolean>(words.length).fill(false);
  for (let at = 0; at + 2 < words.length; at++) {
    if (!places.has(`${words[at]} ${words[at + 1]} ${words[at + 2]}`)) continue;
    isCovered[at] = true;
    isCovered[at + 1] = true;
    isCovered[at + 2] = true;
  }
  return isCovered;
}
