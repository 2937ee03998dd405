/**
 * Commit mentions: commits that a mail speaks of, by id.
 *
 * In: body lines. Out: ids as written, lower case, with the title beside them and the line. Known by the word before it
 * (`commit`, `Fixes:`), a title in brackets behind it, or the address of a web page of git. Quoted lines are left out,
 * and in a posting all below its message: a diff is full of ids that mean blobs.
 */
import { limits } from '../model/limits.ts';

export interface CommitMention {
  /** 7 to 40 digits. */
  readonly sha: string;
  /** From `("title")` on the same line; empty where there is none. */
  readonly title: string;
  /** True for a `Fixes:` trailer. */
  readonly isFixes: boolean;
  readonly line: number;
}

const anyHex = /[0-9a-f]{7}/;
const named =
  /\b(fixes:|commits?|reverts?|reverted|introduced (?:by|in|with)|caused by|fixed (?:by|in)|cherry[ -]picked from(?: commit)?)[ \t]{1,3}["'(]?([0-9a-f]{7,40})(?![0-9a-z])/gi;
const titled = /(?:^|[\s(])([0-9a-f]{7,40}),? \("?/g;
const linked = /(?:[?&](?:id|h)=|\/commit\/|\/c\/|\/rev\/)([0-9a-f]{7,40})(?![0-9a-z])/g;

/** Each commit once, where it is first spoken of. */
export function findCommitMentions(lines: readonly string[], isPosting: boolean): CommitMention[] {
  const found = new Map<string, CommitMention>();
  for (const [line, whole] of lines.entries()) {
    if (isPosting && (whole === '---' || whole.startsWith('diff --git ') || whole.startsWith('--- a/')))
      break;
    if (whole.startsWith('>') || !anyHex.test(whole)) continue;
    const text = whole.slice(0, limits.patternLine);
    for (const { sha, isFixes, end } of idsOf(text)) {
      if (found.has(sha) || !isPlausible(sha) || found.size >= limits.statedLinks) continue;
      found.set(sha, { sha, title: titleAfter(text, end), isFixes, line });
    }
  }
  return [...found.values()];
}

function* idsOf(text: string): Generator<{ sha: string; isFixes: boolean; end: number }> {
  for (const match of text.matchAll(named)) {
    const [whole, word = '', sha = ''] = match;
    yield {
      sha: sha.toLowerCase(),
      isFixes: word.toLowerCase() === 'fixes:',
      end: match.index + whole.length,
    };
  }
  for (const match of text.matchAll(titled)) {
    const sha = match[1] ?? '';
    yield { sha, isFixes: false, end: match.index + match[0].indexOf(sha) + sha.length };
  }
  if (!text.includes('://')) return;
  for (const match of text.matchAll(linked)) yield { sha: match[1] ?? '', isFixes: false, end: text.length };
}

/** Words such as `defaced` and plain numbers are no ids. */
function isPlausible(sha: string): boolean {
  return /[0-9]/.test(sha) && /[a-f]/.test(sha);
}

function titleAfter(text: string, at: number): string {
  return /^,?\s{0,2}\("([^"]{1,300})/.exec(text.slice(at))?.[1]?.trim() ?? '';
}
