/**
 * Stance kinds: by which words somebody approves of a patch, and by which an approval waits for something.
 *
 * Approvals that are trailers need no phrase (./given-trailer.ts); questions, objections and requests are those of
 * ./point-kinds.ts. That somebody applied a patch is said of himself and in the past: plans do not count.
 */
import type { StanceKind } from '../model/review.ts';
import { anyOf, type Phrase } from './phrase.ts';

/** Words that stand before it: `Thanks, Ada. `, `Great! ` */
const courtesy =
  '(?:(?:great|ok|okay|nice|good|thanks|thank you|thx|alright|done|looks good|lgtm|anyway|still|nevertheless|either way)(?: \\w+)?(?:, \\w+)?[,.!:;]{1,2} ?)?';
/** `All four patches applied` */
const number = '(?:of )?(?:two|three|four|five|six|seven|eight|nine|ten|\\d{1,3})';
/** What is applied, or where: a noun right behind it (`applied version`) means something else. */
const object =
  '(?=[.,!;:]|$| \\(| (?:this|it|both|all|the|these|to|in|into|on|for|with|as|and|locally|thanks|up|now|by me))';

/** The patch as a whole: nothing is named, or only it. `The second check looks good` says that of the check alone. */
const whole =
  '^\\W{0,3}(?:(?:thanks|thank you|ok|okay|yes|yeah|sure|great|nice|well|so|and|but|overall|otherwise|(?:apart|aside) from (?:that|this|those|the above)|other than (?:that|this|those)|except for (?:that|this|those)|generally|in general|anyway|either way|regardless|makes sense|from (?:a )?(?:quick )?glance|at (?:a )?(?:quick |first )?glance|to me|i think|fwiw|imo|imho|same|again|[\\p{L}-]{2,15}(?=,))[,.:;!]{0,2} ){0,3}(?:(?:this|it|that|all|both|everything|these|they|the|your|whole|entire|rest|remainder|two|three|patch|change|diff|fix|code|series|patches|changes|patchset|set|version|v\\d{1,2}|update|itself|here|now|still|also|just|really|generally|of) ){0,6}';

/** Where this stands in a sentence, its praise is for another thing, or waits for one. */
const unpraisedWords = [
  "not|isn't|doesn't|don't|didn't|never|unless|if|once|except(?! for th)|apart(?! from th)|when",
  'but|would|should|might|could|mostly|at first|else|than(?! th)',
  '\\?\\W*$',
];
const unpraised = anyOf(...unpraisedWords);

export const approvalKinds: readonly Phrase<Extract<StanceKind, 'agreement' | 'applied' | 'test'>>[] = [
  {
    kind: 'applied',
    rule: 'applied-said',
    pattern: anyOf(
      `^\\W{0,2}${courtesy}(?:(?:patch|patches|series|the|your|these|everything|both|all|${number}|now|this|it|and|i|we|i've|we've|have|just|also|is|are|was|has|been) ){0,7}(?:applied|queued|pushed|merged|picked up|taken)${object}`,
      "(?:i|i've|i have|we've|we have)(?: now| just| also)? (?:merged and pushed|applied|pushed|merged|queued up|queued|picked up)(?: up)? (?:this|it|that|these|both|all|them|the|your|v\\d{1,2})",
      '^[^.?!]{0,60}\\b(?:looks good(?: to me)?|lgtm|thanks|thank you),? (?:and )?(?:now )?(?:merged|applied|queued|pushed)(?: up)? (?:in|on)?to',
      'applied[,.!;]? (?:with |many )?thanks',
      "(?:i|we)(?:'ve| have) (?:just|now) (?:pushed|applied|merged)(?=[.!]?$)",
      "(?:i|i've|i have) (?:gone ahead and )(?:merged|applied|pushed|queued)",
      'the (?:full|whole|entire) (?:patch ?set|series|patchset) (?:has been|is|was) (?:now )?(?:merged|applied|queued|pushed)',
      '^merged (?:this|these|both|all|the)',
      "^(?:i(?:'ve| have)? )?(?:added|fixed|changed|marked|dropped|updated|tweaked|edited|amended|rebased)[^.?!]{0,90},? and (?:now )?(?:applied|merged|pushed|queued)(?: (?:it|this|them))? (?:to|into|onto|in)",
      '(?:this|these|it|they|patch|patches|series) (?:is|are) now (?:in )?[\\w.-]{1,30}/[\\w.-]{1,30}',
    ),
    unless: anyOf(
      'attached|following|except|all but|(?:only )?(?:the )?first (?:two|three|\\d|patch|few)|(?:applied|merged|queued|pushed|taken|picked up) (?:only )?patch(?:es)? \\d|^\\W{0,3}patch(?:es)? \\d',
      "(?:not|isn't|can't|cannot|couldn't|won't|hasn't|haven't|never)(?: \\w+){0,3} (?:applied|queued|pushed|merged|picked|taken)",
      'unless|if|once|when|after|before|until|because|since|whether|already',
      'should|could|can|will|would|to be',
      '\\?\\W*$',
    ),
    confidence: 0.9,
    sample: 'Thanks, applied to pump-next.',
    trap: 'This can be applied once the others are.',
  },
  {
    kind: 'applied',
    rule: 'applied-by-me',
    pattern: anyOf(
      "(?:i've|i have|we've|we have)(?: now| just| also)? (?:applied|pushed|merged|queued up|queued|picked up)(?: up)? (?:this|it|that|these|both|all|them|the|your|v\\d{1,2}|-v\\d)",
    ),
    unless: anyOf(
      'attached|following|below|except|all but|(?:only )?(?:the )?first (?:two|three|\\d|patch|few)|(?:applied|merged|queued|pushed|taken|picked up) (?:only )?patch(?:es)? \\d|^\\W{0,3}patch(?:es)? \\d',
      "if|once|until|after|before|because|locally|to test|on top|not|never|already|haven't|hasn't|whether",
      '\\?\\W*$',
    ),
    confidence: 0.9,
    sample: 'The rest should come later, and I have applied the patch to pump-next.',
    trap: 'I have applied the patch locally and it should work.',
  },
  {
    kind: 'agreement',
    rule: 'approval-looks-good',
    pattern: anyOf(
      'lgtm',
      'sgtm',
      `${whole}(?:looks?|seems?|sounds?) (?:all |very |pretty |really |quite |generally |still |also |now |to be ){0,2}(?:good|great|fine|sane|reasonable|ok|okay|correct|nice|sensible|right|perfect|alright)(?: (?:to|for|by|with) (?:me|us|my))?`,
      '(?:fine|ok|okay|good) (?:with|by) me',
      'no (?:objections?|complaints|concerns|issues) (?:from|on) my',
      'i (?:have )?no (?:further |more |other )?(?:objections?|complaints|comments)',
      '^(?:i )?ack(?:ed)?',
      '^(?:very |really )?(?:nice|good|great) (?:work|job|cleanup|fix|stuff|improvement)',
      "i(?:'m| am) (?:happy|fine|ok|okay|good) with (?:this|it|that|the)",
      'i (?:really |do |quite |very much )?like (?:this|it|(?:the|this) (?:patch|series|change|version|approach)|how this)(?=[,.!]|$| (?:much|a lot|very|better))',
      "(?:^\\W{0,2}|i (?:really |do |also )?(?:think|believe|guess|agree)(?: that)? |imo,? |overall,? )(?:this|it|that)(?: is|'s) (?:an? |now )?(?:very |really |quite |pretty |much |definitely )?(?:good|great|nice|welcome|reasonable|useful|sensible|solid|worthwhile|valuable|excellent|needed) (?:change|idea|patch|improvement|clean-?up|fix|addition|thing|approach|solution|series|feature)",
      '(?:works|working) (?:fine |great |well |perfectly )?for me',
      "i(?:'m| am) (?:all |strongly |definitely )?(?:for|in favou?r of) (?:it|this|that)(?=[,.!]|$)",
      '^(?:and )?nothing (?:else |more |further )?(?:from|on) my',
    ),
    unless: unpraised,
    confidence: 0.9,
    sample: 'Looks good to me.',
    trap: 'It would look good if it worked.',
  },
  {
    kind: 'agreement',
    rule: 'approval-praised',
    pattern: anyOf(
      '(?:this|it|that) (?:is|looks) (?:really |super |very |so |pretty )?(?:great|awesome|cool|excellent|neat|lovely|fantastic)(?=[.!,]|$)',
      "(?:the|this|your) (?:patch|change|series|fix|patchset|idea|approach)(?:'s| is) (?:fine|good|great|correct|ok|okay|right|sound|nice)(?=[.!,]|$| (?:as is|as it is|to me|with me|by me|now))",
      'this (?:will|is going to) be (?:very |really |super )?useful(?=[.!,]|$)',
      '(?:very |really )?(?:nice|great|good|excellent)(?:, \\w{1,15})? (?:work|job|cleanup|improvement)(?=[.!,]|$)',
    ),
    unless: unpraised,
    confidence: 0.8,
    sample: 'I think the patch is fine as is.',
    trap: 'The patch is fine, but the name is not.',
  },
  {
    kind: 'test',
    rule: 'test-told',
    pattern: anyOf(
      "(?:i|we|i've|we've|i have|we have)(?: also| just| now| quickly| successfully| have)* (?:re-?)?(?:tested|verified)\\b[^?]{0,90}\\b(?:works?|working|fixes|fixed|corrected|resolved|resolves|as expected|successfully|passes|pass|passed|without (?:any )?(?:issues?|problems?)|no (?:issues?|problems?|regressions?))",
      '^\\W{0,2}(?:also |successfully )?(?:tested|verified) (?:on|with|using|and)',
      '(?:can )?confirm (?:that )?(?:it|this|the (?:patch|series|fix)|this (?:patch|series)) (?:works|fixes|resolves|does fix)',
      '(?:works|working) (?:fine|well|great|as expected|perfectly|nicely)(?: too)? (?:on|with) (?:my|our)',
    ),
    unless: anyOf(...unpraisedWords, 'errors?|fail\\w*|crash\\w*|warnings?|broken|panic\\w*'),
    confidence: 0.8,
    sample: 'I tested this on two boards and it works as expected.',
    trap: 'I tested this, but it works on one board only.',
  },
];

const done =
  '(?:fixed|addressed|changed|resolved|corrected|done|removed|added|updated|dropped|folded in|sorted out|cleaned up|taken care of)';

/** Words by which an approval counts only once something is done. */
export const condition = anyOf(
  `with (?:that|this|these|those|the|your|it)(?: \\w+){0,4} ${done}`,
  'with (?:that|those|these)(?: nits?| changes?| fix(?:es)?)?[,:]',
  `(?:once|after|when|if|provided|assuming|as long as|unless) .{0,60}${done}`,
  '(?:once|after|when|if|provided|assuming) you (?:fix|address|change|drop|remove|add|correct|resolve|do)',
  '(?:other than|apart from|except for|besides|aside from|modulo) (?:that|this|the|those|these|one|a few|my|some)',
  '^otherwise',
  "(?:lgtm|looks|fine|good|seems)(?: [\\w']{1,20}){0,4},? otherwise",
  '^\\W{0,2}(?:the )?(?:rest|remainder)',
  'conditional(?:ly)?',
);
