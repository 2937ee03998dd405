/**
 * Posting grounds: why a mail is a posting, or that it is none.
 *
 * In: subject, what the mail holds and who sent it. Out: the ground, or undefined. A reply is never a posting: a diff in
 * it is a suggestion to the author. Nor is what bots and maintainers send about patches, even with the whole diff.
 * The posting itself: ./posting.ts
 */
import type { Subject } from '../model/posting.ts';

/** `patch` and `cover` are said by the subject; `diff` is concluded from a patch under any other subject. */
export type PostingGround = 'patch' | 'cover' | 'diff';

export interface PostingSigns {
  readonly subject: Subject;
  /** True for `[PATCHSET]` and `[PATCHES]`. */
  readonly isSet: boolean;
  readonly hasDiff: boolean;
  /** True where a hunk stands there that no reader can tell the file of. */
  readonly hasStrayHunk: boolean;
  readonly hasDiffstat: boolean;
  readonly hasChangeId: boolean;
  readonly hasSignOff: boolean;
  /** True where next to nothing stands before the diff. */
  readonly isDiffOnly: boolean;
  /** True where the mail answers another one, whatever its subject says. */
  readonly isAnswer: boolean;
  readonly hasQuote: boolean;
}

/** Decides on what ground a mail is a posting. */
export function findPostingGround(signs: PostingSigns): PostingGround | undefined {
  const { subject } = signs;
  if (subject.isReply || subject.kind === 'pull' || subject.kind === 'notice') return undefined;
  if (subject.kind === 'patch') return patchGround(signs);
  return signs.hasDiff && isMadePatch(signs) ? 'diff' : undefined;
}

function patchGround(signs: PostingSigns): PostingGround | undefined {
  const { subject, hasDiff } = signs;
  if (subject.position === 0) return 'cover';
  if (hasDiff) return 'patch';
  if (signs.isSet) return 'cover';
  if (subject.position !== null || signs.hasStrayHunk) return 'patch';
  // b4 sends the cover of a single patch, and people their overview, as `[PATCH]` with a diffstat and no diff. Without
  // it the mail is a ping, or an introduction to the patch that answers it.
  return signs.hasDiffstat || signs.hasChangeId ? 'cover' : undefined;
}

/**
 * A diff without the word PATCH above it: half of such mails are reports that show what was tried. Those made with git
 * carry a sign-off or a diffstat, and start a thread, unless they say RFC.
 */
function isMadePatch(signs: PostingSigns): boolean {
  if (!signs.hasSignOff && !signs.hasDiffstat && !signs.isDiffOnly) return false;
  return signs.subject.isRfc || (!signs.isAnswer && !signs.hasQuote);
}
