/**
 * Lineages: one patch across the revisions of a series.
 *
 * In: the sendings of one series. Out: where each posting stands. Sendings are taken in order of time; the patches of
 * each are paired one to one with the lineages there are (certain pairs first, then the least total cost), so two
 * patches of one sending never share a lineage. Which sendings make a series: ./predecessor.ts.
 */
import { assign } from '../compare/assign.ts';
import type { Posting } from '../model/posting.ts';
import type { LineageLink, Placement } from '../model/series.ts';
import { overlapOfSorted } from './likeness.ts';
import type { Overrides } from './override.ts';
import { changesOf, lineageLink, type PairContext, type PairScore, scorePair } from './patch-pair.ts';
import type { Sending } from './sending.ts';
import { confidenceOf } from './weights.ts';

/** A lineage while a series is walked: its newest posting stands for it. */
interface Lineage {
  readonly id: string;
  latest: Posting;
  /** Index of the sending that `latest` is in. */
  at: number;
  /** False where the sending has just this patch. */
  inSeries: boolean;
}

interface Match {
  readonly lineage: Lineage;
  readonly score: PairScore;
}

/** Cost of leaving a patch alone: any pair whose sum is above zero is cheaper. */
const aloneCost = 20;
/** Pairs beyond this many patches are left to certain rules; no real series comes near. */
const assignMost = 250;
/** A patch of which this share of lines came from one older patch was split off it. */
const splitShare = 0.6;
const splitLines = 4;

/** Places every posting of a series. `sendings` in order of time, oldest first. */
export function placeSeries(series: string, sendings: readonly Sending[], overrides: Overrides): Placement[] {
  const lineages: Lineage[] = [];
  const placements: Placement[] = [];
  sendings.forEach((sending, index) => {
    const patches = sending.parts.filter((part) => !part.isCover);
    const matches = matchPatches(patches, lineages, index, overrides);
    const before = lineages.map(({ latest }) => latest);
    for (const part of sending.parts) {
      const match = matches.get(part);
      const place = placementOf(series, sending, part);
      if (part.isCover) placements.push({ ...place, lineage: null, previous: null, link: null });
      else if (match) {
        const older = match.lineage.latest;
        const link = linkOf(part, match, overrides);
        placements.push({ ...place, lineage: match.lineage.id, previous: older.messageId, link });
      } else {
        const split = splitOf(part, before);
        placements.push({
          ...place,
          lineage: part.messageId,
          previous: split?.older ?? null,
          link: split?.link ?? null,
        });
      }
    }
    for (const patch of patches) {
      const match = matches.get(patch);
      const inSeries = patches.length > 1 || sending.total > 1;
      if (match) Object.assign(match.lineage, { latest: patch, at: index, inSeries });
      else lineages.push({ id: patch.messageId, latest: patch, at: index, inSeries });
    }
  });
  return placements;
}

function placementOf(series: string, sending: Sending, part: Posting) {
  return {
    messageId: part.messageId,
    revision: sending.id,
    series,
    version: part.subject.patchVersion ?? sending.version,
    position: part.subject.position ?? (part.isCover ? 0 : 1),
    total: part.subject.total ?? 1,
  };
}

function matchPatches(
  patches: readonly Posting[],
  lineages: readonly Lineage[],
  index: number,
  overrides: Overrides,
): Map<Posting, Match> {
  const matches = new Map<Posting, Match>();
  const free = new Set(lineages);
  const filesAlone = filesAloneIn(patches, lineages);
  const score = (patch: Posting, lineage: Lineage, areLeftOver: boolean) =>
    scorePair(
      patch,
      lineage.latest,
      contextOf(patch, lineage, index, filesAlone, patches.length, areLeftOver),
    );
  const take = (patch: Posting, lineage: Lineage, areLeftOver = false) => {
    matches.set(patch, { lineage, score: score(patch, lineage, areLeftOver) });
    free.delete(lineage);
  };
  const open = () => patches.filter((patch) => !matches.has(patch));
  const mayPair = (patch: Posting, lineage: Lineage) =>
    !overrides.isUnlinked(patch.messageId, lineage.latest.messageId);

  for (const patch of patches) {
    const said = overrides.linkedTo(patch.messageId);
    const lineage =
      said === null ? undefined : [...free].find((one) => one.latest.messageId === said || one.id === said);
    if (lineage) take(patch, lineage);
  }
  for (const keyOf of [diffAndTitle, titleOf, diffOf]) {
    for (const [patch, lineage] of uniquePairs(open(), [...free], keyOf))
      if (mayPair(patch, lineage)) take(patch, lineage);
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

const titleOf = (posting: Posting) => posting.subject.titleKey;
const diffOf = (posting: Posting) => posting.patchId ?? '';
const diffAndTitle = (posting: Posting) =>
  posting.patchId ? `${posting.patchId} ${posting.subject.titleKey}` : '';

/** Pairs whose key occurs once on either side. */
function uniquePairs(
  patches: readonly Posting[],
  lineages: readonly Lineage[],
  keyOf: (posting: Posting) => string,
): [Posting, Lineage][] {
  const count = <T>(items: readonly T[], key: (item: T) => string) => {
    const byKey = new Map<string, T | null>();
    for (const item of items) {
      const found = key(item);
      if (found !== '') byKey.set(found, byKey.has(found) ? null : item);
    }
    return byKey;
  };
  const left = count(patches, keyOf);
  const right = count(lineages, (lineage) => keyOf(lineage.latest));
  return [...left].flatMap(([key, patch]): [Posting, Lineage][] => {
    const lineage = right.get(key);
    return patch && lineage ? [[patch, lineage]] : [];
  });
}

/** What remains of the sending just before: the only one on both sides, or at the same place; with a file in common. */
function leftOverPairs(
  patches: readonly Posting[],
  lineages: readonly Lineage[],
  index: number,
): [Posting, Lineage][] {
  const newestAt = Math.max(-1, ...lineages.map(({ at }) => at));
  const recent = lineages.filter(({ at }) => at === newestAt && at < index);
  const pairs: [Posting, Lineage][] = [];
  for (const patch of patches) {
    const paths = new Set(patch.files.map((file) => file.path));
    const sharing = recent.filter(({ latest }) => latest.files.some((file) => paths.has(file.path)));
    const samePlace = sharing.filter(({ latest }) => latest.subject.position === patch.subject.position);
    const chosen = patches.length === 1 && sharing.length === 1 ? sharing[0] : samePlace[0];
    if (chosen && !pairs.some(([, taken]) => taken === chosen)) pairs.push([patch, chosen]);
  }
  return pairs;
}

/** Sets of files that just one patch and one lineage change. */
function filesAloneIn(patches: readonly Posting[], lineages: readonly Lineage[]): Set<string> {
  const counts = new Map<string, [number, number]>();
  const add = (posting: Posting, side: 0 | 1) => {
    const key = fileKey(posting);
    const count = counts.get(key) ?? [0, 0];
    count[side]++;
    counts.set(key, count);
  };
  for (const patch of patches) add(patch, 0);
  for (const { latest } of lineages) add(latest, 1);
  return new Set(
    [...counts].filter(([key, [left, right]]) => key !== '' && left === 1 && right === 1).map(([key]) => key),
  );
}

function fileKey(posting: Posting): string {
  return posting.files
    .map((file) => file.path)
    .sort()
    .join('\n');
}

function contextOf(
  patch: Posting,
  lineage: Lineage,
  index: number,
  filesAlone: ReadonlySet<string>,
  patchCount: number,
  areLeftOver: boolean,
): PairContext {
  const isSingle = patchCount === 1 && (patch.subject.total ?? 1) <= 1;
  return {
    skipped: Math.max(0, index - lineage.at - 1),
    areFilesAlone: filesAlone.has(fileKey(patch)),
    areBothSingle: isSingle && !lineage.inSeries,
    areLeftOver,
  };
}

function linkOf(patch: Posting, match: Match, overrides: Overrides): LineageLink {
  const older = match.lineage.latest;
  const link = lineageLink(patch, older, match.score, changesOf(patch, older, match.score.likeness));
  const by = overrides.linkedBy(patch.messageId);
  return by === null ? link : { ...link, rule: 'person', confidence: 1, by };
}

/** A new patch most of whose lines stood in one older patch was split off it; it starts a lineage of its own. */
function splitOf(patch: Posting, older: readonly Posting[]): { older: string; link: LineageLink } | null {
  if (patch.lineHashes.length < splitLines) return null;
  let best: { posting: Posting; part: number } | null = null;
  for (const posting of older) {
    const part = overlapOfSorted(patch.lineHashes, posting.lineHashes) / patch.lineHashes.length;
    if (part >= splitShare && part > (best?.part ?? 0)) best = { posting, part };
  }
  if (!best) return null;
  const link: LineageLink = {
    rule: 'patch-lines',
    confidence: Math.round(confidenceOf(4 * best.part) * 1000) / 1000,
    evidence: [],
    by: 'rule',
    changes: ['split'],
  };
  return { older: best.posting.messageId, link };
}
