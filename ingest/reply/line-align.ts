/**
 * Line alignment: for each quoted line of a reply, the earlier mail and line whose own words it repeats.
 *
 * In: the reply's body lines and its ancestors, nearest first. Out: one entry a line; null for the reply's own lines.
 * The text decides, not the depth: who quotes a grandparent directly, or joins two mails, marks both once. Depth,
 * attribution lines and the rest of the reply only decide between mails that hold the same line.
 * Spans are made of this by ./quote-align.ts, comments are anchored with it by ./point.ts.
 */
import { limits } from '../model/limits.ts';
import { findAttributionAbove } from './attribution.ts';
import { type AncestorSender, findNamedSource } from './attribution-source.ts';
import { keyWeight, lineWords } from './line-key.ts';
import { placeLines } from './line-place.ts';
import { indexOwnLines, type OwnIndex } from './own-index.ts';
import { type ReplyLine, splitReply } from './reply-line.ts';
import { chooseSources, type PathLine } from './source-path.ts';

export interface ReplyText {
  readonly messageId: string;
  readonly lines: readonly string[];
}

export interface AncestorText extends ReplyText, AncestorSender {}

/** How a line's source was found. */
export type LineRule = 'line' | 'words' | 'neighbour' | 'none';

export interface AlignedLine {
  /** How many mails up the words are, by marks and header blocks. */
  readonly depth: number;
  /** Quote marks before the line; 0 in a quote without marks. */
  readonly marks: number;
  /** Position in the ancestors, or -1. */
  readonly source: number;
  /** Body line of the source, or -1. */
  readonly sourceLine: number;
  readonly rule: LineRule;
  /** True where the line could be from this source only, and says something. */
  readonly isTelling: boolean;
}

/** A run of lines of one depth, under way to its sources. */
interface Run {
  readonly depth: number;
  /** Lines of the reply that are not blank. */
  readonly lines: readonly number[];
  readonly start: number;
  readonly end: number;
}

interface Sources {
  readonly ancestors: readonly AncestorText[];
  readonly indexes: readonly OwnIndex[];
}

/** Aligns every line of a reply. Ancestors are nearest first; those beyond limits.quoteSources are left out. */
export function alignLines(reply: ReplyText, ancestors: readonly AncestorText[]): (AlignedLine | null)[] {
  const near = ancestors.slice(0, limits.quoteSources);
  const sources: Sources = {
    ancestors: near,
    indexes: near.map((ancestor) => indexOwnLines(ancestor.lines)),
  };
  const lines = splitReply(reply.lines, (key) => sources.indexes.some((index) => index.places.has(key)));
  const runs = findRuns(lines);
  const homes = weighHomes(runs, lines, sources);
  const result = new Array<AlignedLine | null>(lines.length).fill(null);
  for (const run of runs) alignRun(run, { reply, lines, sources, homes, result });
  placeAll(lines, sources, result);
  return result;
}

interface Work {
  readonly reply: ReplyText;
  readonly lines: readonly ReplyLine[];
  readonly sources: Sources;
  readonly homes: ReadonlyMap<number, readonly number[]>;
  readonly result: (AlignedLine | null)[];
}

function findRuns(lines: readonly ReplyLine[]): Run[] {
  const runs: Run[] = [];
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

/** For each depth, the share of telling lines that stand in one source only, by source. */
function weighHomes(
  runs: readonly Run[],
  lines: readonly ReplyLine[],
  sources: Sources,
): Map<number, number[]> {
  const homes = new Map<number, number[]>();
  for (const run of runs) {
    for (const at of run.lines) {
      const key = lines[at]?.key ?? '';
      const only = onlyHolder(key, sources.indexes);
      if (only < 0) continue;
      const shares = homes.get(run.depth) ?? new Array<number>(sources.indexes.length).fill(0);
      shares[only] = (shares[only] ?? 0) + keyWeight(key);
      homes.set(run.depth, shares);
    }
  }
  for (const [depth, shares] of homes) {
    const sum = shares.reduce((total, share) => total + share, 0);
    homes.set(
      depth,
      shares.map((share) => share / sum),
    );
  }
  return homes;
}

/** The one source that holds a key, or -1. */
function onlyHolder(key: string, indexes: readonly OwnIndex[]): number {
  let only = -1;
  for (let source = 0; source < indexes.length; source++) {
    if (!indexes[source]?.places.has(key)) continue;
    if (only >= 0) return -1;
    only = source;
  }
  return only;
}

const unknownLine = { source: -1, sourceLine: -1, rule: 'none', isTelling: false } as const;

function alignRun(run: Run, work: Work): void {
  const { lines, sources, result } = work;
  const likely = likelySources(run, work);
  const path = pathLines(run, lines, sources.indexes);
  const chosen = chooseSources(path, likely);
  for (let at = run.start; at < run.end; at++) {
    result[at] = { ...unknownLine, depth: run.depth, marks: lines[at]?.marks ?? 0 };
  }
  run.lines.forEach((at, place) => {
    const source = chosen[place] ?? -1;
    if (source < 0) return;
    const key = lines[at]?.key ?? '';
    const isHeld = sources.indexes[source]?.places.has(key) === true;
    const share = path[place]?.found[source] ?? 0;
    const rule: LineRule = isHeld ? 'line' : share > 0 ? 'words' : 'neighbour';
    const isTelling = share > 0 && keyWeight(key) >= 0.36 && isOnlyIn(path[place]?.found ?? [], source);
    result[at] = { ...unknownLine, depth: run.depth, marks: lines[at]?.marks ?? 0, source, rule, isTelling };
  });
  joinBlanks(run, result);
}

function isOnlyIn(found: readonly number[], source: number): boolean {
  return found.every((share, other) => other === source || share === 0);
}

/** A blank quoted line belongs to the lines around it: the ones above it first. */
function joinBlanks(run: Run, result: (AlignedLine | null)[]): void {
  const isWritten = new Set(run.lines);
  const copy = (at: number, from: number) => {
    const beside = result[from];
    if (isWritten.has(at) || !beside || beside.source < 0) return;
    result[at] = {
      ...beside,
      marks: result[at]?.marks ?? 0,
      sourceLine: -1,
      rule: 'neighbour',
      isTelling: false,
    };
  };
  for (let at = run.start + 1; at < run.end; at++) copy(at, at - 1);
  for (let at = run.end - 2; at >= run.start; at--) if (result[at]?.source === -1) copy(at, at + 1);
}

function likelySources(run: Run, work: Work): number[] {
  const shares = work.homes.get(run.depth) ?? [];
  const attribution = findAttributionAbove(work.reply.lines, run.start, run.depth);
  const named = attribution ? findNamedSource(attribution, run.depth, work.sources.ancestors) : -1;
  return work.sources.indexes.map((_, source) => {
    const byDepth = source === run.depth - 1 ? 0.2 : 0;
    const byName = source === named ? 0.4 : 0;
    return Math.min(1, byDepth + byName + 0.5 * (shares[source] ?? 0));
  });
}

function pathLines(run: Run, lines: readonly ReplyLine[], indexes: readonly OwnIndex[]): PathLine[] {
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
function shareOfWords(run: Run, lines: readonly ReplyLine[], indexes: readonly OwnIndex[]): number[][] {
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

function coveredWords(words: readonly string[], places: ReadonlyMap<string, number>): boolean[] {
  const isCovered = new Array<boolean>(words.length).fill(false);
  for (let at = 0; at + 2 < words.length; at++) {
    if (!places.has(`${words[at]} ${words[at + 1]} ${words[at + 2]}`)) continue;
    isCovered[at] = true;
    isCovered[at + 1] = true;
    isCovered[at + 2] = true;
  }
  return isCovered;
}

function placeAll(lines: readonly ReplyLine[], sources: Sources, result: (AlignedLine | null)[]): void {
  sources.indexes.forEach((index, source) => {
    const mine: number[] = [];
    result.forEach((line, at) => {
      if (line?.source === source && line.rule !== 'neighbour') mine.push(at);
    });
    if (mine.length === 0) return;
    const quoted = mine.map((at) => ({
      key: lines[at]?.key ?? '',
      wordLine: result[at]?.rule === 'words' ? firstWordLine(lines[at]?.text ?? '', index) : -1,
    }));
    placeLines(quoted, index).forEach((sourceLine, place) => {
      const at = mine[place] ?? -1;
      const line = result[at];
      if (line) result[at] = { ...line, sourceLine };
    });
  });
}

function firstWordLine(text: string, index: OwnIndex): number {
  const words = lineWords(text);
  for (let at = 0; at + 2 < words.length; at++) {
    const line = index.wordPlaces().get(`${words[at]} ${words[at + 1]} ${words[at + 2]}`);
    if (line !== undefined) return line;
  }
  return -1;
}
