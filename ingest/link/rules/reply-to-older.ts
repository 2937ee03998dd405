/** A new revision sent as a reply to the older one (`git send-email --in-reply-to`). */
import { headerEvidence } from '../../model/fact.ts';
import type { Rule } from './rule.ts';

export const replyToOlderRule: Rule = ({ newer, older }) => {
  const held = new Set(older.parts.map((part) => part.messageId));
  for (const part of newer.parts) {
    if (part.replyChain.some((id) => held.has(id))) {
      return [{ rule: 'reply-to-older', evidence: [headerEvidence(part.messageId, 'in-reply-to')] }];
    }
  }
  return [];
};
