/**
 * Lineage matching: which patches of a sending go on which lineages, one to one.
 *
 * In: the patches of a sending and the lineages of its series so far. Out: pairs. Certain ones first (a person's word,
 * the same diff and title, the same title, the same diff), then those that make the whole cheapest, then what is left
 * over at the same place. Placing them: ./lineage.ts; what a pair is worth: ./patch-pair.ts
 */
import { assign } from '../compare/assign.ts';
import type { Posting } from '../model/posting.ts';
import type { Overrides } from './override.ts';
import { type PairContext, type PairScore, scorePair } from './patch-pair.ts';

/** One posting of a lineage, with the index of the sending that it is in. */
export interface LineagePosting {
  readonly posting: Posting;
  readonly at: number;
  /** True where the sending has just this patch. */
  readonly isSingle: boolean;
}

/** A lineage while a series is walked. */
export interface Lineage {
  readonly id: string;
  /** All its postings so far, oldest first. */
  readonly postings: LineagePosting[];
}

export interface Match {
  readonly lineage: Lineage;
  readonly score: PairScore;
}

/** Cost of leaving a patch alone: any pair whose sum is above zero is cheaper. */
const aloneCost = 20;
/** Pairs beyond this many patches are left to certain rules; no real series comes near. */
const assignMost = 250;
/** Postings of a lineage that a patch is compared with: one odd version must not break the chain. */
const recentPostings = 3;

/** The newest posting of a lineage, which stands for it. */
export function latestOf(lineage: Lineage): Posting | undefined {
  return lineage.postings.at(-1)?.posting;
}

export function matchPatches(
  patches: readonly Posting[],
  lineages: readonly Lineage[],
  index: number,
  overrides: Overrides,
): Map<Posting, Match> {
  const matches = new Map<Posting, Match>();
  const free = new Set(lineages);
  const surroundings = { index, filesAlone: filesAloneIn(patches, lineages), isSingle: isSingle(patches) };
  const score = (patch: Posting, lineage: Lineage, areLeftOver: boolean) =>
    bestScore(patch, lineage, { ...surroundings, areLeftOver });
  const take = (patch: Posting, lineage: Lineage, areLeftOver = false) => {
    matches.set(patch, { lineage, score: score(patch, lineage, areLeftOver) });
    free.delete(lineage);
  };
  const open = () => patches.filter((patch) => !matches.has(patch));
  const mayPair = (patch: Posting, lineage: Lineage) =>
    !lineage.postings.some(({ posting }) => overrides.isUnlinked(patch.messageId, posting.messageId));

  for (const patch of patches) {
    const said = overrides.linkedTo(patch.messageId);
    const isMeant = (lineage: Lineage) => lineage.postings.some(({ posting }) => posting.messageId === said);
    const lineage = said === null ? undefined : [...free].find(isMeant);
    if (lineage) take(patch, lineage);
  }
  for (const keyOf of [diffAndTitle, titleOf, diffOf]) {
    for (const [patch, lineage] of uniquePairs(open(), [...free], keyOf)) {
      if (mayPair(patch, lineage)) take(patch, lineage);
    }
  }
  const rows = open().slice(0, assignMost);
  const columns = [...free].slice(-assignMost);
  const costs = rows.map((patch) =>
    columns.map((lineage) =>
      mayPair(patch, lineage) ? aloneCost * 2 - score(patch, lineage, false).sum : Number.MAX_SAFE_INTEGER,
    ),
  );
  assign(costs, aloneCost).forEach((column, row) => {
    const patch = rows[row];
    const lineage = columns[column];
    if (patch && lineage) take(patch, lineage);
  });
  for (const [patch, lineage] of leftOverPairs(open(), [...free], index)) {
    if (mayPair(patch, lineage) && score(patch, lineage, true).sum > 0) take(patch, lineage, true);
  }
  return matches;
}

type KeyOf = (posting: Posting | undefined) => string;

const titleOf: KeyOf = (posting) => posting?.subject.titleKey ?? '';
const diffOf: KeyOf = (posting) => posting?.patchId ?? '';
const diffAndTitle: KeyOf = (posting) => (posting?.patchId ? `${posting.patchId} ${titleOf(posting)}` : '');

/** Pairs whose key occurs once on either side. */
function uniquePairs(
  patches: readonly Posting[],
  lineages: readonly Lineage[],
  keyOf: KeyOf,
): [Posting, Lineage][] {
  const left = unique(patches, keyOf);
  const right = unique(lineages, (lineage) => keyOf(latestOf(lineage)));
  return [...left].flatMap(([key, patch]): [Posting, Lineage][] => {
    const lineage = right.get(key);
    return patch && lineage ? [[patch, lineage]] : [];
  });
}

/** Items by key; null where several have it. */
function unique<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T | null> {
  const byKey = new Map<string, T | null>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== '') byKey.set(key, byKey.has(key) ? null : item);
  }
  return byKey;
}

/** What remains of the sending just before: the only one on both sides, or at the same place; with a file in common. */
function leftOverPairs(
  patches: readonly Posting[],
  lineages: readonly Lineage[],
  index: number,
): [Posting, Lineage][] {
  const newestAt = Math.max(-1, ...lineages.map((lineage) => lineage.postings.at(-1)?.at ?? -1));
  const recent =
    newestAt < index ? lineages.filter((lineage) => lineage.postings.at(-1)?.at === newestAt) : [];
  const pairs: [Posting, Lineage][] = [];
  for (const patch of patches) {
    const paths = new Set(patch.files.map((file) => file.path));
    const sharing = recent.filter((lineage) => latestOf(lineage)?.files.some((file) => paths.has(file.path)));
    const isSamePlace = (lineage: Lineage) => latestOf(lineage)?.subject.position === patch.subject.position;
    const chosen = patches.length === 1 && sharing.length === 1 ? sharing[0] : sharing.find(isSamePlace);
    if (chosen && !pairs.some(([, taken]) => taken === chosen)) pairs.push([patch, chosen]);
  }
  return pairs;
}

/** Sets of files that just one patch and one lineage change. */
function filesAloneIn(patches: readonly Posting[], lineages: readonly Lineage[]): Set<string> {
  const left = unique(patches, fileKey);
  const right = unique(lineages, (lineage) => fileKey(latestOf(lineage)));
  return new Set([...left].filter(([key, patch]) => patch && right.get(key)).map(([key]) => key));
}

function fileKey(posting: Posting | undefined): string {
  return (posting?.files ?? [])
    .map((file) => file.path)
    .sort()
    .join('\n');
}

function isSingle(patches: readonly Posting[]): boolean {
  return patches.length === 1 && (patches[0]?.subject.total ?? 1) <= 1;
}

interface Surroundings {
  readonly index: number;
  readonly filesAlone: ReadonlySet<string>;
  readonly isSingle: boolean;
  readonly areLeftOver: boolean;
}

/** The best score against the newest postings of a lineage. */
function bestScore(patch: Posting, lineage: Lineage, around: Surroundings): PairScore {
  const filesAlone = around.filesAlone.has(fileKey(patch));
  const scores = lineage.postings.slice(-recentPostings).map(({ posting, at, isSingle: wasSingle }) => {
    const context: PairContext = {
      skipped: Math.max(0, around.index - at - 1),
      areFilesAlone: filesAlone,
      areBothSingle: around.isSingle && wasSingle,
      areLeftOver: around.areLeftOver,
    };
    return scorePair(patch, posting, context);
  });
  // The newest wins a tie.
  const best = scores.reduceRight((found, score) => (score.sum > found.sum ? score : found));
  return best;
}
