/** A b4 change-id stays with a series through all its revisions; another one is another series. */
import { bodyEvidence } from '../../model/fact.ts';
import type { Sending } from '../sending.ts';
import type { Rule } from './rule.ts';

export const changeIdRule: Rule = ({ newer, older }) => {
  const newerIds = changeIds(newer);
  const olderIds = changeIds(older);
  if (newerIds.size === 0 || olderIds.size === 0) return [];
  for (const [id, messageId] of newerIds) {
    const other = olderIds.get(id);
    if (other) return [{ rule: 'change-id-same', evidence: [whole(messageId), whole(other)] }];
  }
  return [
    {
      rule: 'change-id-differs',
      evidence: [...newerIds.values(), ...olderIds.values()].slice(0, 2).map(whole),
    },
  ];
};

/** Change-ids of a sending, with the mail that carries each. */
function changeIds(sending: Sending): Map<string, string> {
  const ids = new Map<string, string>();
  for (const part of sending.parts)
    if (part.changeId && !ids.has(part.changeId)) ids.set(part.changeId, part.messageId);
  return ids;
}

function whole(messageId: string) {
  return bodyEvidence(messageId, 0, 0);
}
