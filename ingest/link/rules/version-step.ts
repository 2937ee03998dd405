/** Versions go up, a resend says so, and RFC counting starts anew as PATCH (rule S9). */
import { headerEvidence } from '../../model/fact.ts';
import type { Sending } from '../sending.ts';
import type { SendingRule } from '../weights.ts';
import type { Rule } from './rule.ts';

export const versionStepRule: Rule = ({ newer, older }) => {
  const evidence = [headerEvidence(newer.id, 'subject'), headerEvidence(older.id, 'subject')];
  const rules: SendingRule[] = [];
  const isRestart = older.isRfc && !newer.isRfc;
  if (isRestart) rules.push('rfc-to-patch');
  if (newer.isResend && newer.version === older.version) rules.push('resend');
  const own = patchVersionStep(newer, older);
  if (own > 0) rules.push('patch-version-next');
  if (newer.version > older.version)
    rules.push(newer.version === older.version + 1 ? 'version-next' : 'version-later');
  else if (newer.version < older.version) {
    if (!isRestart) rules.push('version-earlier');
  } else if (newer.minor > older.minor) rules.push('version-next');
  else if (!isRestart && !newer.isResend && own <= 0) rules.push('version-same');
  return rules.map((rule) => ({ rule, evidence }));
};

/** How many patches carry an own version `(v9)` that goes on from the same title's in the older sending. */
function patchVersionStep(newer: Sending, older: Sending): number {
  const before = new Map(older.parts.map((part) => [part.subject.titleKey, part.subject.patchVersion]));
  let steps = 0;
  for (const part of newer.parts) {
    const earlier = before.get(part.subject.titleKey);
    const own = part.subject.patchVersion;
    if (own !== null && earlier !== null && earlier !== undefined && own >= earlier) steps++;
  }
  return steps;
}
