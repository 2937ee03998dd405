/**
 * A maintainer's batch ("Fixes for net", with what `git request-pull` writes) holds patches that other series brought.
 * It is no revision of those, nor is the next batch a revision of this one, though both have one title. A second version
 * of a batch counts up, as all others do.
 */
import { headerEvidence } from '../../model/fact.ts';
import type { Sending } from '../sending.ts';
import type { Rule } from './rule.ts';

export const pullBatchRule: Rule = ({ newer, older }) => {
  const batch = [newer, older].find(asksPull);
  const isNextVersion = newer.version > older.version || newer.isResend || (older.isRfc && !newer.isRfc);
  return batch && !isNextVersion
    ? [{ rule: 'pull-batch', evidence: [headerEvidence(batch.id, 'subject')] }]
    : [];
};

function asksPull({ parts }: Sending): boolean {
  return parts.some((part) => part.asksPull);
}
