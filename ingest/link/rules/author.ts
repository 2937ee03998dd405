/** Revisions come from one person; somebody else taking over a series needs better evidence. */
import { headerEvidence } from '../../model/fact.ts';
import type { Rule } from './rule.ts';

export const authorRule: Rule = ({ newer, older, isOnePerson }) => [
  {
    rule: isOnePerson ? 'author-same' : 'author-differs',
    evidence: [headerEvidence(newer.id, 'from'), headerEvidence(older.id, 'from')],
  },
];
