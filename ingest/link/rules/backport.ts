/** A patch that a stable maintainer sends on for an older release is a backport, not a revision of its series. */
import { headerEvidence } from '../../model/fact.ts';
import type { Sending } from '../sending.ts';
import type { Rule } from './rule.ts';

export const backportRule: Rule = ({ newer, older }) => {
  const found = [newer, older].find(isBackport);
  return found ? [{ rule: 'backport-by-other', evidence: [headerEvidence(found.id, 'subject')] }] : [];
};

function isBackport({ parts }: Sending): boolean {
  const [first] = parts.filter((part) => !part.isCover);
  if (!first || first.senderAddress === first.authorAddress) return false;
  return first.subject.tags.some(({ kind }) => kind === 'release' || kind === 'backport');
}
