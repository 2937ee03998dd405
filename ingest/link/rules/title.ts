/** The titles of cover letters or single patches. Short titles ("tfix") are common property and prove little. */
import { headerEvidence } from '../../model/fact.ts';
import { titleLikeness, titleWords } from '../likeness.ts';
import type { Sending } from '../sending.ts';
import type { Rule } from './rule.ts';

const tellingWords = 4;
const alikeShare = 0.6;

export const titleRule: Rule = ({ newer, older }) => {
  if (newer.titleKey === '' || older.titleKey === '') return [];
  const evidence = [headerEvidence(newer.id, 'subject'), headerEvidence(older.id, 'subject')];
  const isSame = newer.titleKey === older.titleKey;
  if (newer.hasCover && older.hasCover) {
    if (isSame) return [{ rule: 'cover-title-same', evidence }];
    return titleLikeness(newer.titleKey, older.titleKey) >= alikeShare
      ? [{ rule: 'cover-title-like', evidence }]
      : [];
  }
  if (!isSame || !isSingle(newer) || !isSingle(older)) return [];
  const isTelling = titleWords(newer.titleKey).size >= tellingWords;
  return [{ rule: isTelling ? 'title-same' : 'title-same-short', evidence }];
};

function isSingle(sending: Sending): boolean {
  return sending.parts.length === 1 && !sending.hasCover;
}
