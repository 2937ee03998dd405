/**
 * Turning kinds: by which words a discussion turns: a bug is found, a fix is posted, something is decided, or somebody
 * disagrees or gives in.
 *
 * One row a way of saying it. Only what is rare and plain is worth a row: these sentences become the outline of a long
 * thread (../analyse/digest.ts), and one that means nothing costs a reader more than one that is left out.
 */
import type { TurningKind } from '../model/review.ts';
import { anyOf, type Phrase } from './phrase.ts';

const fault =
  '(?:bugs?|regressions?|races?|race conditions?|deadlocks?|leaks?|crash(?:es)?|culprits?|root causes?|use-after-free|uaf|corruptions?|overflows?|breakage)';
const someWords = '(?:[\\w-]+ ){0,4}';
/** Somebody asks, supposes, or speaks of what could be. */
const supposed = anyOf('if|unless|whether|might|maybe|perhaps|could be|would be', '\\?\\W*$');

export const turningKinds: readonly Phrase<TurningKind>[] = [
  {
    kind: 'bug-found',
    rule: 'bug-found-by-sender',
    pattern: anyOf(
      `(?:i|we)(?:'ve| have)? (?:just |also |now |actually |finally ){0,2}(?:found|discovered|hit|spotted|uncovered|identified|tracked down) (?:a|an|the|this|that|another|one|two|some|several) ${someWords}${fault}`,
      `(?:i|we) (?:can|could|was able to|were able to|managed to) (?:\\w+ )?reproduce`,
      '(?:bisected|bisects|bisection (?:leads|led|points|pointed)) (?:\\w+ ){0,3}(?:to|down to|at)',
      `(?:this|that|it|which) (?:\\w+ )?(?:exposes|exposed|uncovers|uncovered|triggers|triggered) (?:a|an|another|the) ${someWords}(?:bug|race|regression)`,
      'first bad commit',
      'the (?:root cause|culprit) (?:is|was|seems|turns out)',
    ),
    unless: anyOf(
      "(?:can't|cannot|couldn't|could not|not|never|unable to) (?:\\w+ )?(?:find|found|reproduce)",
      'if|unless|whether',
      '\\?\\W*$',
    ),
    confidence: 0.9,
    sample: 'I found a nasty race in the valve code.',
    trap: 'If I found a bug I would tell you.',
  },
  {
    kind: 'bug-found',
    rule: 'bug-stated',
    pattern: anyOf(
      `(?:this|that|it|here)(?:'s| is) (?:just |really |clearly |indeed |definitely |actually )?(?:a|an|another|the) (?:\\w+ ){0,2}(?:bug|regression)`,
      `there(?:'s| is) (?:also |indeed |really |clearly |still )?(?:a|an|another) (?:\\w+ ){0,3}(?:bug|regression|race condition|deadlock|use-after-free|memory leak)`,
      '(?:it|this) (?:turns|turned) out (?:that|to be)',
    ),
    unless: anyOf(
      "not|isn't|don't|doesn't|didn't|never|no longer|nor",
      'if|unless|whether|might|maybe|perhaps|could be|would be|was',
      '\\?\\W*$',
    ),
    confidence: 0.8,
    sample: 'First of all, it is a kernel bug.',
    trap: 'I do not think that it is a bug.',
  },
  {
    kind: 'fix-posted',
    rule: 'fix-posted-by-sender',
    pattern: anyOf(
      `(?:i|we)(?:'ve| have)? (?:just |now |also |already |since )?(?:submitted|posted|sent|sent out|resent) (?:out )?(?:a|an|the|my|another|new|this|v\\d{1,2}|two|some|both|fixes)\\b(?: [\\w-]+){0,5}? ?(?:fix|fixes|patch|patches|patchset|series|version|rfc|revision|respin|v\\d{1,2})`,
      `(?:here(?:'s| is)|below is|attached is) (?:a|an|the|my|one|another)(?: [\\w-]+){0,3} (?:fix|patch|patchset)`,
      '(?:the|a|my) fix (?:is|was|has been|can be found|for (?:this|that|it) (?:is|was|has been)) (?:here|posted|sent|at|in|already|on)',
    ),
    unless: anyOf(
      "not|haven't|hasn't|never|should have|could have",
      'if|unless|whether|once|when|before|until',
      '\\?\\W*$',
    ),
    confidence: 0.88,
    sample: "I've just submitted the fix to the other list.",
    trap: 'Once I have sent the fix we can talk.',
  },
  {
    kind: 'decision',
    rule: 'decision-of-sender',
    pattern: anyOf(
      "(?:i|we)(?:'ve| have)? (?:\\w+ )?(?:decided|concluded|settled)\\b",
      "(?:i|we)(?:'re| are|'m| am| have| will|'ll)? (?:probably |now |just |then |therefore |simply )?(?:have to |going to |will |had to )?(?:drop|dropping|dropped|revert|reverting|reverted|back out|backing out|backed out|withdraw|withdrawing|abandon|abandoning|defer|deferring|postpone|postponing) (?:this|that|these|the|it|them|some|all|my|your|both|v\\d{1,2})",
      "(?:i'll|i will|we'll|we will|let's|let us|i'm going to|we should) (?:then |now |just |therefore |so |rather |probably )?(?:go (?:with|ahead|for)|stick (?:with|to))",
    ),
    unless: anyOf(
      "not|won't|don't|can't|cannot|never",
      'if|unless|whether|when|before|until|should have',
      '\\?\\W*$',
    ),
    confidence: 0.85,
    sample: "Then we'll go with the second valve.",
    trap: 'If you insist we will drop this.',
  },
  {
    kind: 'decision',
    rule: 'decision-told',
    pattern: anyOf(
      '(?:the|our|a|rough|general) (?:consensus|conclusion|decision|agreement) (?:is|was|seems|has been|from|of)',
      '(?:we|everybody|everyone|all) (?:have |has |all |had |seem to |seems to )?(?:agreed|agree) (?:that|to|on)',
      '(?:so )?(?:the|my|our) plan (?:is|now is|for now is) (?:now )?to',
    ),
    unless: anyOf("not|no|isn't|don't|never|without", 'if|unless|whether|until|once', '\\?\\W*$'),
    confidence: 0.82,
    sample: 'The consensus was to keep both pumps.',
    trap: 'There is no agreement that we need it.',
  },
  {
    kind: 'disagreement',
    rule: 'disagreement-said',
    pattern: anyOf(
      'i (?:strongly |still |really |respectfully |completely |totally |also |have to |must |beg to )*(?:disagree|maintain my)',
      "i (?:really |still |just )?(?:don't|do not|can't|cannot) agree",
      "(?:i'm|i am) (?:still |really |just |also )?(?:not (?:convinced|sold|buying|comfortable|happy with)|unconvinced|extremely reluctant|very reluctant)",
    ),
    unless: supposed,
    confidence: 0.9,
    sample: 'I still disagree with this.',
    trap: 'If I disagree I will say so.',
  },
  {
    kind: 'concession',
    rule: 'concession-said',
    pattern: anyOf(
      'i (?:stand corrected|was wrong|take (?:it|that|this) back|withdraw|concede)',
      "you(?:'re| are) (?:absolutely |completely |quite |of course |indeed |totally )?right",
      'fair enough',
      "(?:you(?:'ve| have)?|that) (?:have )?(?:convinced|convinces|persuaded) me",
      "(?:i'm|i am) (?:now )?convinced",
    ),
    unless: anyOf('if|unless|whether|but|though|although|not|once|when', '\\?\\W*$'),
    confidence: 0.85,
    sample: 'You are right, I stand corrected.',
    trap: 'You are right, but it leaks.',
  },
];
