/**
 * Postings: one patch or cover-letter mail as its sender wrote it, before anything is linked.
 *
 * All here is a pure function of one message, so it can be stored beside it and compared without its body.
 */
import type { Evidence } from './fact.ts';

/** A version as `v3` or `v2.1`; `minor` is 0 for whole numbers. */
export interface Version {
  readonly major: number;
  readonly minor: number;
}

export type SubjectTagKind =
  | 'rfc'
  | 'rft'
  | 'resend'
  | 'list'
  | 'tree'
  | 'release'
  | 'wip'
  | 'backport'
  | 'committed'
  | 'other';

export interface SubjectTag {
  readonly kind: SubjectTagKind;
  readonly text: string;
}

export type SubjectKind = 'patch' | 'pull' | 'notice' | 'other';

/** A subject line taken apart (mail-and-linking rules: prefixes in brackets, counter, versions, title). */
export interface Subject {
  readonly isReply: boolean;
  readonly isForward: boolean;
  readonly kind: SubjectKind;
  readonly tags: readonly SubjectTag[];
  readonly isRfc: boolean;
  readonly isResend: boolean;
  /** From the brackets; null where not stated (a first version). */
  readonly version: Version | null;
  /** From a suffix of the title, `(v9)`: counts this patch, not the series. */
  readonly patchVersion: number | null;
  /** `position`/`total` as written; null for a patch without counter. 0 is a cover letter. */
  readonly position: number | null;
  readonly total: number | null;
  /** Without brackets and version suffix; blanks collapsed. */
  readonly title: string;
  /** For comparing: lower case, no trailing `.` or `:`. */
  readonly titleKey: string;
}

/** An older (or other) mail that the sender names: `v2: https://lore.kernel.org/r/ID`, `Supersedes:`, `Link to v1:`. */
export interface StatedLink {
  readonly messageId: string;
  /** The version label beside it, where there is one. */
  readonly version: number | null;
  /** `change-log`: under `---` or in a cover; `trailer`: Supersedes and kin; `body`: elsewhere. */
  readonly where: 'change-log' | 'trailer' | 'body';
  readonly evidence: Evidence;
}

export interface FileChange {
  /** Path after the change (before it for deletions), without `a/` `b/`. */
  readonly path: string;
  readonly oldPath: string;
  readonly added: number;
  readonly removed: number;
  readonly status: 'modified' | 'added' | 'deleted' | 'renamed' | 'mode';
}

/** What is needed to compare a posting with others. */
export interface Posting {
  readonly messageId: string;
  readonly sentMs: number;
  /** Who wrote the patch: in-body From, else the mail's From (unmunged). Lower-case address. */
  readonly authorAddress: string;
  readonly authorName: string;
  readonly senderAddress: string;
  readonly senderName: string;
  readonly subject: Subject;
  readonly isCover: boolean;
  readonly hasDiff: boolean;
  /** In-Reply-To, then References newest first; bare ids. */
  readonly replyChain: readonly string[];
  readonly lists: readonly string[];
  readonly changeId: string | null;
  readonly baseCommit: string | null;
  /** True where it holds what `git request-pull` writes: a batch of patches on their way from one tree to another. */
  readonly asksPull: boolean;
  readonly links: readonly StatedLink[];
  /** Versions its change log speaks of (`Changes in v3:`): 3, 2 … with the lines that say so. */
  readonly changeLogVersions: readonly number[];
  /** git patch-id --stable of the diff; null without one. */
  readonly patchId: string | null;
  readonly files: readonly FileChange[];
  /** 32-bit hashes of the added and removed lines, blanks removed, short lines left out; sorted, unique, bounded. */
  readonly lineHashes: Uint32Array;
  /** 32-bit hashes of the commit message's words (length 4 and more); sorted, unique, bounded. */
  readonly wordHashes: Uint32Array;
  /** Trailers the sender wrote into the commit message: `Signed-off-by: A B <a@b>` and so on. */
  readonly trailers: readonly Trailer[];
}

export interface Trailer {
  /** As written, such as `Reviewed-by`. */
  readonly name: string;
  readonly value: string;
  /** Line of the body where it starts and the one after its end. */
  readonly start: number;
  readonly end: number;
}
