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

/** The lines of a run that are not blank, as the sources hold them. */
export interface RunPath {
  /** Sources that hold anything of the run; the others can never be the best for any line of it. */
  readonly sources: readonly number[];
  /** One line each, with what each of these sources holds of it. */
  readonly lines: readonly PathLine[];
}

/** What the sources hold of the lines of a run; `holders` gives those that hold a key as a whole. */
export function pathLines(
  run: QuoteRun,
  lines: readonly ReplyLine[],
  indexes: readonly OwnIndex[],
  holders: (key: string) => readonly number[],
): RunPath {
  const keys = run.lines.map((at) => lines[at]?.key ?? '');
  const held = keys.map(holders);
  const byWords = held.some((sources) => sources.length === 0)
    ? shareOfWords(run, lines, indexes, held)
    : new Map<number, number[]>();
  const sources = [...new Set([...held.flat(), ...byWords.keys()])].sort((a, b) => a - b);
  let before: (readonly number[])[] = sources.map(() => []);
  const path = keys.map((key, place): PathLine => {
    const mine = held[place] ?? [];
    const now = sources.map((source, at) => {
      const index = mine.includes(source) ? indexes[source] : undefined;
      return index ? successors(index, key, before[at] ?? []) : notHere;
    });
    before = now.map((step) => step.next);
    return {
      weight: keyWeight(key),
      found: sources.map((source) =>
        mine.length > 0 ? Number(mine.includes(source)) : (byWords.get(source)?.[place] ?? 0),
      ),
      follows: now.map((step) => step.follows),
    };
  });
  return { sources, lines: path };
}

interface Step {
  readonly next: readonly number[];
  readonly follows: boolean;
}

const notHere: Step = { next: [], follows: false };

/** Where a line can stand in a source, given where the line before it can: the places behind it, else any. */
function successors(index: OwnIndex, key: string, before: readonly number[]): Step {
  const next = before.filter((ordinal) => index.keys[ordinal + 1] === key).map((ordinal) => ordinal + 1);
  if (next.length > 0) return { next, follows: true };
  return { next: (index.places.get(key) ?? []).slice(0, 64), follows: false };
}

/**
 * By source, the share of each line's words that stand there with the words beside them; small shares are chance. Only
 * lines that no source holds as a whole are looked at, and only sources that hold enough of one are given.
 */
function shareOfWords(
  run: QuoteRun,
  lines: readonly ReplyLine[],
  indexes: readonly OwnIndex[],
  held: readonly (readonly number[])[],
): Map<number, number[]> {
  const words: string[] = [];
  const ends: number[] = [];
  for (const at of run.lines) {
    for (const word of lineWords(lines[at]?.text ?? '')) words.push(word);
    ends.push(words.length);
  }
  const spans = ends.map((end, place) => ({ start: place === 0 ? 0 : (ends[place - 1] ?? 0), end }));
  const threes = new Array<string | undefined>(words.length);
  spans.forEach(({ start, end }, place) => {
    if (held[place]?.length !== 0) return;
    // Words at the ends of a line stand in threes that begin or end in the lines beside it.
    for (let at = Math.max(0, start - 2); at < end && at + 2 < words.length; at++) {
      threes[at] ??= `${words[at]} ${words[at + 1]} ${words[at + 2]}`;
    }
  });
  const shares = new Map<number, number[]>();
  indexes.forEach((index, source) => {
    const isCovered = coveredWords(threes, index.wordPlaces());
    const mine = spans.map(({ start, end }, place) => {
      if (held[place]?.length !== 0) return 0;
      let covered = 0;
      for (let at = start; at < end; at++) if (isCovered[at]) covered++;
      const share = end > start ? covered / (end - start) : 0;
      return share < 0.6 ? 0 : share * 0.9;
    });
    if (mine.some((share) => share > 0)) shares.set(source, mine);
  });
  return shares;
}

function coveredWords(
  threes: readonly (string | undefined)[],
  places: ReadonlyMap<string, WordPlace>,
): boolean[] {
  const isCovered = new Array<boolean>(threes.length).fill(false);
  for (let at = 0; at + 2 < threes.length; at++) {
    const three = threes[at];
    if (three === undefined || !places.has(three)) continue;
    isCovered[at] = true;
    isCovered[at + 1] = true;
    isCovered[at + 2] = true;
  }
  return isCovered;
}
