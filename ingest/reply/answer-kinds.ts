/**
 * Answer kinds: by which words somebody agrees with a point, declines it, or takes it back.
 *
 * One row a sentence that people write under a review comment. `promised` and `agreed` close a point for now (the next
 * revision must show it), `declined` leaves it contested, `withdrawn` counts from the one who made the point.
 */
import { anyOf, type Phrase } from './phrase.ts';

export type AnswerKind = 'withdrawn' | 'declined' | 'promised' | 'agreed';

/** What is done about a comment. */
const does =
  '(?:fix|change|add|drop|remove|update|rename|rework|resend|re-?spin|send|split|move|do|address|correct|use|include|mention|squash|fold|take care|adjust|make|prepare|look into|rephrase|reword|rebase|repost|revise|rewrite|refactor|restructure|reorder|replace|convert|switch|simplify|clean|clarify|improve|document|describe|handle|implement|incorporate|post|tweak|amend|expand|extend|merge|combine|introduce|reduce|get rid|go with|delete|adapt|align|edit|integrate|revert)';

export const answerKinds: readonly Phrase<AnswerKind>[] = [
  {
    kind: 'withdrawn',
    rule: 'withdrawn-said',
    pattern:
      /\b(?:never ?mind|nvm|scratch that|ignore (?:me|this|that|my|the noise)|disregard|sorry for the noise|please ignore|my (?:mistake|bad|fault)|i (?:misread|misunderstood|missed that|was wrong|stand corrected|take (?:it|that) back|withdraw)|i (?:overlooked|confused)|no (?:further |more )?objections?|(?:i'm|i am) (?:fine|ok|okay|good) with (?:it|this|that|either)|fine (?:by|with) me|(?:i(?:'m| am) not going to|i (?:won't|will not|do not|don't)) insist|forget (?:it|about it|what i said)|brain ?fart|brainfart|d'?oh)\b/i,
    unless: /\b(?:if|unless|once|when)\b/i,
    confidence: 0.85,
    sample: 'Never mind, I misread the code.',
  },
  {
    kind: 'declined',
    rule: 'declined-said',
    pattern:
      /\b(?:(?:i )?(?:don't|do not) (?:think|agree|believe|see (?:why|how|the need|a reason|any reason|the point))|(?:i )?(?:disagree|object)|(?:i'd|i would) (?:rather|prefer)(?: \w{1,12}){0,2} (?:not|to keep|keep|leave|to leave)|(?:that|this|it) (?:is|'s) (?:intentional|on purpose|by design|deliberate|not (?:possible|needed|necessary|a problem|an issue|true|correct|the case|worth))|not (?:needed|necessary|possible|worth it|an issue|a problem|really)|that (?:won't|wouldn't|doesn't|would not|does not|will not) work|(?:that|this|it)(?:'d| would) (?:break|defeat|make it worse|be wrong|not work)|(?:i|we) (?:can't|cannot|won't|will not) (?:do|change|use|drop|remove)|no need|there(?:'s| is) no (?:need|reason|point))\b|^no[,.!]|^nope\b|^nah\b/i,
    confidence: 0.8,
    sample: "I don't think so, it is intentional.",
  },
  {
    kind: 'declined',
    rule: 'declined-unrelated',
    pattern: anyOf(
      "(?:doesn't|does not|don't) (?:really )?(?:seem|look|appear) (?:like|to be) (?:an? )?(?:bug|issue|problem|related|caused)",
      '(?:unrelated to|not caused by|not related to) (?:this|my|the patch)',
      'false (?:positive|alarm|report)',
    ),
    confidence: 0.8,
    sample: 'This really does not look like a bug in my patch.',
  },
  {
    kind: 'promised',
    rule: 'promised-next',
    pattern: anyOf(
      `(?:i'll|i will|we'll|we will|i'm going to|i am going to|i shall|let me) (?:\\w+ ){0,2}${does}`,
      // Of others and of things it says what they do: `The kernel will add it`.
      `^(?:(?:ok|okay|sure|yes|yep|yeah|ack|ah|oh|oops|thanks|right|and|noted|agreed|good (?:point|catch|idea))[,.!]? ){0,2}will (?:\\w+ ){0,2}${does}`,
      `(?:i|we)(?:'ve|'ll)? [^.?!]{1,80} and will (?:\\w+ ){0,2}${does}`,
      `, (?:and |but |so )?will (?:\\w+ ){0,2}${does}`,
      '(?:(?:i|we) )?can (?:certainly|definitely|easily|happily|of course|surely) (?:add|do|drop|change|remove|rename|fix|update|move|split|make|use)',
      '(?:i|we)(?: just| also| now)? (?:fixed|changed|added|dropped|removed|updated|renamed|reworked) (?:it|this|that|them|these|the|an?)',
      "(?:i've|i have|we've) (?:\\w+ ){0,2}(?:fixed|changed|added|dropped|removed|updated|renamed|reworked|split|moved|addressed|corrected)",
      '(?:fixed|done|changed|addressed|updated|added|removed|dropped|corrected)(?: this| it| that)?(?: in| for| with)? (?:v\\d{1,2}|the next|next|my tree|locally|now)',
      '^(?:fixed|changed|renamed|updated|dropped|removed|corrected) (?:to|as|that|this|it|them|both|all|here)',
      'in (?:the )?(?:next (?:version|revision|spin|round|iteration|posting|respin|series)|v\\d{1,2})',
      '^(?:done|fixed|will do|changed|dropped|added|removed|noted|ack|roger|sure thing|on it|okay, done|ok, done|ok, will do|sure, will do)(?=[.,! ]{0,3}$)',
    ),
    unless: anyOf(
      'why',
      'if you want',
      'unless',
      "(?:will|'ll|shall|to) (?:not|never)",
      '(?:could|can|would) you',
      '\\?\\W*$',
      'already in',
    ),
    confidence: 0.85,
    sample: 'Will fix in v2.',
  },
  {
    kind: 'agreed',
    rule: 'agreed-said',
    pattern:
      /^(?:(?:oh|ah|ahh|hm+|well|ok|okay|yes|yeah|yep|yup|right|true|indeed|sure|great|thanks|ha|oops|ouch|hah|and|i)[,.!]? ){0,2}(?:ack|agree|agreed|fair|fair (?:enough|point)|good (?:point|catch|idea|question|suggestion|spot|eye)|nice (?:catch|idea|spot)|great (?:catch|idea|point|suggestion)|makes sense|sounds good|sounds (?:like a plan|reasonable|right|great)|you(?:'re| are) (?:right|correct)|that(?:'s| is) (?:right|true|correct|fair|a good|better|a great|a fair)|exactly|absolutely|definitely|of course|indeed|right|true|correct|sure|oops|my bad|thanks for (?:catching|spotting|noticing|pointing)|well spotted|works for me|got it|understood|i see(?=[.,!]|$)|fine)\b|^(?:yes|yep|yup|yeah|ok|okay|k|\+1)\b[,.! ]|^(?:yes|yep|yup|yeah|ok|okay|k|\+1)$/i,
    unless:
      /\?$|\b(?:but|however|though|although) (?:i|it|this|that|we|you|the|not)\b|\b(?:not|don't|isn't) (?:agree|right|true|correct|sure)\b/i,
    confidence: 0.88,
    sample: 'Good point, thanks.',
    trap: 'Right, but I would keep it.',
  },
];
