/**
 * First tags: for each commit the oldest tag that holds it, from one `git rev-list`.
 *
 * In: a repository, tags in order of time, tags whose commits were labelled before. Out: a tag's name for each commit
 * that these tags hold and the earlier ones do not. Each commit is visited once: a walk ends where an older tag's began.
 */
import { revisions, type Tag } from './commit-log.ts';
import { readGitLines } from './git-process.ts';

export async function readFirstTags(
  folder: string,
  tags: readonly Tag[],
  earlier: readonly Tag[],
): Promise<Map<string, string>> {
  if (tags.length === 0) return new Map();
  const range = { from: tags.map(({ sha }) => sha), not: earlier.map(({ sha }) => sha) };
  const parents = new Map<string, string>();
  for await (const line of readGitLines(folder, ['rev-list', '--parents', '--stdin'], revisions(range))) {
    const blank = line.indexOf(' ');
    if (blank < 0) parents.set(line, '');
    else parents.set(line.slice(0, blank), line.slice(blank + 1));
  }
  return labelCommits(tags, parents);
}

/** `parents`: of each commit its parents, between blanks; what is not in it was labelled before. Pure. */
export function labelCommits(
  tags: readonly Tag[],
  parents: ReadonlyMap<string, string>,
): Map<string, string> {
  const labels = new Map<string, string>();
  for (const { name, sha } of tags) {
    const open = [sha];
    for (let commit = open.pop(); commit !== undefined; commit = open.pop()) {
      const above = parents.get(commit);
      if (above === undefined || labels.has(commit)) continue;
      labels.set(commit, name);
      if (above !== '') open.push(...above.split(' '));
    }
  }
  return labels;
}
