/**
 * Commits: what git repositories hold of the patches that lists carried.
 */

/** A commit without its diff; merges are never one. */
export interface TreeCommit {
  /** 40 (or 64) hex digits. */
  readonly sha: string;
  readonly title: string;
  /** For comparing, as of postings (posting.ts). */
  readonly titleKey: string;
  readonly authorName: string;
  /** Lower case. */
  readonly authorAddress: string;
  readonly committedMs: number;
  /** Mails that its message names by `Link:`, `Message-Id:` and kin; bare ids. */
  readonly messageIds: readonly string[];
  /** The mainline commit that it was taken from, as stable trees say it; empty where it is none. */
  readonly upstream: string;
  /** Commits that it mends (`Fixes:`), as printed, 7 to 40 digits. */
  readonly fixes: readonly string[];
  /** The commit that it takes back (`This reverts commit ...`); empty where none. */
  readonly reverts: string;
  /** The first tag that holds it; empty where none does yet. */
  readonly release: string;
}

/** A commit as a tree holds it. */
export interface HeldCommit extends TreeCommit {
  /** The name of the tree in the configuration, else the name of its folder. */
  readonly tree: string;
  /** Patch ids of its diff, without and with renames told; null where it was not compared yet. */
  readonly patchIds: readonly string[] | null;
}

/** A posting that a commit holds. */
export interface CommitLanding {
  readonly messageId: string;
  readonly sha: string;
  readonly tree: string;
  readonly release: string;
  readonly title: string;
  readonly atMs: number;
  /** What mail says of it: names this commit, names another one, names none. */
  readonly mail: 'agrees' | 'differs' | 'silent';
  /** The commit that mail names, where it differs; else empty. */
  readonly mailSha: string;
}

/** Keys under which a commit is found; a sha by its first seven digits, as mails print it at least. */
export const commitKeys = {
  patch: (patchId: string) => `p:${patchId}`,
  mail: (messageId: string) => `i:${messageId}`,
  title: (titleKey: string) => `t:${titleKey}`,
  sha: (sha: string) => `s:${sha.slice(0, 7)}`,
  upstream: (sha: string) => `u:${sha.slice(0, 7)}`,
  fixes: (sha: string) => `f:${sha.slice(0, 7)}`,
  reverts: (sha: string) => `r:${sha.slice(0, 7)}`,
} as const;

/** All keys of a commit but those of its diff. */
export function keysOfCommit(commit: TreeCommit): string[] {
  return [
    commitKeys.sha(commit.sha),
    ...(commit.titleKey === '' ? [] : [commitKeys.title(commit.titleKey)]),
    ...commit.messageIds.map(commitKeys.mail),
    ...(commit.upstream === '' ? [] : [commitKeys.upstream(commit.upstream)]),
    ...commit.fixes.map(commitKeys.fixes),
    ...(commit.reverts === '' ? [] : [commitKeys.reverts(commit.reverts)]),
  ];
}
