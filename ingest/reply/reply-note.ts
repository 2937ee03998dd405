/**
 * Reply notes: that somebody answered a posting, and whether its author promises to do something about it.
 *
 * What a reply says of the patch: ./stance.ts. Who has the next move hangs on who spoke last: ../analyse/waiting-on.ts
 */
import { bodyEvidence, type Fact, headerEvidence } from '../model/fact.ts';
import type { Reply } from '../model/review.ts';
import { answerKinds } from './answer-kinds.ts';
import { findPhrase } from './phrase.ts';
import { isByAuthor, type ReadReply } from './read-reply.ts';

/** Null for a posting, and in a discussion without one. */
export function noteReply({ mail, target, blocks }: ReadReply): Fact<Reply> | null {
  if (mail.posting || !target) return null;
  const promise = isByAuthor(mail, target)
    ? blocks.flatMap(({ sentences }) => sentences).find(({ text }) => isPromise(text))
    : undefined;
  return {
    value: {
      messageId: mail.messageId,
      person: mail.from.address,
      personName: mail.from.name,
      posting: target.messageId,
      atMs: mail.sentMs,
      isPromise: promise !== undefined,
    },
    rule: promise ? 'author-promised' : 'answered',
    confidence: promise ? 0.8 : 0.95,
    evidence: [
      promise
        ? bodyEvidence(mail.messageId, promise.start, promise.end)
        : headerEvidence(mail.messageId, 'from'),
    ],
    by: 'rule',
  };
}

function isPromise(sentence: string): boolean {
  const kind = findPhrase(sentence, answerKinds)?.kind;
  return kind === 'promised' || kind === 'agreed';
}
