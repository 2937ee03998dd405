/**
 * Patch pairs: how strongly two patches of linked revisions are held to be one patch.
 *
 * In: two postings and what surrounds them. Out: the reasons with their weights' sum. One-to-one pairing over whole
 * revisions is ./lineage.ts; the weights are ./weights.ts.
 */
import { headerEvidence } from '../model/fact.ts';
import type { Posting } from '../model/posting.ts';
import type { LineageLink, PatchChange } from '../model/series.ts';
import { type Likeness, likeness } from './likeness.ts';
import { confidenceOf, type PatchRule, patchRules } from './weights.ts';

/** What surrounds a pair. */
export interface PairContext {
  /** Sendings between the two that do not have the patch. */
  readonly skipped: number;
  /** Nobody else on either side changes the same set of files. */
  readonly areFilesAlone: boolean;
  readonly areBothSingle: boolean;
  readonly areLeftOver: boolean;
}

export interface PairScore {
  readonly sum: number;
  /** Rules that fired, with how strongly (1 is fully). */
  readonly fired: readonly { readonly rule: PatchRule; readonly strength: number }[];
}

/** Word and line sets below this size say nothing. */
const tellingLines = 3;
const skippedMost = 6;

export function scorePair(newer: Posting, older: Posting, context: PairContext): PairScore {
  const alike = likeness(newer, older);
  const fired: { rule: PatchRule; strength: number }[] = [{ rule: 'patch-prior', strength: 1 }];
  const fire = (rule: PatchRule, strength = 1) => {
    if (strength !== 0) fired.push({ rule, strength });
  };
  const isChangeIdSame =
    newer.changeId !== null && newer.changeId === older.changeId && context.areBothSingle;
  if (isChangeIdSame) fire('patch-change-id-same');
  if (alike.isTitleSame) fire('patch-title-same');
  else fire('patch-title-like', alike.title);
  diffRules(newer, older, alike, context, fire);
  fire('patch-words', alike.words);
  if (context.areBothSingle) fire('patch-single');
  else if (newer.subject.position === older.subject.position) fire('patch-position');
  if (context.areLeftOver) fire('patch-left-over');
  const own = newer.subject.patchVersion;
  const before = older.subject.patchVersion;
  if (own !== null && before !== null)
    fire(
      own === before || own === before + 1 ? 'patch-version-goes-on' : 'patch-version-back',
      own < before || own <= before + 1 ? 1 : 0,
    );
  fire('patch-revision-skipped', Math.min(context.skipped, skippedMost));
  const sum = fired.reduce((total, { rule, strength }) => total + patchRules[rule].weight * strength, 0);
  return { sum, fired };
}

function diffRules(
  newer: Posting,
  older: Posting,
  alike: Likeness,
  context: PairContext,
  fire: (rule: PatchRule, strength?: number) => void,
): void {
  if (alike.isDiffSame) {
    fire('patch-diff-same');
    return;
  }
  const haveLines = newer.lineHashes.length >= tellingLines && older.lineHashes.length >= tellingLines;
  if (haveLines && alike.lines === 0) fire('patch-lines-none');
  else fire('patch-lines', haveLines ? (alike.lines + alike.linesOfLarger) / 2 : alike.linesOfLarger / 2);
  if (alike.areFilesSame) {
    fire('patch-files-same');
    if (context.areFilesAlone) fire('patch-files-alone');
  } else if (alike.files === 0)
    fire('patch-files-differ', newer.files.length > 0 && older.files.length > 0 ? 1 : 0);
}

/** What happened to the patch between the two. */
export function changesOf(newer: Posting, older: Posting): PatchChange[] {
  const isSame = newer.patchId !== null && newer.patchId === older.patchId;
  const changes: PatchChange[] = [isSame ? 'same' : 'changed'];
  if (newer.subject.position !== older.subject.position) changes.push('moved');
  if (newer.subject.titleKey !== older.subject.titleKey) changes.push('renamed');
  return changes;
}

/** The link as it is stored and explained. */
export function lineageLink(
  newer: Posting,
  older: Posting,
  score: PairScore,
  changes: readonly PatchChange[],
): LineageLink {
  const strongest = [...score.fired]
    .filter(({ rule }) => patchRules[rule].weight > 0)
    .sort((a, b) => patchRules[b.rule].weight * b.strength - patchRules[a.rule].weight * a.strength);
  return {
    rule: strongest.map(({ rule }) => rule).join('+'),
    confidence: Math.round(confidenceOf(score.sum) * 1000) / 1000,
    evidence: [headerEvidence(newer.messageId, 'subject'), headerEvidence(older.messageId, 'subject')],
    by: 'rule',
    changes,
  };
}
