/**
 * Point kinds: by which words a remark asks for something, and for what.
 *
 * One row a way of saying it; order is rank: the first row that fits any sentence of a block names the block, so that
 * `NAK, please split this` is an objection and `nit: please rename` a nit. Who asks nothing leaves a remark, a pasted
 * diff makes a suggested diff. A row is worth having where it is right nine times in ten; the rest stays silent.
 */
import type { PointKind } from '../model/review.ts';
import { anyOf, type Phrase } from './phrase.ts';

type AskKind = Exclude<PointKind, 'remark' | 'suggested-diff'>;

/** The sender speaks of what he does himself, or has done. */
const ofMyself =
  "(?:i'll|i will|i'm going to|i am going to|let me|i should|i could|i can|we'll|will do|i(?:'ve| have))";
/** The sentence agrees with somebody, or tells of a thing that is past. */
const ofOthers =
  "(?:(?:i )?agreed?|as (?:you|he|she|they|\\p{L}+) (?:said|noted|suggested|mentioned)|like you said|would(?:'ve| have)|could(?:'ve| have)|should(?:'ve| have))";
/** A thing that holds only sometimes, or is asked. */
const open = '\\?\\W*$';

export const pointKinds: readonly Phrase<AskKind>[] = [
  {
    kind: 'nit',
    rule: 'nit-named',
    pattern:
      /^\W{0,4}(?:(?:just|only|super|tiny|small|minor|one|another|a|an|some|micro)[ -]){0,3}(?:nits?|nitpick|nit-pick|typos?|bikeshed|bikeshedding)\b/i,
    confidence: 0.97,
    sample: 'nit: please rename this to pump_start().',
    trap: 'Thanks for the typo fix.',
  },
  {
    kind: 'nit',
    rule: 'nit-optional',
    pattern: anyOf(
      'feel free to ignore',
      'not a (?:big deal|blocker|show ?stopper)',
      'no need to (?:resend|respin)',
      '(?:just|only) (?:a |some )?(?:nit|nits|nitpick|nitpicking)',
      'minor (?:nit|thing|point|comment|style)',
      "while (?:you are|you're|we are|we're) at it",
      'if you (?:happen to |do |need to |have to |end up )?(?:respin|resend|re-spin|resending|respinning)',
    ),
    confidence: 0.9,
    sample: 'While you are at it, the comment could go too.',
  },
  {
    kind: 'objection',
    rule: 'objection-nak',
    pattern: anyOf(
      "^\\W{0,3}(?:(?:so|and|sorry|big|strong|hard|still|clear|yeah|it's a|this is a|that's a|from me a)[,.!]? ){0,2}(?:nak|nack|naked|nacked)",
      "(?:i|i'm|i am|i have to|i must|me|we) (?:still |really )?(?:nak|nack|nacking|naking)",
    ),
    unless: anyOf('not (?:a |an )?(?:formal |hard )?(?:nak|nack)', 'if'),
    confidence: 0.97,
    sample: 'NAK, this opens the valve twice.',
    trap: 'This is not a NAK.',
  },
  {
    kind: 'objection',
    rule: 'objection-of-mine',
    pattern: anyOf(
      'i (?:really |strongly |very much |have to |must )?(?:object|oppose|dislike|hate)',
      "i (?:really |very much )?(?:don't|do not) (?:really )?(?:like|want) (?:this|that|the idea|the|it|to see|where)",
      "(?:i'm|i am) (?:strongly |very much |really |pretty |firmly )?(?:against|opposed to)",
      "(?:i'm|i am) (?:extremely|very|rather|really|a bit) reluctant",
      "(?:i )?(?:can't|cannot|won't|will not) (?:accept|take|apply|merge|ack) (?:this|that|it)",
      'vote against',
      "(?:i really |i )think (?:that )?(?:this|that|it)(?:'s| is) (?:\\w+ )?(?:misguided|wrong|a mistake|a bad idea|broken)",
    ),
    unless: anyOf(
      "(?:don't|do not|didn't|not|no longer|never|won't|wouldn't|nor) (?:\\w+ )?(?:object|oppose|objecting|opposed|against|dislike|hate)",
      'if',
      'unless',
      open,
    ),
    confidence: 0.93,
    sample: 'I am extremely reluctant to do so.',
    trap: "I don't object.",
  },
  {
    kind: 'objection',
    rule: 'objection-to-it',
    pattern: anyOf(
      "(?:this|that|it)(?:'s| is) (?:just |simply |completely |totally |plain |clearly |definitely |really |fundamentally |still )?(?:wrong|broken|bogus|not acceptable|unacceptable|nonsense|misguided|insane|horrible|a (?:very |really |terribly )?bad idea|a no-go|not the right (?:way|approach|fix|place|solution)|not (?:a |an )?(?:acceptable|valid) (?:\\w+ )?(?:fix|solution|approach))",
      '(?:this|that|it) (?:would|will|completely|totally|is going to) (?:break|regress) (?:the|existing|all|every|user|userspace|abi|backward|current|my|our)',
      '(?:this|patch|change) breaks (?:the|existing|all|every|user|userspace|abi|backward|current|my|our)',
      '(?:not|un)acceptable',
      'absolutely not',
      "(?:not|isn't) something (?:that )?(?:i think )?(?:i|we) (?:really |would |ever )?(?:want|like) to see",
      "we(?:'re| are) not (?:doing|going to|adding|taking|accepting|changing)",
      "we (?:don't|do not) (?:do|want|accept|add|take) (?:this|that|these|those|such|new)",
      "(?:i )?(?:don't|do not) (?:think|believe) (?:that )?(?:this|that|it|these|those|we)(?:'s| is| are|'re)? ?(?:\\w+ ){0,2}(?:needed|necessary|required|right|correct|appropriate|acceptable|a good idea|the right|worth it|justified|a fix)",
    ),
    unless: anyOf(
      "(?:isn't|not|never|no longer|if|unless|without) (?:\\w+ )?(?:wrong|broken|bogus)",
      'if',
      'unless',
      'was',
      'were',
      'currently',
      open,
    ),
    confidence: 0.88,
    sample: "I don't think that is needed, it fixes nothing.",
    trap: 'The old code was broken, that is why.',
  },
  {
    kind: 'change-requested',
    rule: 'change-please',
    pattern: anyOf(
      "(?:please|pls|plz),? (?:also |just |do |always |either |at least |simply |instead |then |rather |kindly )?(?:do not|don't|look at using|explain (?:this|that|it|why) in|(?!(?:let|see|note|find|ignore|disregard|feel|correct me|tell|explain|clarify|elaborate|comment|review|look|have|take|check|advise|apply|pull|merge|accept|ping|help|confirm|share|point|report|wait|bear|be|refer|keep me|keep in mind|consider|stop|excuse|forgive|pardon|continue|contact|visit|read|enjoy|propose|suggest|respond|reply|answer|give|go ahead|queue|pick|ack|cc|to|and|or|the|a|i|if|when)\\b)[a-z]{2,20})",
      ', please\\W*$',
      '^please\\W*$',
    ),
    unless: anyOf(
      '^(?:yes|yeah|yep|sure|no)\\W',
      '(?:so|then) i',
      'please (?:let|see|note|find|review|apply|pull|disregard|wait|propose)',
    ),
    confidence: 0.92,
    sample: 'Please split this in two patches.',
    trap: 'Please let me know what you think.',
  },
  {
    kind: 'change-requested',
    rule: 'change-lets',
    pattern: anyOf(
      "let(?:'s|us) (?:not |just |rather |also |simply |instead |better |please ){0,2}(?:use|add|drop|remove|fix|move|rename|split|make|put|call|keep|avoid|fold|merge|document|do this|do that|do it|have|convert|replace|squash|leave|print|return|pass|check|decapitalize|name|write|turn|introduce|stick|go with|be consistent)",
    ),
    unless: anyOf(open, 'for now'),
    confidence: 0.85,
    sample: "Let's use an unsigned type here.",
    trap: "Let's see what the others say.",
  },
  {
    kind: 'change-requested',
    rule: 'change-can-you',
    pattern: anyOf(
      '(?<!how )(?<!what )(?:can|could|would|will) you (?:please |pls |also |maybe |perhaps |possibly |kindly |just |instead |at least ){0,3}(?:add|drop|remove|fix|use|move|rename|split|send|resend|respin|rebase|change|make|put|update|document|include|write|convert|replace|rework|rephrase|reword|mention|expand|extend|squash|fold|keep|avoid|switch|turn|provide|separate|clean|test|try|run|repost|describe|adjust|restore|revert|follow|wrap)',
    ),
    confidence: 0.9,
    sample: 'Could you add a test for this?',
    trap: 'How would you use this?',
  },
  {
    kind: 'change-requested',
    rule: 'change-should',
    pattern: anyOf(
      "(?!(?:i|we|he|she|who|there|what|everyone|everybody|users|people|nobody|nothing|everything) )[\\p{L}\\p{N}_()*'\"`]{1,40} (?:also |really |probably |definitely |all |both |likely |still |just |only |at least |here )?(?:should|needs? to|ought to|must|has to|have to|shouldn't|mustn't|should not|must not)(?: (?:probably|really|also|likely|all|just|still|not|at least|only|rather|actually|definitely|better|instead|then|to))* (?:be(?! (?:fine|ok|okay|good|enough|safe|possible|easy|trivial|working|the case|there|sufficient|able|correct|right|no|noted|clear|obvious|so|that|enabled|aware)\\b)|go|use|have (?!been)|come|return|say|read|mention|live|explain|start|check|handle|follow|match|drop|add|look|take|free|wrap|call|include|document|describe|define|test|remove|keep|avoid|move|fix|split|make|set|get|sort|double check|state|reflect|print|cover|specify|begin|end)",
      '(?:this|that|it|patch|function|code|comment|series|commit|changelog|variable|text|page|sentence) (?:also |still |really |probably )?(?:needs?|lacks?|wants|deserves|could use|could do with) (?:an?|some|more|the|proper|better|its|rebasing|documentation|tests?|splitting)',
      '^should (?:probably |really |rather |also |just |either |at least )?(?:be|use|go|have|say|read)',
      'you (?:also |really |still )?(?:need|have) to(?! (?:know|understand|be|worry|remember|do (?:anything|nothing))\\b)',
    ),
    unless: anyOf(
      ofMyself,
      ofOthers,
      open,
      '(?:why|whether|when|how|what|which) (?:\\w+ ){0,4}(?:should|must|needs?|have to|has to)',
      "(?:don't|doesn't|do not|does not) (?:think|believe|need|have)",
      'no (?:need|reason)',
      '^if ',
      'should (?:now|already|hopefully)',
      'assuming',
      'at some point|eventually|some ?day|in the future|as a follow-?up|^(?:yes|yeah|right|sure|of course)\\W',
    ),
    confidence: 0.85,
    sample: 'This should be a static function.',
    trap: 'This should be fine.',
  },
  {
    kind: 'change-requested',
    rule: 'change-missing',
    pattern: anyOf(
      '^(?:(?:likewise|also|still|same|here too),? )?missing \\w+',
      '^(?:(?:likewise|also|an?|this is an?),? )?(?:extra|stray|unneeded|unnecessary|redundant|spurious|wrong|trailing|double|duplicated?|useless|excess|superfluous|too much|too many) (?:\\w+ )?(?:blanks?|newline|lines?|spaces?|tabs?|whitespace|indentation|indent|include|cast|check|braces|brackets|parentheses|semicolon|comment|variable|goto|initiali[sz]ation|alignment|formatting|period|comma|word)',
      'you (?:also )?(?:forgot|missed) (?:to|an?|the|some|that)',
      "(?:is|are|looks|'s) missing (?:here|from|in|an?|the|some)",
      'missing (?:an? |the |some )?(?:\\w+ )?(?:here|signed-off-by|sign-off|sob|tag|fixes|changelog|description|blank line|newline|documentation|check|error handling|free|include|const|static|space|comma|period|semicolon)',
      "there(?:'s| is) no need (?:for|to (?!(?:re)?send|worry|respin|repost|do|apologi))",
      '(?:not|no longer) (?:needed|necessary|required)(?: here| anymore| before| any more|[,.]|$)',
      '(?:(?:can|could) (?:also |just |all |probably |simply )?be (?:dropped|removed|simplified|moved|static|const|shortened|merged|folded|squashed|combined|replaced|written as|made|deleted|avoided))',
    ),
    unless: anyOf(
      ofMyself,
      ofOthers,
      open,
      "(?:i'm|i am|am i|i was) (?:\\w+ )?missing",
      'missing (?:something|anything)',
      'if',
      'so that',
      'it is not necessary',
    ),
    confidence: 0.85,
    sample: 'You forgot to free the hose.',
    trap: 'Am I missing something here?',
  },
  {
    kind: 'change-requested',
    rule: 'change-substitution',
    pattern: /^\W{0,3}s[/,|][^/,|]{1,60}[/,|][^/,|]{0,60}[/,|]?/,
    confidence: 0.95,
    sample: 's/return/returns/',
  },
  {
    kind: 'change-requested',
    rule: 'change-imperative',
    pattern:
      /^\W{0,3}(?:(?:so|just|also|instead|and|but|then|maybe|perhaps),? )?(?:use (?!of |case|after)|(?:strongly |highly )?(?:recommend|suggest) |drop|remove|rename|move|replace|avoid|split|squash|fold|rebase|resend|don't (?!worry|know|think|get|see|understand|mind|believe|have|you|we|i)|no need (?:for|to)|same (?:here|comment|thing|issue|problem|question)|ditto)\b/i,
    unless: anyOf(open, 'here too, thanks'),
    confidence: 0.85,
    sample: 'Drop the braces.',
  },
  {
    kind: 'change-requested',
    rule: 'change-rather',
    pattern: anyOf(
      "(?:i'd|i would|we'd) (?:also |much |really |still |very much |personally |strongly )*(?:rather|prefer|suggest|recommend|propose|like to see|like you to|like this|expect|appreciate|drop|name|call|move|split)",
      'i (?:would |strongly |really |also |still )*(?:suggest|recommend|prefer)',
      "(?:it'd|it would|would|might|may|probably|it'll) (?:probably |also |likely |perhaps |then )?be (?:much |a bit |a lot |even |far )?(?:better|nicer|cleaner|simpler|clearer|easier|preferable|wiser|best|safer|more \\w+|good|nice|great|useful|helpful|worth)(?: \\w+){0,2} (?:to|if|as|here|for|as well)",
      "(?:maybe|perhaps|instead|probably)[,]? (?:just |simply |also )?(?:use|we should|we could|we can|you should|you can|you could|better|worth|it's worth|it's better|it is better|add|make|a separate|call|rename|split|put)",
      "(?:i think|think) (?:\\w+ )?(?:it(?:'s| is)|it'd be|it would be) (?:better|best|cleaner|simpler|nicer|worth) (?:to|if)",
      "(?:i'd|i would|i) (?:just |simply |probably |also |rather )?(?:rephrase|reword|rename|remove|drop|write|use|make|put|move|add|mention|go with|avoid|split|fold|squash) (?:this|that|it|the|a|an|these|those|all|them|something|\\w+ (?:here|instead))",
      "i (?:wouldn't|would not) (?:really |even |also )?(?:mention|add|use|call|make|put|do|include|bother)",
      'better (?:to|use|make|call|have|put|name)',
      'could (?:just |also |simply |probably )(?:use|be|do|call|drop|return|increment|have)',
      '(?:maybe|perhaps|how about|what about) something like (?:this|that|the following)',
      'or just use',
    ),
    unless: anyOf(
      ofOthers,
      'i would (?:say|do) (?:yes|so|that)',
      'i prefer (?:not )?(?:it|this|that) (?:way|too)',
      'agree',
      '^if ',
      '(?:prefer|suggest|appreciate|expect) (?:your|any|feedback|comments)',
      "(?:i'd|i would) (?:expect|like to see) (?:that|it|this|the same)",
      "but (?:it|that|this)(?:'s| is) (?:fine|ok|okay)",
    ),
    confidence: 0.8,
    sample: "I'd prefer a helper for this.",
  },
  {
    kind: 'question',
    rule: 'question-asked',
    pattern: /\?["')\]]{0,2}$/,
    unless:
      /^why (?:would|do|did|should) i\b|^\W*(?:no|right|ok|okay|eh|huh|hm+|what|really|thoughts|wdyt|yes|why not)\W*$/i,
    confidence: 0.93,
    sample: 'Why is the valve opened here?',
    trap: 'Right?',
  },
  {
    kind: 'question',
    rule: 'question-wondered',
    pattern: anyOf(
      "i(?:'m| am|'d be| would be)? (?:just |also |still |only )?(?:wonder|wondering|curious) (?:if|why|how|what|whether|about|when|where|which)",
      "i (?:don't|do not|fail to|can't|cannot) (?:quite |really |fully )?(?:understand|see|get|follow) (?:why|how|what|where|the (?:point|reason|need|purpose))",
      '(?:not|un)(?: )?clear (?:to me )?(?:why|how|what|if|whether)',
      '(?:can|could|would) you (?:please )?(?:explain|clarify|elaborate|tell)',
      'please (?:explain|clarify|elaborate)',
    ),
    unless: anyOf('i would', 'anymore'),
    confidence: 0.87,
    sample: 'I wonder how this works with two pumps.',
  },
];
