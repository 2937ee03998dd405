/**
 * Request kinds: by which words a remark asks for a change; rows of ./point-kinds.ts.
 *
 * The surest come first: who says please means the author, who says that something should be may only tell how it is.
 */
import { anyOf, type Phrase } from './phrase.ts';

/** The sender speaks of what he does himself, or has done. */
const ofMyself =
  "(?:i'll|i will|i'm going to|i am going to|let me|i should|i could|i can|we'll|will do|i(?:'ve| have))";
/** The sentence agrees with somebody, or tells of a thing that is past. */
const ofOthers =
  "(?:(?:i )?agreed?|as (?:you|he|she|they|\\p{L}+) (?:said|noted|suggested|mentioned)|like you said|would(?:'ve| have)|could(?:'ve| have)|should(?:'ve| have))";
/** A thing that holds only sometimes, or is asked. */
const open = '\\?\\W*$';
/** Of patches that are not written yet. */
const later =
  '(?:next time|in (?:the )?future|for (?:the )?future(?! \\w)|future (?:patches|submissions|postings)|at some point|eventually|some ?day|as a follow-?up|(?:can|could) (?:be done |go |come |happen )?(?:later|separately))';
/** What a name or a sentence is about, in at most so many words at its start. */
const about =
  "^(?:(?:and|but|also|so|well|hm+|hmm|sorry|no|yeah|i (?:think|believe|guess|have to say)|actually|imo|imho|here)[,.]? ){0,2}(?:(?:this|that|it|these|the|your|passing|all)(?: [\\w().'`*-]{1,30}){0,3}|[\\w()*_-]{1,30})";

/** What would be better, but not here, not now, or not for this author. */
const softened = anyOf(
  ofOthers,
  'i would (?:say|do) (?:yes|so|that)',
  'i prefer (?:not )?(?:it|this|that)(?: \\w+){0,2} (?:way|too)',
  'agree',
  '^(?:if you (?:want|can make|have)|therefore)',
  'if you have (?:the )?time|(?:at|in) that (?:point|case)|side bar|left-?over',
  later,
  'to (?:know|hear|learn|understand|see (?:if|how|whether|what))',
  '(?:prefer|suggest|appreciate|expect) (?:your|any|feedback|comments)',
  "(?:i'd|i would) (?:expect|like to see) (?:that|it|this|the same)",
  "but (?:it|that|this)(?:'s| is) (?:fine|ok|okay)",
);

export const requestKinds: readonly Phrase<'change-requested'>[] = [
  {
    kind: 'change-requested',
    rule: 'change-please',
    pattern: anyOf(
      "(?:please|pls|plz),? (?:also |just |do |always |either |at least |simply |instead |then |rather |kindly )?(?:do not|don't|look at using|explain (?:this|that|it|why) in|(?!(?:let|see|note|find|ignore|disregard|feel|correct me|tell|explain|clarify|elaborate|comment|review|look|have|take|check|advise|apply|pull|merge|accept|ping|help|confirm|share|point|report|wait|bear|be|refer|keep me|keep in mind|consider|stop|excuse|forgive|pardon|continue|contact|visit|read|enjoy|propose|suggest|respond|reply|answer|give|go ahead|queue|pick|ack|cc|to|and|or|the|a|i|if|when)\\b)[a-z]{2,20})",
      '(?:please|pls) (?:double[- ]?)?check (?!(?:it|this|these|out|here|below|above|with|my|the (?:link|mail|email|thread|list|archive|doc|docs|documentation|patch|commit))\\b)\\w+',
      ', (?:please|pls|plz)\\W*$',
      '^please\\W*$',
      '[\\w()]{1,30} (?:please|pls|plz)\\W*$',
      '(?:please|pls) (?:have|take) a look and (?:fix|address|correct|check|adjust|update)',
    ),
    unless: anyOf(
      '^(?:yes|yeah|yep|sure|no)\\W',
      '(?:so|then) i',
      'please (?:let|see|note|find|review|apply|pull|disregard|wait|propose|engage|understand|forget|say so|maintain cc)',
      'please add (?:any relevant|my|tags|acked|reviewed)',
      later,
    ),
    confidence: 0.92,
    sample: 'Please split this in two patches.',
    trap: 'Please let me know what you think.',
  },
  {
    kind: 'change-requested',
    rule: 'change-lets',
    pattern: anyOf(
      "let(?:'s|us) (?:not |just |rather |also |simply |instead |better |please ){0,2}(?:use|add|drop|remove|fix|move|rename|align|split|make|put|call|keep|avoid|fold|merge|document|do this|do that|do it|have|convert|replace|squash|leave|print|return|pass|check|decapitalize|name|write|turn|introduce|stick|go with|be consistent)",
    ),
    unless: anyOf(open, 'for now', '^(?:yep|yes|yeah|well|ok|okay)', 'as[- ]is', later),
    confidence: 0.85,
    sample: "Let's use an unsigned type here.",
    trap: "Let's see what the others say.",
  },
  {
    kind: 'change-requested',
    rule: 'change-can-you',
    pattern: anyOf(
      '(?<!how )(?<!what )(?:can|could|would|will) you (?:please |pls |also |maybe |perhaps |possibly |kindly |just |instead |at least ){0,3}(?:add|drop|remove|fix|use|move|rename|split|send|resend|respin|rebase|change|make|put|update|document|include|write|convert|replace|rework|rephrase|reword|mention|expand|extend|squash|fold|keep|avoid|switch|turn|provide|separate|clean|test|try|run|repost|describe|adjust|restore|revert|follow|wrap)',
      '(?:can|could|would|will) (?:you|we) (?:please|pls|kindly) (?!(?:just |also |at least |instead )?(?:explain|clarify|elaborate|tell|confirm|check|let|share|point|give|help|remind|comment|look|take|have|review|ack|apply|merge|pull|pick|queue|see|advise|suggest)\\b)\\w+',
      '^(?:so |and |maybe )?(?:can|could|should|shall) (?:we|you|this|it|these|they) [^?:]{1,80}:$',
    ),
    confidence: 0.9,
    sample: 'Could you add a test for this?',
    trap: 'How would you use this?',
  },
  {
    kind: 'change-requested',
    rule: 'change-should',
    pattern: anyOf(
      "(?!(?:i|we|he|she|who|there|what|everyone|everybody|users|people|nobody|nothing|everything) )[\\p{L}\\p{N}_()*'\"`]{1,40} (?:also |really |probably |definitely |all |both |likely |still |just |only |at least |here )?(?:should|needs? to|ought to|must|has to|have to|shouldn't|mustn't|should not|must not)(?: (?:either|therefore|ideally|probably|really|also|likely|all|just|still|not|at least|only|rather|actually|definitely|better|instead|then|to))* (?:be(?! (?:too|hard|so|a (?:big|huge)|an issue|surprised|necessary|much|very|quite|really|fine|ok|okay|good|enough|safe|possible|easy|easier|simple|simpler|straight|straightforward|trivial|quick|cheap|rare|ready|pretty|mostly|relatively|acceptable|available|\\w+ing|the case|there|sufficient|able|correct|right|no|noted|clear|obvious|so|that|enabled|aware|understood|subscribed|careful|known|now)\\b)|go|use|have (?!been)|come|return|say|read|mention|live|explain|start|check|handle|follow|match|drop|add|look|take|free|wrap|call|include|document|describe|define|test|remove|keep|avoid|move|fix|split|make|set|get|sort|double check|state|reflect|print|cover|specify|begin|end)",
      '(?:this|that|it|patch|function|code|comment|series|commit|changelog|variable|text|page|sentence) (?:also |still |really |probably )?(?:needs?|lacks?|wants|deserves|could use|could do with) (?:an?|some|more|the|proper|better|its|rebasing|documentation|tests?|splitting)',
      '^should (?:probably |really |rather |also |just |either |at least )?(?:be|use|go|have|say|read)',
      'you (?:also |really |still |probably |definitely |certainly |actually )?(?:need|have) to(?! (?:have|know|understand|be|worry|remember|do (?:anything|nothing)|check this out|live|wait)\\b)',
      '(?:it|this|that) (?:also |still |really )?needs?(?: something like| the following)?:$',
      'you (?:may|might|will) (?:also |probably |still )?(?:have|need) to(?! (?:know|understand|be|worry|remember|wait|live|do anything)\\b)',
      '^(?:(?:so|then|and|also|hm+|i think|i guess|still|here)[,.]? ){0,2}we(?: also| still| really| probably| definitely)* need to (?!(?:know|see|understand|wait|think|discuss|figure|decide|agree|be|worry|talk|find out|distinguish|keep in mind)\\b)\\w+',
      'we should (?:probably |really |also |just |rather |not |at least |either ){0,2}(?:add|use|drop|remove|fix|keep|avoid|do (?:this|the|it)|make|move|put|check|return|call|document|mention|rename|name|downgrade)',
      '^(?:also |still |will )?needs? (?:to (?!know|see|think|check|wait|look|go)\\w+|an? \\w+|some|the)',
    ),
    unless: anyOf(
      ofMyself,
      ofOthers,
      open,
      '(?:why|whether|when|how|what(?! you need to do)|which) (?:\\w+ ){0,4}(?:should|must|needs?|have to|has to)',
      "(?:don't|doesn't|do not|does not) (?:think|believe|need|have)",
      'no (?:need|reason)',
      '^(?:if any|unless)|^(?:when|since|because|while)(?![^,]{1,120},)',
      "(?:isn't|is not) an issue with your|not asking you",
      'should (?:now|already|hopefully)',
      'because (?:this|that|it|they|we)',
      'assuming',
      "(?:isn't|is not) as though|(?:any|no) mentions?|(?:users?|callers?|one|everybody|kernel) (?:has|have|can and will have) to|you'll (?:\\w+ )?(?:have|need) to|if (?:i|you) (?:understand|understood|read)",
      "i(?:'m| am) (?:guessing|not going to)|trying to|unfortunate",
      later,
      '^(?:yes|yeah|right|sure|of course)\\W',
    ),
    confidence: 0.85,
    sample: 'This should be a static function.',
    trap: 'This should be fine.',
  },
  {
    kind: 'change-requested',
    rule: 'change-fails',
    pattern: anyOf(
      'robot noticed',
      '(?:noticed|found|detected) the following (?:\\w+ )?(?:warning|error|issue|problem|regression)s?',
      "(?:this|that|it) (?:won't|will not|is not going to|isn't going to) (?:work|fly|compile|build)",
      '(?:this|that|it|your (?:patch|change|series)) (?:will (?:also |just |now |still |then )?(?:fail|regress|misbehave|confuse|hang)|(?:will|would|can) (?:also |just |now |still |then )?(?:crash|deadlock|leak|oops|panic|overflow))',
      'yet something to improve|^something to improve|perhaps something to improve',
      "^(?:(?:fyi|btw|sorry|hm+|unfortunately)[,:]? )?(?:\\w{1,30} ){0,4}(?:patch|patches|series|patchset|patch set|change|commit|it|this|that) (?:does not|doesn't|don't|do not|won't|no longer|fails to|failed to|did not|didn't) (?:even |seem to |cleanly |longer )?(?:apply|compile|build|boot)",
      '(?:this|your) (?:\\w+ )?(?:patch|series|patchset|change|commit) (?:breaks|broke|introduces a|introduced a|causes an?|triggers an?|crashes)',
    ),
    unless: anyOf('if(?! ?\\()', 'unless', 'without(?! \\w+ing)', 'before', open),
    confidence: 0.88,
    sample: 'This patch does not apply to the pump tree.',
    trap: 'Without it this patch does not apply.',
  },
  {
    kind: 'change-requested',
    rule: 'change-wrong',
    pattern: anyOf(
      `${about} (?:really |just |simply |still )?(?:doesn't|does not|don't|do not) (?:look|seem|feel|sound) (?:\\w+ )?(?:right|correct|correctly|sane)`,
      `${about} (?:really |just |simply |still )?(?:makes? (?:no|little|zero) sense|(?:doesn't|does not|don't) make (?:any |much |a lot of |too much )?sense)`,
      "(?:won't|will not|doesn't|does not) do the right thing",
      '^makes (?:no|little|zero) sense',
      `${about}(?: is| are|'s) (?:just |also |still |a bit |a little |kind of |rather |very |really |quite |now |simply |completely |obviously )?(?:useless|pointless|a mistake|redundant|unnecessary|superfluous|unused|misleading|confusing|no longer true|outdated|inconsistent|a leak|a memory leak|racy|buggy)`,
    ),
    unless: anyOf(
      'if|unless|without|before|was|were|currently|today|automounts?',
      "but (?:it|that|this)(?:'s| is) (?:fine|ok|okay)",
      later,
      open,
    ),
    confidence: 0.82,
    sample: 'This comment is no longer true.',
    trap: 'It is confusing if one reads it late.',
  },
  {
    kind: 'change-requested',
    rule: 'change-missing',
    pattern: anyOf(
      '^(?:(?:likewise|also|still|same|here too),? )?missing \\w+',
      '^(?:(?:likewise|also|an?|this is an?),? )?(?:unrelated|leftover|accidental|extra|stray|unneeded|unnecessary|redundant|spurious|wrong|trailing|double|duplicated?|useless|excess|superfluous|too much|too many) (?:\\w+ )?(?:blanks?|newline|lines?|spaces?|tabs?|whitespace|indentation|indent|include|cast|check|braces|brackets|parentheses|semicolon|comment|variable|goto|initiali[sz]ation|alignment|formatting|period|comma|word|changes?|hunks?|edits?)',
      'you (?:also )?(?:forgot|missed) (?:to|an?|the|some|that)',
      "(?<!that )you (?:don't|do not|needn't) (?:really |actually |even )?need (?:to (?!worry|follow|search|reply|know|manually|do anything|apologi|create|resend|respin|send)\\w+|this|that|these|those|the|an?|it)",
      "(?:is|are|looks|'s) missing (?:here|from|in|an?|the|some)",
      'missing (?:an? |the |some )?(?:\\w+ )?(?:here|signed-off-by|sign-off|sob|tag|fixes|changelog|description|blank line|newline|documentation|check|error handling|free|include|const|static|space|comma|period|semicolon)',
      "there(?:'s| is) no need (?:for|to (?!(?:re)?send|worry|respin|repost|do|apologi))",
      '(?:not|no longer) (?:needed|necessary|required)(?: here| anymore| before| any more|[,.]|$)',
      '(?:(?:can|could) (?:also |just |all |probably |simply )?be (?:dropped|removed|simplified|moved|static|const|shortened|merged|folded|squashed|combined|replaced|written as|made(?! \\w+er\\b)|deleted|avoided|go away))',
      '(?:can|could|should) (?:also |just |then |now |probably ){0,2}go away',
    ),
    unless: anyOf(
      ofMyself,
      ofOthers,
      open,
      "(?:i'm|i am|am i|i was) (?:\\w+ )?missing",
      'missing (?:something|anything)',
      'if(?! ?\\()',
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
    pattern:
      /^\W{0,3}s[/,|][^/,|]{1,60}[/,|][^/,|]{0,60}[/,|]?|(?<![^\s(:,])s\/[^/\s][^/]{0,40}\/[^/]{0,40}\//,
    unless: anyOf("i(?:'ve| have)(?: also| just)?", 'i (?:fixed|changed)'),
    confidence: 0.95,
    sample: 's/return/returns/',
  },
  {
    kind: 'change-requested',
    rule: 'change-imperative',
    pattern:
      /^\W{0,3}(?:(?:so|just|also|instead|and|but|then|maybe|perhaps),? )?(?:use(?! (?:of|cases?|after)\b)(?=\s)|(?:strongly |highly )?(?:recommend|suggest)|drop|remove|rename|move|replace|avoid|split|squash|fold|rebase|resend|align|just (?:add|do|call|copy|make|pass|return|put|keep|let|set|move|inline|merge|send|reuse|define|declare|include|store|open|say|write|have|check|get)\b|(?:delete|change|convert|switch|swap|reorder|sort|wrap|call|initiali[sz]e|declare|write|turn|break|combine|merge|separate|simplify|shorten|reword|rephrase|capitali[sz]e|include|update|inline|factor|pull|return|check|set|pass|store|indent|reverse|describe|explain|state|clarify) (?:this|that|it|these|those|the|an?|your|both|all|them|each|out)\b|add (?:an?|the|some|this|these)\b|fix (?:the|this|it|up|indentation)|put (?:the|this|it|these)|keep (?:the|this|these)|mention (?:the|that|it|this)|make (?:it|this|the|sure(?! (?:your|you have)\b))|document (?:this|the|that|it)|consider(?! (?:that|this scenario|the following|you|what|how|if|a case)\b)|don't(?! (?:worry|know|think|get|see|understand|mind|believe|have|you|we|i|give up)\b)|no need (?:for|to)|same (?:here|(?:comment|remark|note|concern|thing|issue|problem|question)s?)|ditto)(?!\w)/i,
    unless: anyOf(
      open,
      'here too, thanks',
      'no need (?:to (?:re-?spin|resend|re-?send|worry|apologi[sz]e|do anything)|for (?:a )?(?:v\\d|re-?spin|new version|resend))',
      later,
    ),
    confidence: 0.87,
    sample: 'Drop the braces.',
  },
  {
    kind: 'change-requested',
    rule: 'change-preferred',
    pattern: anyOf(
      "(?:i'd|i would|we'd) (?:also |much |really |still |very much |personally |strongly )*(?:rather|prefer|suggest|recommend|propose|like to see|like you to|like this|expect|appreciate|drop|name|call|move|split)",
      'i (?:would |strongly |really |also |still )*(?:suggest|recommend|prefer|propose)',
    ),
    unless: softened,
    confidence: 0.87,
    sample: "I'd prefer a helper for this.",
    trap: 'I prefer it this way too.',
  },
  {
    kind: 'change-requested',
    rule: 'change-rather',
    pattern: anyOf(
      '^would (?:use|prefer|rather|suggest|recommend|advocate|add|drop|move|put|keep|avoid|remove|be (?:good|nice|better|great|helpful))',
      'you (?:could|might want to|may want to|can (?:just|simply|also)) (?:also |just |simply |probably )?(?:use|drop|remove|simplify|avoid|merge|fold|replace|move|split|add an?)',
      "(?:it'd|it would|would|might|may|probably|it'll) (?:probably |also |likely |perhaps |then )?be (?:much |a bit |a lot |even |far )?(?:better|nicer|cleaner|simpler|clearer|easier|preferable|wiser|best|safer|more \\w+|good|nice|great|useful|helpful|worth)(?: \\w+){0,2} (?:to|if|as|here|for|as well)",
      "(?:maybe|perhaps|instead|probably)[,]? (?:just |simply |also )?(?:use|we should|we could|we can|you should|you can|you could|better|worth|it's worth|it's better|it is better|add|make|a separate|call|rename|split|put)",
      "(?:i think|think) (?:\\w+ )?(?:it(?:'s| is)|it'd be|it would be) (?:better|best|cleaner|simpler|nicer|worth) (?:to|if)",
      "(?:i'd|i would|i) (?:just |simply |probably |also |rather )?(?:rephrase|reword|rename|remove|drop|write|use|make|put|move|add|mention|go with|avoid|split|fold|squash) (?:this|that|it|the|a|an|these|those|all|them|something|\\w+ (?:here|instead))",
      "i (?:wouldn't|would not) (?:really |even |also )?(?:mention|add|use|call|make|put|do|include|bother)",
      'better (?:to|use|make|call|have|put|name)',
      '(?:a|an even|a much|even) better (?:way|approach|place|name|option) (?:would|might|may|could|to|is)|better (?:way|approach):',
      'could (?:just |also |simply |probably )(?:use|be|do|call|drop|return|increment|have)',
      '(?:maybe|perhaps|how about|what about) something like (?:this|that|the following)',
      'or just use',
      '(?:you|we) (?:can|may|might|could|should) (?:also |just |perhaps |want to |wish to )?consider',
      'you (?:might|may) (?:also |still |actually )?(?:want|wish) to (?!(?:know|note|see|look|read|wait|check|hear|keep in mind)\\b)\\w+',
      '(?:would|might|may|could) (?:also |probably |even |perhaps )?make (?:more )?sense to (?!(?:me|us)\\b)\\w+',
      '(?:looks|seems) like (?:we|you|this|it|these) (?:can|could|should|needs? to) (?:just |also |now |probably )?\\w+',
      '(?:something|one thing) (?:that needs |that should be |)to (?:be )?(?:fix|fixed|change|changed|address|addressed)',
      '^(?!(?:i|we|it|this|that|they|he|and|but|so)\\b)(?:[^\\s?]{1,30} ){1,4}instead[.!]?$',
    ),
    unless: softened,
    confidence: 0.8,
    sample: 'It would be nicer to have a helper for this.',
  },
];
