/**
 * Reply notes: that somebody answered a posting, and what he is going to do: its author to change something, another
 * person to take it.
 *
 * What a reply says of the patch: ./stance.ts. Who has the next move hangs on who spoke last: ../analyse/waiting-on.ts
 */
import { bodyEvidence, type Fact, headerEvidence } from '../model/fact.ts';
import type { Reply } from '../model/review.ts';
import { answerKinds } from './answer-kinds.ts';
import { findPhrase, findPlainPhrase } from './phrase.ts';
import { planKinds } from './plan-kinds.ts';
import { isByAuthor, type ReadReply } from './read-reply.ts';

/** Null for a posting, and in a discussion without one. */
export function noteReply({ mail, target, blocks }: ReadReply): Fact<Reply> | null {
  if (mail.posting || !target) return null;
  const isAuthor = isByAuthor(mail, target);
  const plan = blocks
    .flatMap(({ sentences }) => sentences)
    .find(({ text, plain }) =>
      isAuthor ? isPromise(text) : findPlainPhrase(plain, planKinds) !== undefined,
    );
  return {
    value: {
      messageId: mail.messageId,
      person: mail.from.address,
      personName: mail.from.name,
      posting: target.messageId,
      atMs: mail.sentMs,
      isPromise: isAuthor && plan !== undefined,
      willTake: !isAuthor && plan !== undefined,
    },
    rule: !plan ? 'answered' : isAuthor ? 'author-promised' : 'will-take-said',
    confidence: plan ? 0.8 : 0.95,
    evidence: [
      plan ? bodyEvidence(mail.messageId, plan.start, plan.end) : headerEvidence(mail.messageId, 'from'),
    ],
    by: 'rule',
  };
}

function isPromise(sentence: string): boolean {
  const kind = findPhrase(sentence, answerKinds)?.kind;
  return kind === 'promised' || kind === 'agreed';
}
