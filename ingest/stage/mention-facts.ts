/**
 * Mention facts: commits that a mail speaks of, as the store keeps them.
 */
import { bodyEvidence } from '../model/fact.ts';
import type { Mention } from '../model/review.ts';
import { findCommitMentions } from '../patch/commit-mention.ts';
import type { StoredFact } from '../store/store.ts';
import type { ThreadMail } from './thread-mails.ts';

export function mentionFacts({ messageId, lines, posting }: ThreadMail): StoredFact[] {
  return findCommitMentions(lines, posting !== null).map(({ sha, title, isFixes, line }) => {
    const value: Mention = { messageId, sha, title, isFixes };
    return {
      kind: 'mention',
      owner: messageId,
      subject: messageId,
      value,
      rule: isFixes ? 'fixes-trailer' : 'commit-named',
      confidence: 0.95,
      evidence: [bodyEvidence(messageId, line, line + 1)],
      by: 'rule',
    };
  });
}
