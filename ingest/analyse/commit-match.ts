/**
 * Commit match: which commits of git repositories hold the patches of a series.
 *
 * In: the series' postings, commits that share a key with them, landings that mails told. Out: landings in git, each
 * with its rule. The same diff is proof; so is a mail that the commit itself names; a title by the same author is likely,
 * and is asked only of patches and trees where no proof was found. Mail may name a commit too: where it is another one
 * than git shows, both are told.
 */

import { type CommitLanding, commitKeys, type HeldCommit } from '../model/commit.ts';
import { type Fact, headerEvidence } from '../model/fact.ts';
import type { Landing } from '../model/landing.ts';

/** What is needed of a posting to know it again in git. */
export interface CommitTarget {
  readonly messageId: string;
  readonly isCover: boolean;
  readonly titleKey: string;
  readonly authorName: string;
  readonly authorAddress: string;
  readonly patchId: string | null;
  readonly sentMs: number;
}

type Rule = 'git-patch-id' | 'git-link' | 'git-named' | 'git-title';

/** A commit needs no mail for a day: clocks differ, and some push first. */
const earlyMs = 86_400_000;

const confidences: Readonly<Record<Rule, number>> = {
  'git-patch-id': 0.995,
  'git-link': 0.99,
  'git-named': 0.97,
  'git-title': 0.85,
};

/** Keys under which commits of these patches are found. `shas`: commits that mails name. */
export function commitKeysOf(targets: readonly CommitTarget[], shas: readonly string[]): string[] {
  const keys = targets
    .filter((target) => !target.isCover)
    .flatMap(({ messageId, titleKey, patchId }) => [
      commitKeys.mail(messageId),
      ...(titleKey === '' ? [] : [commitKeys.title(titleKey)]),
      ...(patchId === null ? [] : [commitKeys.patch(patchId)]),
    ]);
  return [...new Set([...keys, ...shas.map(commitKeys.sha)])];
}

export function matchCommits(
  targets: readonly CommitTarget[],
  commits: readonly HeldCommit[],
  landings: readonly Landing[],
): Fact<CommitLanding>[] {
  const patches = targets.filter((target) => !target.isCover);
  const found = new Map<string, { target: CommitTarget; commit: HeldCommit; rule: Rule }>();
  const add = (target: CommitTarget, commit: HeldCommit, rule: Rule) => {
    const key = `${target.messageId} ${commit.tree} ${commit.sha}`;
    if (!found.has(key)) found.set(key, { target, commit, rule });
  };
  for (const target of patches) {
    for (const commit of commits) {
      if (target.patchId !== null && commit.patchIds?.includes(target.patchId))
        add(target, commit, 'git-patch-id');
      else if (commit.messageIds.includes(target.messageId) && isAlike(target, commit))
        add(target, commit, 'git-link');
    }
  }
  for (const { messageId, sha } of landings) {
    const target = sha.length < 7 ? undefined : patches.find((one) => one.messageId === messageId);
    if (!target) continue;
    for (const commit of commits) {
      if (commit.sha.startsWith(sha) && isAlike(target, commit)) add(target, commit, 'git-named');
    }
  }
  const proven = [...found.values()];
  const isTaken = (commit: HeldCommit) => proven.some((one) => one.commit.sha === commit.sha);
  const isProven = (target: CommitTarget, tree: string) =>
    proven.some((one) => one.target === target && one.commit.tree === tree);
  for (const commit of commits) {
    if (isTaken(commit)) continue;
    const target = newestOfTitle(patches, commit);
    if (target && !isProven(target, commit.tree)) add(target, commit, 'git-title');
  }
  return [...found.values()].map(({ target, commit, rule }) =>
    landingIn(target, commit, rule, landings, commits),
  );
}

/** Of one author and title, the last one sent before the commit. */
function newestOfTitle(patches: readonly CommitTarget[], commit: HeldCommit): CommitTarget | undefined {
  return patches
    .filter((target) => target.titleKey === commit.titleKey && target.titleKey !== '')
    .filter((target) => isSameAuthor(target, commit))
    .filter((target) => target.sentMs <= commit.committedMs + earlyMs)
    .sort((a, b) => b.sentMs - a.sentMs || (a.messageId < b.messageId ? -1 : 1))[0];
}

/** A link may also lead to a report or another patch: title or author must be the posting's. */
function isAlike(target: CommitTarget, commit: HeldCommit): boolean {
  return target.titleKey === commit.titleKey || isSameAuthor(target, commit);
}

function isSameAuthor(target: CommitTarget, commit: HeldCommit): boolean {
  return (
    target.authorAddress === commit.authorAddress ||
    (target.authorName !== '' && target.authorName.toLowerCase() === commit.authorName.toLowerCase())
  );
}

function landingIn(
  target: CommitTarget,
  commit: HeldCommit,
  rule: Rule,
  landings: readonly Landing[],
  commits: readonly HeldCommit[],
): Fact<CommitLanding> {
  const { messageId } = target;
  const { sha, tree, release, title, committedMs } = commit;
  const named = landings.filter((one) => one.messageId === messageId && one.sha !== '').map((one) => one.sha);
  const agrees = named.some((one) => sha.startsWith(one));
  // A commit that another tree holds too is no contradiction: maintainers' trees and mainline have their own.
  const foreign = named.find(
    (one) => !commits.some((held) => held.tree !== tree && held.sha.startsWith(one)),
  );
  const mail = agrees ? 'agrees' : foreign === undefined ? 'silent' : 'differs';
  return {
    value: {
      messageId,
      sha,
      tree,
      release,
      title,
      atMs: committedMs,
      mail,
      mailSha: mail === 'differs' ? (foreign ?? '') : '',
    },
    rule,
    confidence: confidences[rule],
    evidence: [headerEvidence(messageId, rule === 'git-link' ? 'message-id' : 'subject')],
    by: 'rule',
  };
}
