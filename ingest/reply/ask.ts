/**
 * Asks: what the sentences of a block ask for, by ./point-kinds.ts.
 *
 * In: a block of own words. Out: asks with the sentence that says so. Points, stances and later answers look for them.
 */
import { once } from '../model/once.ts';
import type { PointKind } from '../model/review.ts';
import type { OwnBlock } from './own-text.ts';
import { anyOf, findPlainPhrase } from './phrase.ts';
import { pointKinds } from './point-kinds.ts';
import { aboutOf, type ReadReply } from './read-reply.ts';

/** What a block asks for, and the sentence that says so. */
export interface Ask {
  readonly kind: PointKind;
  readonly rule: string;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
}

/** What is asked in so many words; in talk with people, what should or could be may be no more than talk. */
const plainAsk = 0.87;

/** Somebody who takes a patch may show what he made of it. */
const taken = anyOf(
  "(?:i|we|i've|we've|i have|we have)(?: \\w+){0,2} (?:applied|pushed|committed|merged|queued)",
  'and (?:now )?(?:applied|merged|pushed|queued)(?: (?:it|this|them))? (?:to|into|onto|in)',
  '^\\W{0,3}(?:\\w+[,.!]? ){0,3}(?:applied|pushed|merged|queued|committed)',
);
const notTaken = anyOf("(?:if|once|when|after|before|until|unless|not|never|haven't|hasn't|by)", '\\?\\W*$');

/** Everything that the sentences of a block ask for, in order. */
export const asksOf = once((block: OwnBlock): readonly Ask[] =>
  block.sentences.flatMap(({ plain, start, end }) => {
    const phrase = findPlainPhrase(plain, pointKinds);
    const { kind, rule, confidence } = phrase ?? {};
    if (kind === undefined || rule === undefined || confidence === undefined) return [];
    return [{ kind, rule: `point-${rule}`, confidence, start, end }];
  }),
);

/** What a block asks for of the patch under review: below words of people only what is asked plainly. */
export function asksMeant(reply: ReadReply, block: OwnBlock): readonly Ask[] {
  const asks = asksOf(block);
  if (asks.length === 0 || aboutOf(reply, block) === 'patch') return asks;
  return asks.filter(({ kind, confidence }) => kind !== 'change-requested' || confidence >= plainAsk);
}

/** True where a block says that its sender took the patch. */
export function saysTaken({ sentences }: OwnBlock): boolean {
  return sentences.some(({ plain }) => taken.test(plain) && !notTaken.test(plain));
}

/** What a block asks for: the highest row of the table that any sentence fits. */
export function findAsk(reply: ReadReply, block: OwnBlock): Ask {
  const best = asksMeant(reply, block).reduce<Ask | undefined>(
    (first, ask) => (first && rankOf(first) <= rankOf(ask) ? first : ask),
    undefined,
  );
  const { start, end } = block;
  if (block.hasPatch && best?.kind !== 'objection' && !saysTaken(block))
    return { kind: 'suggested-diff', rule: 'point-pasted-diff', confidence: 0.9, start, end };
  return best ?? { kind: 'remark', rule: 'point-own-words', confidence: 0.7, start, end };
}

function rankOf(ask: Ask): number {
  return pointKinds.findIndex((row) => `point-${row.rule}` === ask.rule);
}
