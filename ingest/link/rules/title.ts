/**
 * The titles of cover letters or single patches. Short titles ("tfix") are common property and prove little; so do
 * titles that are alike but for a name.
 */
import { headerEvidence } from '../../model/fact.ts';
import { titleLikeness, titleWords } from '../likeness.ts';
import type { Sending } from '../sending.ts';
import type { SendingRule } from '../weights.ts';
import type { Rule } from './rule.ts';

const tellingWords = 4;
const alikeShare = 0.6;
/** Two covers of one subject have more of their words in common than this. */
const unlikeShare = 0.3;

export const titleRule: Rule = (pair) => {
  const { newer, older } = pair;
  if (newer.titleKey === '' || older.titleKey === '') return [];
  const evidence = [headerEvidence(newer.id, 'subject'), headerEvidence(older.id, 'subject')];
  const rule =
    newer.hasCover && older.hasCover
      ? coverRule(newer, older, pair.samePatches)
      : isSingle(newer) && isSingle(older)
        ? singleRule(newer, older)
        : null;
  return rule === null ? [] : [{ rule, evidence }];
};

function coverRule(newer: Sending, older: Sending, samePatches: number): SendingRule | null {
  if (isSameTitle(newer, older)) return 'cover-title-same';
  const alike = titleLikeness(newer.titleKey, older.titleKey);
  if (alike >= alikeShare) return 'cover-title-like';
  return alike < unlikeShare && samePatches === 0 ? 'cover-title-unlike' : null;
}

function singleRule(newer: Sending, older: Sending): SendingRule | null {
  const isTelling = titleWords(newer.titleKey).size >= tellingWords;
  if (isSameTitle(newer, older)) return isTelling ? 'title-same' : 'title-same-short';
  return isTelling && titleLikeness(newer.titleKey, older.titleKey) >= alikeShare ? 'title-like' : null;
}

/** The same title, or the same words with other signs between them. */
function isSameTitle({ titleKey: a }: Sending, { titleKey: b }: Sending): boolean {
  return a === b || (titleWords(a).size >= tellingWords && titleLikeness(a, b) === 1);
}

function isSingle(sending: Sending): boolean {
  return sending.parts.length === 1 && !sending.hasCover;
}
