/**
 * Commit mails: what the hook of a repository sends for each commit, with the whole diff.
 *
 * In: a body's lines. Out: the commit and its branch, or null. They are no postings, though their diffs look made with git.
 * Forms: `commit: URL?id=SHA` with `branch: URL` (cgit), `commit SHA` with `Author: X` (git's own hooks, gitweb), `Module
 * name:` with `Changes by:` (CVS). What the mail says of a patch: ../analyse/notices/commit-mail.ts
 */

export interface CommitMail {
  /** Lower case; empty where the repository has no ids (CVS). */
  readonly sha: string;
  readonly branch: string;
  readonly start: number;
  readonly end: number;
}

/** The head of such a mail ends by here. */
const headLines = 14;
const reach = 4;

/** Reads the head of a commit mail; null for all other mail. */
export function findCommitMail(lines: readonly string[]): CommitMail | null {
  const head = lines.slice(0, headLines).map((line) => line.slice(0, 300));
  for (const [start, line] of head.entries()) {
    const below = head.slice(start + 1, start + 1 + reach);
    const linked = /^commit: https?:\/\/\S{1,200}[=/]([0-9a-f]{40})$/.exec(line)?.[1];
    const branch = linked === undefined ? undefined : below.find((text) => text.startsWith('branch: '));
    if (linked !== undefined && branch !== undefined) {
      return { sha: linked, branch: lastPart(branch), start, end: start + 1 };
    }
    const named = /^commit (?:r\d{1,3}-\d{1,6}-g)?([0-9a-f]{12,40})$/.exec(line)?.[1];
    if (named !== undefined && below.some((text) => /^Author: /.test(text))) {
      return { sha: named, branch: '', start, end: start + 1 };
    }
    if (/^Module name:\s/.test(line) && below.some((text) => /^Changes by:\s/.test(text))) {
      return { sha: '', branch: '', start, end: start + 1 };
    }
  }
  return null;
}

/** `master` of `branch: https://example.org/x/commit/?id=refs/heads/master` */
function lastPart(text: string): string {
  return text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('=')) + 1).trim();
}
