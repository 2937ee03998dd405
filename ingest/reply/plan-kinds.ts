/**
 * Plan kinds: by which words somebody says what he is going to do with a posting: take it, or read it; or its author,
 * that nobody need read it.
 *
 * To take it is no `applied` (./stance-kinds.ts): people forget. With a condition it is none, since the condition is the
 * author's.
 */
import { anyOf, type Phrase } from './phrase.ts';

const object =
  '(?=[.,!;]|$| (?:this|it|them|these|those|that|the (?:patch|series|set|rest|whole|fix)|your|all|both|up|into|to|for|with|as|v\\d|patch|patches|on)\\b)';
const take = `(?:(?:apply|queue|merge|commit)${object}|push (?:it|this|that|them|these|both|all)|pick (?:it|this|that|them|these|up|both|all)|take (?:it|this|that|them|these|both|all|the (?:patch|series))(?! from there| further| into account))`;

export type PlanKind = 'will-take' | 'will-review' | 'withdrawn';

const closer = '(?:an? |another |some )?(?:\\w+ ){0,2}(?:look|read|try|spin|pass|review)\\b';

export const planKinds: readonly Phrase<PlanKind>[] = [
  {
    kind: 'will-take',
    rule: 'will-take-said',
    pattern: anyOf(
      `(?:i'll|i will|i'm (?:just |now |also )?going to|i am going to|i'm about to|i plan to|we'll|we will)(?: [\\w./-]{1,30}){0,6} ${take}`,
      "(?:i'll|i will|we'll|let me) get (?:it|this|that|these|them) (?:queued|applied|merged|in|into)",
      "(?:i'm|i am) (?:now |just )?(?:pulling|applying|merging|queue?ing|taking|committing|pushing)(?: up)? (?:this|it|these|them|both|all|the (?:patch|series))(?! into account)",
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
  {
    kind: 'will-review',
    rule: 'will-review-said',
    pattern: anyOf(
      `(?:i'll|i will|i'm going to|i am going to|i plan to|let me|we'll|we will)(?: also| try to| have to| need to| probably| certainly| definitely| hopefully| then)* (?:take|have|give (?:it|this|them|the (?:series|patch|rest))) ${closer}`,
      `^(?:ok|okay|sure|thanks|and|great)?[,.]? ?will (?:also |try to |hopefully )*(?:take|have) ${closer}`,
      "(?:i'll|i will|i'm going to|i am going to|i plan to|let me|we'll|we will)(?: also| try to| have to| need to| probably| certainly| definitely| hopefully| then)* (?:review|test|look at|look into|look through|go through|read through|get to) (?:it|this|that|these|them|the|your|v\\d|patch)",
      '(?:some |more |find |need |take |have )time to (?:review|look|test|read|go through|digest)',
      '(?:finish|continue|complete) (?:my|the|reviewing|with my) ?(?:review|rest|series)?',
    ),
    unless: anyOf(
      'if|once|after|unless|until|assuming|provided|as soon as|when|would|could|might|next version|v\\d',
      "(?:not|n't|never|won't)",
      '\\?\\W*$',
    ),
    confidence: 0.8,
    sample: "I'll take a closer look tomorrow.",
    trap: "I'll take a look once the comments are gone.",
  },
  {
    kind: 'withdrawn',
    rule: 'author-withdrew',
    pattern: anyOf(
      "(?:please|pls),? (?:just )?(?:ignore|disregard|discard|drop|skip|forget|don't (?:apply|merge|review)|do not (?:apply|merge|review)) (?:this|these|the|it|my|that)(?: (?:patch|patches|series|patch ?set|one|version|mail|email|posting|v\\d{1,2}|serial email))?(?=[.,!;]|$| (?:and|as|since|because|for now|i|it|we|in favou?r)\\b)",
      '^(?:ignore|disregard|scratch) (?:this|these|the|my) (?:patch|patches|series|patch ?set|one|version|mail|email|posting|v\\d{1,2})',
      '(?:this|it|patch|series) (?:was|got) (?:sent|posted) (?:by (?:mistake|accident)|too early|accidentally)',
      '^self[- ]?nac?k',
      "(?:you can|let's|we can) (?:just |safely )?drop this (?:patch|series|one)(?=[.,!;]|$)",
      "(?:i'm|i am|i'll|i will) (?:withdraw|withdrawing|abandon|abandoning|dropping) (?:this|the|my) (?:patch|series|version)",
    ),
    unless: anyOf(
      'if|unless|whether|until',
      "(?:not|n't|never) (?:drop|ignore|withdraw)",
      '\\?\\W*$',
      '(?:typo|comment|commit message|part|hunk)',
    ),
    confidence: 0.85,
    sample: 'Please ignore this patch, it was sent by mistake.',
    trap: 'Please ignore the typo in the comment.',
  },
];
