/**
 * Lineages: one patch across the revisions of a series.
 *
 * In: the sendings of one series. Out: where each posting stands. Sendings are taken in order of time; the patches of
 * each go one to one on the lineages there are (./lineage-match.ts), so two patches of one sending never share a
 * lineage. Which sendings make a series: ./predecessor.ts.
 */
import { headerEvidence } from '../model/fact.ts';
import type { Posting } from '../model/posting.ts';
import type { LineageLink, Placement } from '../model/series.ts';
import { overlapOfSorted } from './likeness.ts';
import { type Lineage, latestOf, type Match, matchPatches } from './lineage-match.ts';
import type { Overrides } from './override.ts';
import { changesOf, lineageLink } from './patch-pair.ts';
import type { Sending } from './sending.ts';
import { confidenceOf } from './weights.ts';

/** A patch of which this share of lines came from one older patch was split off it. */
const splitShare = 0.6;
const splitLines = 4;

/** Places every posting of a series. `sendings` in order of time, oldest first. */
export function placeSeries(series: string, sendings: readonly Sending[], overrides: Overrides): Placement[] {
  const lineages = new Map<string, Lineage>();
  return sendings.flatMap((sending, at) => {
    const patches = sending.parts.filter((part) => !part.isCover);
    const matches = matchPatches(patches, [...lineages.values()], at, overrides);
    const before = [...lineages.values()].flatMap((lineage) => latestOf(lineage) ?? []);
    const merged = mergedInto(patches, matches, [...lineages.values()], at);
    const placements = sending.parts.map((part): Placement => {
      const place = placeOf(series, sending, part);
      if (part.isCover) return { ...place, lineage: null, previous: null, link: null };
      const found = lineageOf(part, matches.get(part), before, overrides);
      return { ...place, ...found, link: withMerged(found.link, merged.get(part) ?? []) };
    });
    const isSingle = patches.length === 1 && sending.total <= 1;
    for (const patch of patches) {
      const lineage = matches.get(patch)?.lineage ?? { id: patch.messageId, postings: [] };
      lineage.postings.push({ posting: patch, at, isSingle });
      lineages.set(lineage.id, lineage);
    }
    return placements;
  });
}

function placeOf(
  series: string,
  sending: Sending,
  part: Posting,
): Omit<Placement, 'lineage' | 'previous' | 'link'> {
  return {
    messageId: part.messageId,
    revision: sending.id,
    series,
    version: part.subject.patchVersion ?? sending.version,
    position: part.subject.position ?? (part.isCover ? 0 : 1),
    total: part.subject.total ?? 1,
  };
}

function lineageOf(
  part: Posting,
  match: Match | undefined,
  before: readonly Posting[],
  overrides: Overrides,
): Pick<Placement, 'lineage' | 'previous' | 'link'> {
  const older = match && latestOf(match.lineage);
  if (!older) return { lineage: part.messageId, ...splitFrom(part, before) };
  return {
    lineage: match.lineage.id,
    previous: older.messageId,
    link: linkOf(part, older, match, overrides),
  };
}

function linkOf(part: Posting, older: Posting, match: Match, overrides: Overrides): LineageLink {
  const link = lineageLink(part, older, match.score, changesOf(part, older));
  const by = overrides.linkedBy(part.messageId);
  return by === null ? link : { ...link, rule: 'person', confidence: 1, by };
}

/**
 * Patches of the sending before that are gone, by the patch that most of their lines went into.
 * Each is told on that patch's link; the lineage itself just ends.
 */
function mergedInto(
  patches: readonly Posting[],
  matches: ReadonlyMap<Posting, Match>,
  lineages: readonly Lineage[],
  at: number,
): Map<Posting, Posting[]> {
  const kept = new Set([...matches.values()].map((match) => match.lineage));
  const merged = new Map<Posting, Posting[]>();
  for (const lineage of lineages) {
    const last = lineage.postings.at(-1);
    if (!last || last.at !== at - 1 || kept.has(lineage) || last.posting.lineHashes.length < splitLines)
      continue;
    const into = patches.find(
      (patch) =>
        matches.has(patch) &&
        overlapOfSorted(patch.lineHashes, last.posting.lineHashes) >=
          splitShare * last.posting.lineHashes.length,
    );
    if (into) merged.set(into, [...(merged.get(into) ?? []), last.posting]);
  }
  return merged;
}

function withMerged(link: LineageLink | null, merged: readonly Posting[]): LineageLink | null {
  if (!link || merged.length === 0) return link;
  const evidence = merged.map((posting) => headerEvidence(posting.messageId, 'subject'));
  return { ...link, changes: [...link.changes, 'merged'], evidence: [...link.evidence, ...evidence] };
}

/** A new patch most of whose lines stood in one older patch was split off it; it starts a lineage of its own. */
function splitFrom(part: Posting, older: readonly Posting[]): Pick<Placement, 'previous' | 'link'> {
  if (part.lineHashes.length < splitLines) return { previous: null, link: null };
  let best: { readonly from: string; readonly share: number } | null = null;
  for (const posting of older) {
    const share = overlapOfSorted(part.lineHashes, posting.lineHashes) / part.lineHashes.length;
    if (share >= splitShare && share > (best?.share ?? 0)) best = { from: posting.messageId, share };
  }
  if (!best) return { previous: null, link: null };
  const confidence = Math.round(confidenceOf(4 * best.share) * 1000) / 1000;
  const link: LineageLink = { rule: 'patch-lines', confidence, evidence: [], by: 'rule', changes: ['split'] };
  return { previous: best.from, link };
}
