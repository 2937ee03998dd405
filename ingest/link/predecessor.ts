/**
 * Predecessors: which older sending a sending follows.
 *
 * In: a sending and its candidates (older sendings that share a link key). Out: the best one above even odds, with the
 * rules that fired as its basis. A pure function of that set, so arrival order cannot matter; candidates come from
 * ./keys.ts, pairs of patches are then made by ./lineage.ts.
 */
import type { Basis } from '../model/fact.ts';
import type { Posting } from '../model/posting.ts';
import { diffLikeness, type Likeness, likeness } from './likeness.ts';
import { noOverrides, type Overrides } from './override.ts';
import { isSamePerson } from './person.ts';
import { allRules } from './rules/all.ts';
import type { Reason, SendingPair } from './rules/rule.ts';
import { compareText, type Sending } from './sending.ts';
import { confidenceOf, sendingRules } from './weights.ts';

export interface Predecessor {
  readonly older: Sending;
  readonly basis: Basis;
}

/** Pairs compared for likeness at most; larger series have titles enough in common to be known by. */
const likenessPairs = 400;
/** Shown with a link: the first spans of its strongest reasons. */
const evidenceSpans = 6;
/** What a day of distance costs at most: among equals the newest is followed. */
const recencyWeight = 0.25;
/** What skipping a version costs: all versions may be sent as replies to the first, and follow each other nevertheless. */
const skipWeight = 2;

/** The sending that `newer` follows, or null where it is the first of its series. */
export function choosePredecessor(
  newer: Sending,
  candidates: readonly Sending[],
  overrides: Overrides = noOverrides,
): Predecessor | null {
  const said = saidByPerson(newer, candidates, overrides);
  if (said) return said;
  let best: { older: Sending; sum: number; rank: number; reasons: readonly Reason[] } | null = null;
  for (const older of candidates) {
    if (!isBefore(older, newer) || isUnlinked(newer, older, overrides)) continue;
    const reasons = judge(newer, older);
    const sum = weigh(reasons);
    if (sum <= 0) continue;
    const days = Math.max(0, newer.sentMs - older.sentMs) / 86_400_000;
    const skipped = newer.version > older.version + 1 ? skipWeight : 0;
    const rank = sum - recencyWeight * Math.log1p(days) - skipped;
    const isBetter = !best || rank > best.rank || (rank === best.rank && isBefore(best.older, older));
    if (isBetter) best = { older, sum, rank, reasons };
  }
  return best ? { older: best.older, basis: basisOf(best.sum, best.reasons) } : null;
}

/** The log-odds of a pair with these reasons. */
export function weigh(reasons: readonly Reason[]): number {
  let sum: number = sendingRules.prior.weight;
  for (const reason of reasons) sum += sendingRules[reason.rule].weight;
  return sum;
}

/** A person's word about any posting of the sending decides. */
function saidByPerson(
  newer: Sending,
  candidates: readonly Sending[],
  overrides: Overrides,
): Predecessor | null {
  for (const part of newer.parts) {
    const target = overrides.linkedTo(part.messageId);
    if (target === null) continue;
    const older = candidates.find(
      (one) => one !== newer && one.parts.some((other) => other.messageId === target),
    );
    const by = overrides.linkedBy(part.messageId) ?? '';
    if (older && isBefore(older, newer))
      return { older, basis: { rule: 'person', confidence: 1, evidence: [], by } };
  }
  return null;
}

function isUnlinked(newer: Sending, older: Sending, overrides: Overrides): boolean {
  return newer.parts.some((left) =>
    older.parts.some((right) => overrides.isUnlinked(left.messageId, right.messageId)),
  );
}

/** All reasons that speak for or against a pair; exported for explanations and for the score's rule table. */
export function judge(newer: Sending, older: Sending): readonly Reason[] {
  const pair = makePair(newer, older);
  return allRules.flatMap((rule) => rule(pair));
}

/** A strict order in time; ids decide between equal times. */
export function isBefore(a: Sending, b: Sending): boolean {
  return a.sentMs < b.sentMs || (a.sentMs === b.sentMs && compareText(a.id, b.id) < 0);
}

function makePair(newer: Sending, older: Sending): SendingPair {
  const newerPatches = newer.parts.filter((part) => !part.isCover);
  const olderPatches = older.parts.filter((part) => !part.isCover);
  const titles = new Set(olderPatches.map((part) => part.subject.titleKey));
  const diffs = new Set(olderPatches.flatMap((part) => part.patchId ?? []));
  const hasSameDiff = newerPatches.some((part) => part.patchId !== null && diffs.has(part.patchId));
  const isSame = (part: Posting) =>
    titles.has(part.subject.titleKey) || (part.patchId !== null && diffs.has(part.patchId));
  return {
    newer,
    older,
    samePatches: newerPatches.filter(isSame).length,
    hasSameDiff,
    best: hasSameDiff ? null : bestLikeness(newerPatches, olderPatches),
    isOnePerson: isOnePerson(newer, older),
  };
}

function isOnePerson(a: Sending, b: Sending): boolean {
  const persons = (sending: Sending) => [
    { address: sending.authorAddress, name: sending.authorName },
    ...sending.parts.slice(0, 2).map((part) => ({ address: part.authorAddress, name: part.authorName })),
  ];
  return persons(a).some((left) => persons(b).some((right) => isSamePerson(left, right)));
}

/** Of the pair that shares most lines and files. */
function bestLikeness(newer: readonly Posting[], older: readonly Posting[]): Likeness | null {
  let best: { left: Posting; right: Posting; likeness: number } | null = null;
  let compared = 0;
  for (const left of newer.filter(hasFiles)) {
    for (const right of older.filter(hasFiles)) {
      if (++compared > likenessPairs) break;
      const found = diffLikeness(left, right);
      if (!best || found > best.likeness) best = { left, right, likeness: found };
    }
  }
  return best && likeness(best.left, best.right);
}

function hasFiles({ files }: Posting): boolean {
  return files.length > 0;
}

function basisOf(sum: number, reasons: readonly Reason[]): Basis {
  const strongest = [...reasons].sort((a, b) => sendingRules[b.rule].weight - sendingRules[a.rule].weight);
  return {
    rule: strongest.map((reason) => reason.rule).join('+'),
    confidence: Math.round(confidenceOf(sum) * 1000) / 1000,
    evidence: strongest
      .flatMap((reason) => (sendingRules[reason.rule].weight > 0 ? reason.evidence : []))
      .slice(0, evidenceSpans),
    by: 'rule',
  };
}
