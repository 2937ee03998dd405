/**
 * Inboxes: public-inbox repositories made by git alone, commit by commit.
 */
import { runTool } from './tools.ts';

/** One commit: files by path; null deletes. Version 2 commits replace the whole tree. */
export type Commit = Readonly<Record<string, string | null>>;

/** Writes commits to a repository with git's own importer, on top of what is there. */
export function commit(
  repository: string,
  commits: readonly Commit[],
  { isFresh = false, isWhole = true } = {},
): void {
  runTool('git', ['init', '--quiet', '--bare', '--initial-branch=master', repository]);
  const hasHead = runTool('git', ['-C', repository, 'for-each-ref', 'refs/heads/master']) !== '';
  const lines: string[] = [];
  for (const [index, files] of commits.entries()) {
    lines.push(
      'commit refs/heads/master',
      `committer Ada <ada@example.org> ${1594000000 + index} +0000`,
      'data 0',
    );
    if (index === 0 && hasHead && !isFresh) lines.push('from refs/heads/master^0');
    if (isWhole) lines.push('deleteall');
    for (const [path, content] of Object.entries(files)) {
      if (content === null) lines.push(`D ${path}`);
      else lines.push(`M 100644 inline ${path}`, `data ${Buffer.byteLength(content)}`, content);
    }
  }
  runTool('git', ['-C', repository, 'fast-import', '--quiet', '--force'], { input: `${lines.join('\n')}\n` });
}
