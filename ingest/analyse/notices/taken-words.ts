/**
 * Taken words: whether a sentence of a maintainer says that a patch was taken, "Applied, thanks!", "Thanks for the
 * review, merged.", "I fixed the typo and pushed it.".
 *
 * In: a line and the one above it. Out: true or false. A line in the midst of a sentence, plans, conditions, questions
 * and negations say nothing; nor does what was pushed to try it or as a new version.
 */

const verb = '(?:applied|queued|pushed|merged|committed|cherry-picked|picked up|checked in)';

const forms: readonly RegExp[] = [
  // `Applied, thanks!`, `Series now applied to x.`, `I've pushed this`
  new RegExp(
    `^(?:(?:both|all|series|patch|thanks|thank you|great|ok|okay|nice|also|hi)[,.!]{0,3} ){0,2}(?:i(?:'ve| have)? )?(?:now |just )?${verb}\\b`,
    'i',
  ),
  // `Patchset pushed, thanks.`, `Both patches were applied.`
  new RegExp(
    `^(?:(?:thanks|thank you)(?:, \\w{1,30})?[,.!] )?(?:(?:the |all |both |these |whole |this |first |fyi )?(?:two |three |four |five |six |seven |eight |nine |ten |\\d{1,3} )?)(?:patchset|patch|patches|series|both|all|everything)(?: (?:is|are|was|were|has been|have been))?(?: now)? ${verb}(?: (?:as well|too|up|now))?(?:[.!,;]|$| (?:to|into|onto|with|as)\\b)`,
    'i',
  ),
  // `Thanks for your review, merged.`, `Good catch, fixed and pushed, thanks.`
  new RegExp(
    `^(?:thanks|thank you|good|great|nice|hi|ok|lgtm|looks good)\\b[^.?]{0,60}[,!] (?:(?:fixed|amended|rebased) )?(?:and )?(?:patchset |series |both )?${verb}(?:[.!,;]|$| (?:to|into|onto|with|as|this one)\\b)`,
    'i',
  ),
  // `I've added this to for-next now`, `Added to for-next, thanks.`
  /^(?:thanks[,.!] )?(?:i(?:'ve| have) )?added (?:this |it |them |the series )?(?:now )?to (?:the |my )?(?:for-|[\w./-]{0,30}next\b|[\w./-]{0,30}queue\b)/i,
  // `I changed the message and pushed it.`, `And pushed, thanks.`
  new RegExp(
    `^(?:i(?:'ve| have)?\\b[^.?]{3,90} )?and (?:i )?(?:also )?${verb}(?: (?:it|them|this|the patch|the patchset|the series))?(?:[.!,;]|$| with\\b)`,
    'i',
  ),
];

const unsaid =
  /\b(?:will|would|can|could|should|may|might|must|once|if|when|before|after|until|unless|not|never|be|get|gets|please|test)\b|n't\b|'ll\b/i;
/** The author's next try, a branch for testers, or what stands below something else. */
const otherThings =
  /\bpushed (?:it as )?(?:an? |the |my |out )?(?:v\d|new|next|fixed version|branch)|\bbranch for testing\b|\bon top of\b/i;

/** True where `line` says that the patch was taken. `above` is the line before it, empty where there is none. */
export function saysTaken(line: string, above: string): boolean {
  if (!startsSentence(line, above)) return false;
  const found = forms.map((form) => form.exec(line)).find((match) => match !== null);
  if (!found) return false;
  const rest = line.slice(found[0].length);
  const end = rest.search(/[.!?](?:\s|$)/);
  const sentence = found[0] + (end < 0 ? rest : rest.slice(0, end + 1));
  return !unsaid.test(found[0]) && !sentence.includes('?') && !otherThings.test(sentence);
}

/** A wrapped line goes on with the sentence above it; after a quote, a greeting or a full stop a new one begins. */
function startsSentence(line: string, above: string): boolean {
  const before = above.trim();
  return before === '' || before.startsWith('>') || /[.!?,:;)>-]$/.test(before) || /^[A-Z]/.test(line);
}
