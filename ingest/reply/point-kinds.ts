/**
 * Point kinds: by which words a remark asks for something, and for what.
 *
 * One row a way of saying it; order is rank: the first row that fits any sentence of a block names the block, so that
 * `NAK, please split this` is an objection and `nit: please rename` a nit. Who asks nothing leaves a remark, a pasted
 * diff makes a suggested diff. A row is worth having where it is right nine times in ten; the rest stays silent.
 * Requests for a change: ./request-kinds.ts
 */
import type { PointKind } from '../model/review.ts';
import { anyOf, type Phrase } from './phrase.ts';
import { requestKinds } from './request-kinds.ts';

type AskKind = Exclude<PointKind, 'remark' | 'suggested-diff'>;

/** A thing that holds only sometimes, or is asked. */
const open = '\\?\\W*$';

export const pointKinds: readonly Phrase<AskKind>[] = [
  {
    kind: 'nit',
    rule: 'nit-named',
    pattern:
      /^\W{0,4}(?:(?:just|only|super|tiny|small|minor|trivial|one|two|more|another|same|a|an|few|some|micro|mega)[ -]){0,3}(?:nits?|nit-?pick(?:s|y|ing)?|typos?|bikeshed(?:ding)?|cosmetics?)\b|^\W{0,2}(?:minor|trivial|style|cosmetic)[:)]/i,
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
      '^(?:(?:and|but|so|sorry)[,]? )?(?:i )?(?:have to |must |strongly |respectfully |completely |totally |fully )?disagree',
      "(?:i really |i )think (?:that )?(?:this|that|it)(?:'s| is) (?:\\w+ )?(?:misguided|wrong|a mistake|a bad idea|broken)",
    ),
    unless: anyOf(
      "(?:don't|do not|didn't|not|no longer|never|won't|wouldn't|nor) (?:\\w+ )?(?:object|oppose|objecting|opposed|against|dislike|hate)",
      'if',
      'unless',
      'but (?:it is what it is|i should|fine|ok|okay|whatever|i can live)',
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
      "(?:this|that|it)(?:'s| is) (?:just |simply |completely |totally |plain |clearly |definitely |really |fundamentally |still )?(?:wrong|broken|bogus|incorrect|not (?:correct|true)|not acceptable|unacceptable|nonsense|misguided|insane|horrible|a (?:very |really |terribly )?bad idea|a no-go|not the right (?:way|approach|fix|place|solution)|not (?:a |an )?(?:acceptable|valid) (?:\\w+ )?(?:fix|solution|approach))",
      '(?:this|that|it) (?:would|will|completely|totally|is going to) (?:break|regress) (?:the|existing|all|every|user|userspace|abi|backward|current|my|our)',
      '(?:this|patch|series|change) breaks (?:the|existing|all|every|user|userspace|abi|backward|current|my|our)',
      '(?:not|un)acceptable',
      "(?:the|this|your) (?:patch|change|series) (?:doesn't|does not|won't|will not) (?:\\w+ )?(?:help|work|fix|solve|address|make (?:a|any))",
      'absolutely not',
      "(?:i )?(?:don't|do not) (?:think|believe) (?:that )?we (?:should|want to|need to|ought to)",
      "(?:not|isn't) something (?:that )?(?:i think )?(?:i|we) (?:really |would |ever )?(?:want|like) to see",
      "we(?:'re| are) not (?:going to (?:add|take|accept|do|merge|change|backport)|doing (?:this|that|it)|adding|taking|accepting|changing)",
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
      'the only thing',
      open,
    ),
    confidence: 0.88,
    sample: "I don't think that is needed, it fixes nothing.",
    trap: 'The old code was broken, that is why.',
  },
  ...requestKinds,
  {
    kind: 'objection',
    rule: 'objection-doubted',
    pattern: anyOf(
      "(?:i'm|i am) (?:still |also |just |a bit |personally )?not (?:at all |really |quite |yet |fully |entirely |particularly |too |very |super |so |overly |exactly )?(?:convinced|sold|keen|happy|thrilled|comfortable|fond|enthusiastic|impressed|a (?:big |huge )?fan|in favou?r|loving|okay with|ok with|fine with)",
      "(?:i'm|i am|i) (?:really |still )?(?:not|don't|do not) (?:sure|know) (?:that |if |whether )?(?:this|that|it|we)(?:'s| is| are|'re)? (?:\\w+ ){0,2}(?:worth|a good idea|needed|necessary|useful|the right|right|correct|safe|a good|the best)",
      '(?:makes|making) me (?:feel )?(?:\\w+ ){0,2}(?:uncomfortable|nervous|uneasy)',
      "(?:i'm|i am|i feel|i remain) (?:\\w+ ){0,2}(?:uncomfortable|uneasy|nervous (?:about|that|with)|skeptical|sceptical|hesitant (?:about|to (?:take|apply|merge|accept|ack|add|change|introduce)))",
      "(?:i'm|i am) (?:\\w+ ){0,2}(?:worried|concerned)(?= (?:that|about|by|with|it|this))",
      '(?:my|the|a) (?:main |primary |only |biggest |one |other |big |major |general |first )?(?:concern|worry|gripe|objection)(?: (?:here|i have|with (?:\\w+ ){1,4}))? (?:is|would be)(?! addressed| resolved| gone)',
      'i (?:still |also |do )?have (?:\\w+ )?(?:concerns|reservations|doubts|misgivings)',
      "(?:doesn't|does not|don't) feel (?:\\w+ )?(?:like a good|like the right|right|worth)",
      "(?:i )?(?:don't|do not) (?:think|believe) (?:that )?(?:this|it|that)(?:'s| is) (?:\\w+ )?(?:worth|safe|possible|sane|sensible|reasonable|enough|sufficient|true|fair|useful|a good)",
    ),
    unless: anyOf(
      'if i',
      'unless',
      "but (?:it is what it is|fine|ok|okay|whatever|i can live|won't (?:object|block|insist))",
      "(?:no longer|not|don't|didn't) (?:\\w+ )?(?:worried|concerned|skeptical|nervous)",
      'was|were',
      open,
    ),
    confidence: 0.8,
    sample: 'I am not convinced that the pump needs this.',
    trap: 'I am no longer worried about the valve.',
  },
  {
    kind: 'question',
    rule: 'question-asked',
    pattern: /\?["')\]]{0,2}$/,
    // A compiler asks `did you mean ...?`.
    unless:
      /^\S{1,200}:\d{1,7}:|\b(?:can|could|would) you (?:please )?(?:review|ack|(?:take|have) a look)\b|^why (?:would|do|did|should) i\b|[\w,] \([^()]{0,200}\?\)$|^\W*(?:no|right|ok|okay|eh|huh|hm+|what|really|thoughts|wdyt|yes|why not)\W*$/i,
    confidence: 0.93,
    sample: 'Why is the valve opened here?',
    trap: 'Right?',
  },
  {
    kind: 'question',
    rule: 'question-wondered',
    pattern: anyOf(
      "i(?:'m| am|'d be| would be)? (?:just |also |still |only |do |did ){0,2}(?:wonder|wondered|wondering|curious) (?:if|why|how|what|whether|about|when|where|which)",
      "i (?:still |really |also )?(?:don't|do not|didn't|did not|fail to|can't|cannot|could not|couldn't) (?:quite |really |fully )?(?:understand|see|get|follow) (?:why|how|what|where|the (?:point|reason|need|purpose|explanation|intent))",
      "i (?:still |really |also )?(?:don't|do not|can't|cannot|could not|couldn't) (?:quite |really |fully )?(?:understand|get|follow) (?:this|that|it)",
      "i(?:'d| would)? (?:also |just |still )?(?:like|want|love) to (?:know|understand) (?:if|why|how|what|whether|when|where|which|the)",
      '(?:not|un)(?: )?clear (?:to me )?(?:why|how|what|if|whether)',
      '(?:can|could|would) you (?:please )?(?:explain|clarify|elaborate|tell)',
      'please (?:explain|clarify|elaborate)',
      '^(?:so |or |and |but )?(?:do|did) you mean',
      // An inverted verb asks, also where no mark follows.
      "^(?:so|or|and|but|hm+|also|then|wait|ok|well)?[,]? ?(?:(?:would|does|did|doesn't|didn't|wouldn't|isn't|aren't) (?:this|that|it|these|those|they|you|we|the)|do (?:they|you|we|these|those)|(?:is|are) (?:there|this|it|these|those|you)|can(?:'t)? (?:this|that|it|we)) [^.]{3,200}[^.]$",
      "^(?:so |or |and |but )?(?:why (?:not|do|does|is|are|did|can't|don't|doesn't|isn't)|can't (?:we|you|this)|couldn't (?:we|you|this)|shouldn't (?:we|you|this|it))",
    ),
    unless: anyOf(
      'i would',
      'anymore',
      "if i should|(?:why|how) (?:it|that|this|we|you) (?:would|should|could)(?:n't| not| ever)?",
      'because',
      '^why not\\W*$',
    ),
    confidence: 0.87,
    sample: 'I wonder how this works with two pumps.',
  },
];
