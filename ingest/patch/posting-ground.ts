/**
 * Posting grounds: why a mail is a posting, or that it is none.
 *
 * In: subject, what the mail holds and who sent it. Out: the ground, or undefined. A reply is never a posting: a diff in
 * it is a suggestion to the author. Nor is what bots and maintainers send about patches, even with the whole diff.
 * The posting itself: ./posting.ts
 */
import type { Subject } from '../model/posting.ts';

/** `patch` and `cover` are said by the subject; `diff` is our own conclusion from a diff in a mail that starts a thread. */
export type PostingGround = 'patch' | 'cover' | 'diff';

export interface PostingSigns {
  readonly subject: Subject;
  readonly hasDiff: boolean;
  readonly hasDiffstat: boolean;
  readonly hasChangeId: boolean;
  /** True where the mail answers another one, whatever its subject says. */
  readonly isAnswer: boolean;
  readonly hasQuote: boolean;
}

/** Decides on what ground a mail is a posting. */
export function findPostingGround(signs: PostingSigns): PostingGround | undefined {
  const { subject, hasDiff } = signs;
  if (subject.isReply || subject.kind === 'pull' || subject.kind === 'notice') return undefined;
  if (subject.kind === 'patch') return patchGround(signs);
  if (!hasDiff) return subject.isRfc && signs.hasDiffstat && signs.hasChangeId ? 'cover' : undefined;
  // A diff without any mark: only at the start of a thread, where nobody is answered.
  return signs.isAnswer || signs.hasQuote ? undefined : 'diff';
}

function patchGround({
  subject,
  hasDiff,
  hasDiffstat,
  hasChangeId,
}: PostingSigns): PostingGround | undefined {
  if (subject.position === 0) return 'cover';
  if (hasDiff) return 'patch';
  if (subject.position !== null) return 'patch';
  // b4 sends the cover of a single patch, and people their overview, as `[PATCH]` with a diffstat and no diff.
  return hasDiffstat || hasChangeId ? 'cover' : undefined;
}
