/**
 * Turnings: sentences of a mail by which a discussion turns, whatever it is about.
 *
 * In: a mail that was read. Out: spans of its own words with their kind, the surest of each kind and block. A posting
 * has none: its words are the proposal. Words: ./turning-kinds.ts. What a thread makes of them: ../analyse/digest.ts
 */
import { bodyEvidence, type Fact } from '../model/fact.ts';
import type { Turning, TurningKind } from '../model/review.ts';
import { findPlainPhrase } from './phrase.ts';
import type { ReadReply } from './read-reply.ts';
import { turningKinds } from './turning-kinds.ts';

/** In order of lines. */
export function findTurnings(reply: ReadReply): Fact<Turning>[] {
  const { mail } = reply;
  if (mail.posting) return [];
  return reply.blocks.flatMap(({ sentences }) => {
    const surest = new Map<TurningKind, Fact<Turning>>();
    for (const { plain, start, end } of sentences) {
      const phrase = findPlainPhrase(plain, turningKinds);
      if (!phrase || (surest.get(phrase.kind)?.confidence ?? 0) >= phrase.confidence) continue;
      surest.set(phrase.kind, {
        value: { messageId: mail.messageId, kind: phrase.kind, start, end },
        rule: `turning-${phrase.rule}`,
        confidence: phrase.confidence,
        evidence: [bodyEvidence(mail.messageId, start, end)],
        by: 'rule',
      });
    }
    return [...surest.values()];
  });
}
