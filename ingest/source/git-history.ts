/**
 * Git history: which mails came and went with each commit of a public-inbox repository.
 *
 * In: a repository and the commit read last. Out: changes, oldest first.
 * Version 2: the mail is the file `m`; a commit with a file `d` takes the mail in `d` back. Version 1: each
 * mail is a file in 256 folders named by the hash of its Message-ID; deleting the file takes it back.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readGitLines, runGit } from './git-process.ts';

export interface GitChange {
  readonly type: 'mail' | 'removed';
  readonly commit: string;
  /** When the commit was made: when the mail arrived. */
  readonly arrivedMs: number;
  /** Blob with the mail that came or went. */
  readonly blob: string;
  /** True for the last change of its commit. */
  readonly isCommitEnd: boolean;
}

export type HistoryStart = 'empty' | 'unchanged' | 'new' | 'rewritten' | 'continued';

/** The commit at the head; undefined in a repository without any. */
export async function readHead(folder: string): Promise<string | undefined> {
  const { code, output } = await runGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  return code === 0 ? output.trim() : undefined;
}

/**
 * Where a shallow clone's history begins: its oldest commits, in one word; empty for a whole one. Their parents are
 * missing, and come when the clone is deepened.
 */
export async function readShallow(folder: string): Promise<string> {
  const { code, output } = await runGit(folder, ['rev-parse', '--git-path', 'shallow']);
  if (code !== 0) return '';
  const path = resolve(folder, output.trim());
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).sort().join(' ');
}

/** How the history relates to the commit that was read last. */
export async function compareHistory(
  folder: string,
  head: string | undefined,
  last: string | undefined,
): Promise<HistoryStart> {
  if (head === undefined) return 'empty';
  if (last === undefined) return 'new';
  if (last === head) return 'unchanged';
  const { code } = await runGit(folder, ['merge-base', '--is-ancestor', last, head]);
  return code === 0 ? 'continued' : 'rewritten';
}

/** How many commits `range` (`head` or `last..head`) has. */
export async function countCommits(folder: string, range: string): Promise<number | null> {
  const { code, output } = await runGit(folder, ['rev-list', '--count', range]);
  return code === 0 ? Number(output) : null;
}

/** Changes of the commits in `range`, from one `git log`. */
export async function* readChanges(folder: string, range: string): AsyncGenerator<GitChange> {
  const lines = readGitLines(folder, [
    'log',
    '--reverse',
    '--raw',
    '--root',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--no-color',
    '--no-notes',
    '--no-decorate',
    '--format=commit %H %ct',
    range,
    '--',
  ]);
  let commit = '';
  let arrivedMs = 0;
  let held: Omit<GitChange, 'isCommitEnd'> | undefined;
  for await (const line of lines) {
    if (line.startsWith('commit ')) {
      const [, hash = '', seconds = '0'] = line.split(' ');
      commit = hash;
      arrivedMs = Number(seconds) * 1000;
      continue;
    }
    const change = readRawLine(line);
    if (!change) continue;
    if (held) yield { ...held, isCommitEnd: held.commit !== commit };
    held = { ...change, commit, arrivedMs };
  }
  if (held) yield { ...held, isCommitEnd: true };
}

/** True for what stands at the top of an inbox's tree: the mail of version 2, the folders of version 1. */
export function isInboxName(name: string): boolean {
  return name === 'm' || name === 'd' || /^[0-9a-f]{2}$/.test(name);
}

/** `:100644 100644 <old blob> <new blob> M\t<path>`. */
function readRawLine(line: string): Pick<GitChange, 'type' | 'blob'> | undefined {
  const match = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*\t(.+)$/.exec(line);
  if (!match) return undefined;
  const [, old = '', blob = '', status = '', path = ''] = match;
  const isGone = status === 'D';
  if (path === 'm' && !isGone) return { type: 'mail', blob };
  if (path === 'd' && !isGone) return { type: 'removed', blob };
  if (!/^[0-9a-f]{2}\/[0-9a-f]{38}$/.test(path)) return undefined;
  return isGone ? { type: 'removed', blob: old } : { type: 'mail', blob };
}
