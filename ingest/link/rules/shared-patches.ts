/** How many patches of the two sendings are the same by title or diff, and how alike the others are. */
import { headerEvidence } from '../../model/fact.ts';
import type { Likeness } from '../likeness.ts';
import type { Reason, Rule } from './rule.ts';

export const sharedPatchesRule: Rule = ({ newer, older, samePatches, hasSameDiff }) => {
  const evidence = [headerEvidence(newer.id, 'subject'), headerEvidence(older.id, 'subject')];
  const smaller = Math.min(newer.held, older.held);
  if (smaller === 0) return [];
  const reasons: Reason[] = [];
  const isSeries = newer.held > 1 || older.held > 1;
  if (isSeries && samePatches > 0) {
    const part = samePatches / smaller;
    if (part >= 0.6 && samePatches > 1) reasons.push({ rule: 'most-patches-same', evidence });
    else if (part >= 0.3 || samePatches > 1) reasons.push({ rule: 'some-patches-same', evidence });
    else reasons.push({ rule: 'one-patch-same', evidence });
  }
  if (hasSameDiff) reasons.push({ rule: 'diff-same', evidence });
  return reasons;
};

/** Likeness of the diffs themselves, where no diff is the same. */
export const diffLikenessRule: Rule = ({ newer, older, best, hasSameDiff }) => {
  if (hasSameDiff || !best) return [];
  const evidence = [headerEvidence(newer.id, 'subject'), headerEvidence(older.id, 'subject')];
  return [...lineReasons(best), ...fileReasons(best)].map((rule) => ({ rule, evidence }));
};

/** A fix of few lines is often done in another way, so that none of them stays. */
const tellingLines = 6;

function lineReasons(best: Likeness): Reason['rule'][] {
  if (best.lines >= 0.5) return ['diff-like'];
  if (best.lines >= 0.15) return ['diff-partly-like'];
  return best.lines === 0 && best.linesOfSmaller >= tellingLines ? ['diff-unlike'] : [];
}

function fileReasons(best: Likeness): Reason['rule'][] {
  if (best.areFilesSame) return ['files-same'];
  return best.files === 0 ? ['files-differ'] : [];
}
