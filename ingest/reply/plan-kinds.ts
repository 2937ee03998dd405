/**
 * Plan kinds: by which words somebody says that he is going to take a patch, so that its author has nothing to do.
 *
 * It is no `applied` (./stance-kinds.ts): people forget. With a condition it is none, since the condition is the author's.
 */
import { anyOf, type Phrase } from './phrase.ts';

const object =
  '(?=[.,!;]|$| (?:this|it|them|these|those|that|the (?:patch|series|set|rest|whole|fix)|your|all|both|up|into|to|for|with|as|v\\d|patch|patches|on)\\b)';
const take = `(?:(?:apply|queue|merge|commit)${object}|push (?:it|this|that|them|these|both|all)|pick (?:it|this|that|them|these|up|both|all)|take (?:it|this|that|them|these|both|all|the (?:patch|series))(?! from there| further| into account))`;

export const planKinds: readonly Phrase<'will-take'>[] = [
  {
    kind: 'will-take',
    rule: 'will-take-said',
    pattern: anyOf(
      `(?:i'll|i will|i'm (?:just |now |also )?going to|i am going to|i'm about to|i plan to|we'll|we will)(?: [\\w./-]{1,30}){0,6} ${take}`,
      "(?:i'll|i will|we'll|let me) get (?:it|this|that|these|them) (?:queued|applied|merged|in|into)",
      "(?:when|while) (?:i'm |i am )?(?:i )?(?:apply|applying|merge|merging|commit|committing|queue) (?:it|this|them|that)",
    ),
    unless: anyOf(
      'if|once|after|unless|until|assuming|provided|as soon as|otherwise|when you|when v\\d|when the|would|could|might',
      "(?:not|n't|never|won't)",
      '\\?\\W*$',
    ),
    confidence: 0.85,
    sample: "Thanks, I'll queue this up.",
    trap: "I'll apply it once the comment is gone.",
  },
];
