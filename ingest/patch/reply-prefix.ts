/**
 * Reply prefixes: `Re:`, `AW:`, `Fwd:`, `回复：` and kin at the start of a subject.
 *
 * In: a subject or the rest of one. Out: what stands behind the prefix, and whether it marks a forward.
 * Words that are also names of programs or drivers (`tr: fix x`) count only with a capital first letter, since mail
 * programs write them so and people who name a subsystem do not. The rest of the subject: ./subject.ts
 */

/** Prefixes in any case. True marks a forward. */
const words: ReadonlyMap<string, boolean> = new Map([
  ['re', false],
  ['aw', false],
  ['antw', false],
  ['antwort', false],
  ['odp', false],
  ['ynt', false],
  ['fwd', true],
  ['fw', true],
  ['回复', false],
  ['答复', false],
  ['转发', true],
]);

/** Prefixes that need a capital first letter. */
const capitalWords: ReadonlyMap<string, boolean> = new Map([
  ['sv', false],
  ['vs', false],
  ['r', false],
  ['wg', true],
  ['tr', true],
]);

/** word, optional `[2]`, blanks, colon: `Re[2]: x`, `AW : x`, `回复：x` */
const prefixPattern = /^(\p{L}{1,7})(?:\[\d{1,4}\])? {0,4}[:：] */u;

export interface ReplyPrefix {
  readonly rest: string;
  readonly isForward: boolean;
}

/** `[ada@example.org: [PATCH] x]`, mutt's way of forwarding */
const muttPattern = /^\[[^\s@[\]]{1,100}@[^\s@[\]:]{1,200}: (.*)\]$/;

/** Takes one reply prefix off the start of `text`; undefined where none stands there. */
export function findReplyPrefix(text: string): ReplyPrefix | undefined {
  const forwarded = muttPattern.exec(text)?.[1];
  if (forwarded !== undefined) return { rest: forwarded, isForward: true };
  const match = prefixPattern.exec(text);
  const word = match?.[1];
  if (!match || word === undefined) return undefined;
  const lower = word.toLowerCase();
  const isCapital = word[0] !== lower[0];
  const isForward = words.get(lower) ?? (isCapital ? capitalWords.get(lower) : undefined);
  return isForward === undefined ? undefined : { rest: text.slice(match[0].length), isForward };
}
