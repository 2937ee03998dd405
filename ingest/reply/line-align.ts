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
import { indexAncestors, type OwnIndex, type WordPlace } from './own-index.ts';
import { findRuns, pathLines, type QuoteRun } from './quote-run.ts';
import { type ReplyLine, splitReply } from './reply-line.ts';
import { chooseSources } from './source-path.ts';

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
  /** Behind the last body line of the source that it repeats a part of, or -1. */
  readonly sourceEnd: number;
  readonly rule: LineRule;
  /** True where the line could be from this source only, and says something. */
  readonly isTelling: boolean;
}

interface Sources {
  readonly ancestors: readonly AncestorText[];
  readonly indexes: readonly OwnIndex[];
  /** Positions of the sources that hold a key, nearest first. */
  readonly holders: (key: string) => readonly number[];
}

/** Each key is looked up once, however often its line is asked for. */
function findHolders(indexes: readonly OwnIndex[]): Sources['holders'] {
  const found = new Map<string, readonly number[]>();
  return (key) => {
    const known = found.get(key);
    if (known) return known;
    const holders = indexes.flatMap((index, source) => (index.places.has(key) ? source : []));
    found.set(key, holders);
    return holders;
  };
}

/** Aligns every line of a reply. Ancestors are nearest first; those beyond limits.quoteSources are left out. */
export function alignLines(reply: ReplyText, ancestors: readonly AncestorText[]): (AlignedLine | null)[] {
  const near = ancestors.slice(0, limits.quoteSources);
  const indexes = indexAncestors(near.map(({ lines }) => lines));
  const sources: Sources = { ancestors: near, indexes, holders: findHolders(indexes) };
  const { holders } = sources;
  const lines = splitReply(reply.lines, (key) => holders(key).length > 0);
  const runs = findRuns(lines);
  const homes = weighHomes(runs, lines, sources);
  const result = new Array<AlignedLine | null>(lines.length).fill(null);
  for (const run of runs) alignRun(run, { reply, lines, sources, homes, result });
  releaseAnswers(result);
  placeAll(lines, sources, result);
  return result;
}

/**
 * Who answers between the lines of a quote without marks leaves no mark either: there, the lines that nobody wrote before
 * are the sender's own, provided that others were found.
 */
function releaseAnswers(result: (AlignedLine | null)[]): void {
  const isFound = result.some((line) => line && line.marks === 0 && line.source >= 0 && line.isTelling);
  if (!isFound) return;
  result.forEach((line, at) => {
    if (line && line.marks === 0 && line.source < 0) result[at] = null;
  });
}

interface Work {
  readonly reply: ReplyText;
  readonly lines: readonly ReplyLine[];
  readonly sources: Sources;
  readonly homes: ReadonlyMap<number, readonly number[]>;
  readonly result: (AlignedLine | null)[];
}

/** For each depth, the share of telling lines that stand in one source only, by source. */
function weighHomes(
  runs: readonly QuoteRun[],
  lines: readonly ReplyLine[],
  sources: Sources,
): Map<number, number[]> {
  const homes = new Map<number, number[]>();
  for (const run of runs) {
    for (const at of run.lines) {
      const key = lines[at]?.key ?? '';
      const [only, ...more] = sources.holders(key);
      if (only === undefined || more.length > 0) continue;
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

function unknownLine(depth: number, marks: number): AlignedLine {
  return { depth, marks, source: -1, sourceLine: -1, sourceEnd: -1, rule: 'none', isTelling: false };
}

function alignRun(run: QuoteRun, work: Work): void {
  const { lines, sources, result } = work;
  const likely = likelySources(run, work);
  const path = pathLines(run, lines, sources.indexes, sources.holders);
  const chosen = chooseSources(
    path.lines,
    path.sources.map((source) => likely[source] ?? 0),
  );
  for (let at = run.start; at < run.end; at++) {
    result[at] = unknownLine(run.depth, lines[at]?.marks ?? 0);
  }
  run.lines.forEach((at, place) => {
    const choice = chosen[place] ?? -1;
    const source = path.sources[choice];
    if (source === undefined) return;
    const key = lines[at]?.key ?? '';
    const isHeld = sources.holders(key).includes(source);
    const found = path.lines[place]?.found ?? [];
    const share = found[choice] ?? 0;
    const rule: LineRule = isHeld ? 'line' : share > 0 ? 'words' : 'neighbour';
    const isTelling = share > 0 && keyWeight(key) >= 0.36 && isOnlyIn(found, choice);
    const marks = lines[at]?.marks ?? 0;
    result[at] = { depth: run.depth, marks, source, sourceLine: -1, sourceEnd: -1, rule, isTelling };
  });
  joinBlanks(run, result);
}

function isOnlyIn(found: readonly number[], source: number): boolean {
  return found.every((share, other) => other === source || share === 0);
}

/** A blank quoted line belongs to the lines around it: the ones above it first. */
function joinBlanks(run: QuoteRun, result: (AlignedLine | null)[]): void {
  const isWritten = new Set(run.lines);
  const copy = (at: number, from: number) => {
    const beside = result[from];
    if (isWritten.has(at) || !beside || beside.source < 0) return;
    result[at] = {
      ...beside,
      marks: result[at]?.marks ?? 0,
      sourceLine: -1,
      sourceEnd: -1,
      rule: 'neighbour',
      isTelling: false,
    };
  };
  for (let at = run.start + 1; at < run.end; at++) copy(at, at - 1);
  for (let at = run.end - 2; at >= run.start; at--) if (result[at]?.source === -1) copy(at, at + 1);
}

function likelySources(run: QuoteRun, work: Work): number[] {
  const shares = work.homes.get(run.depth) ?? [];
  const attribution = findAttributionAbove(work.reply.lines, run.start, run.depth);
  const named = attribution ? findNamedSource(attribution, run.depth, work.sources.ancestors) : -1;
  return work.sources.indexes.map((_, source) => {
    const byDepth = source === run.depth - 1 ? 0.2 : 0;
    const byName = source === named ? 0.4 : 0;
    return Math.min(1, byDepth + byName + 0.5 * (shares[source] ?? 0));
  });
}

function placeAll(lines: readonly ReplyLine[], sources: Sources, result: (AlignedLine | null)[]): void {
  const bySource = new Map<number, number[]>();
  result.forEach((line, at) => {
    if (!line || line.source < 0 || line.rule === 'neighbour') return;
    const mine = bySource.get(line.source);
    if (mine) mine.push(at);
    else bySource.set(line.source, [at]);
  });
  for (const [source, mine] of bySource) {
    const index = sources.indexes[source];
    if (!index) continue;
    const quoted = mine.map((at) => {
      const before = result[at - 1]?.source === source ? (lines[at - 1]?.text ?? '') : '';
      const byWords =
        result[at]?.rule === 'words' ? findWordPlace(lines[at]?.text ?? '', before, index) : undefined;
      return { key: lines[at]?.key ?? '', byWords };
    });
    placeLines(quoted, index).forEach(({ first, last }, place) => {
      const at = mine[place] ?? -1;
      const line = result[at];
      if (line) result[at] = placedLine(line, first, last + 1);
    });
  }
}

/**
 * Lines from the first to the last of a line's words, as far as three of them stand together. A short line is found with
 * the last words of the line above it.
 */
function findWordPlace(text: string, before: string, index: OwnIndex): WordPlace | undefined {
  const own = lineWords(text);
  const words = [...lineWords(before).slice(-2), ...own];
  const places = words.flatMap((word, at) => {
    const place = index.wordPlaces().get(`${word} ${words[at + 1]} ${words[at + 2]}`);
    return place ? [{ ...place, isOwn: at >= words.length - own.length }] : [];
  });
  const last = places.at(-1)?.last;
  if (last === undefined) return undefined;
  const first = places.find((place) => place.isOwn)?.first ?? last;
  return { first, last: Math.max(first, last) };
}

/** Written out, since a spread for each quoted line of a list costs more than finding its source. */
function placedLine(line: AlignedLine, sourceLine: number, sourceEnd: number): AlignedLine {
  const { depth, marks, source, rule, isTelling } = line;
  return { depth, marks, source, sourceLine, sourceEnd, rule, isTelling };
}
