/** A year between two sendings makes a chance likeness more probable than a new revision. */
import { headerEvidence } from '../../model/fact.ts';
import type { Rule } from './rule.ts';

const yearMs = 365 * 86_400_000;

export const timeGapRule: Rule = ({ newer, older }) =>
  newer.sentMs - older.sentMs > yearMs
    ? [{ rule: 'long-ago', evidence: [headerEvidence(newer.id, 'date'), headerEvidence(older.id, 'date')] }]
    : [];
