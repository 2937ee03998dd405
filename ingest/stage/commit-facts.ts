/**
 * Commit facts: what the trees that were read hold of a series' patches, as facts that the series owns.
 */
import { commitKeysOf, matchCommits } from '../analyse/commit-match.ts';
import type { CommitLanding } from '../model/commit.ts';
import type { Landing } from '../model/landing.ts';
import type { Posting } from '../model/posting.ts';
import type { Store, StoredFact } from '../store/store.ts';

/** `landings`: facts about the same postings, told by mail. */
export async function commitFacts(
  store: Store,
  series: string,
  postings: ReadonlyMap<string, Posting>,
  landings: readonly StoredFact[],
): Promise<StoredFact[]> {
  const targets = [...postings.values()].map((posting) => ({
    ...posting,
    titleKey: posting.subject.titleKey,
  }));
  const told = landings.map((fact) => fact.value as Landing);
  const shas = told.map(({ sha }) => sha).filter((sha) => sha.length >= 7);
  const commits = await store.commits.findCommits(commitKeysOf(targets, shas));
  if (commits.length === 0) return [];
  return matchCommits(targets, commits, told).map((landing) => ({
    ...landing,
    kind: 'commit',
    owner: series,
    subject: landing.value.messageId,
  }));
}

/** The same as a landing among those that mails tell, for the state of the series and its page. */
export function asLanding(fact: StoredFact): StoredFact {
  const { messageId, sha, tree, release, title, atMs } = fact.value as CommitLanding;
  const value: Landing = { notice: '', kind: 'git', messageId, sha, tree, release, title, atMs };
  return { ...fact, kind: 'landing', value };
}
