/**
 * Answers: what a sentence says under a review comment, by ./answer-kinds.ts; each sentence is read once for all that ask.
 */
import { once } from '../model/once.ts';
import { type AnswerKind, answerKinds } from './answer-kinds.ts';
import type { OwnBlock, OwnSentence } from './own-text.ts';
import { findPlainPhrase, type Phrase } from './phrase.ts';

/** Undefined where a sentence answers nothing. */
export const answerSaid = once(({ plain }: OwnSentence): Phrase<AnswerKind> | undefined =>
  findPlainPhrase(plain, answerKinds),
);

/** First answer that any sentence of a block gives. */
export function answerOf({ sentences }: OwnBlock): Phrase<AnswerKind> | undefined {
  return sentences.map(answerSaid).find((said) => said !== undefined);
}

const ofSeveral =
  /\b(?:both|all|these|those|them|everything|comments|suggestions|remarks|issues|points|the rest|feedback|review)\b/i;

/** `Both fixed in v3`, wherever it stands in an answer. */
export const consentsToAll = once(({ sentences }: OwnBlock): boolean =>
  sentences.some((sentence) => ofSeveral.test(sentence.plain) && isConsent(answerSaid(sentence))),
);

/** True where a change that was asked for is promised or agreed to. */
export function isConsent(said: Phrase<AnswerKind> | undefined): boolean {
  return said?.kind === 'promised' || said?.kind === 'agreed';
}
