/**
 * Time between two sendings. A year makes a chance likeness more probable than a new revision; within a day, the same
 * version under another title is a second series ("part two"), for nobody reworks a series and its name that fast.
 */
import { headerEvidence } from '../../model/fact.ts';
import type { SendingRule } from '../weights.ts';
import type { Rule } from './rule.ts';

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;

export const timeGapRule: Rule = ({ newer, older, samePatches }) => {
  const gapMs = newer.sentMs - older.sentMs;
  const evidence = [headerEvidence(newer.id, 'date'), headerEvidence(older.id, 'date')];
  const rules: SendingRule[] = [];
  if (gapMs > yearMs) rules.push('long-ago');
  const isOtherTitle = newer.titleKey !== older.titleKey && newer.version === older.version;
  if (gapMs < dayMs && isOtherTitle && samePatches === 0 && !newer.isResend)
    rules.push('same-day-other-title');
  return rules.map((rule) => ({ rule, evidence }));
};
