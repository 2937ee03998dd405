/**
 * Commit log: the commits of a repository that lists may have carried, from one `git log`.
 *
 * In: a repository, the commits that were its heads when it was read last. Out: commits without merges, newest first.
 * Topic branches and tags count: where a patch went is asked of all that the repository holds.
 */
import type { TreeCommit } from '../model/commit.ts';
import { limits } from '../model/limits.ts';
import { cleanMessageId, findMessageIdOfUrl } from '../patch/mail-url.ts';
import { parseSubject } from '../patch/subject.ts';
import { readGitRecords, runGit } from './git-process.ts';

/** A tag and the commit that it stands on. */
export interface Tag {
  readonly name: string;
  readonly sha: string;
  /** When it was made; of a plain tag when its commit was. */
  readonly atMs: number;
}

export interface TreeHeads {
  /** Commits that branches and HEAD stand on; sorted, each once. */
  readonly heads: readonly string[];
  /** In order of time, then name. */
  readonly tags: readonly Tag[];
}

const format = ['%H', '%an', '%ae', '%ct', '%B'];

/** What branches and tags stand on. Refs of hosting sites (`refs/pull/`) are no part of a tree. */
export async function readTreeHeads(folder: string): Promise<TreeHeads> {
  const heads = new Set<string>();
  const tags: Tag[] = [];
  const fields = [
    '%(refname)',
    '%(objecttype)',
    '%(objectname)',
    '%(*objecttype)',
    '%(*objectname)',
    '%(creatordate:unix)',
  ];
  const { output } = await runGit(folder, [
    'for-each-ref',
    `--format=${fields.join('%00')}`,
    'refs/heads',
    'refs/remotes',
    'refs/tags',
  ]);
  for (const line of output.split('\n')) {
    const [ref = '', type, object = '', peeledType, peeled = '', seconds] = line.split('\0');
    const sha = type === 'commit' ? object : peeledType === 'commit' ? peeled : '';
    if (sha === '') continue;
    if (ref.startsWith('refs/tags/')) {
      tags.push({ name: ref.slice('refs/tags/'.length), sha, atMs: Number(seconds) * 1000 });
    } else heads.add(sha);
  }
  const head = await runGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.code === 0) heads.add(head.output.trim());
  tags.sort((a, b) => a.atMs - b.atMs || (a.name < b.name ? -1 : 1));
  return { heads: [...heads].sort(), tags };
}

/** Commits reached from `from` and not from `not`, without merges. */
export async function* readCommits(
  folder: string,
  range: { readonly from: readonly string[]; readonly not: readonly string[] },
): AsyncGenerator<TreeCommit> {
  const args = [
    'log',
    '-z',
    '--no-merges',
    '--no-notes',
    '--no-color',
    '--no-decorate',
    '--encoding=UTF-8',
    `--format=${format.join('%x00')}`,
    '--stdin',
  ];
  for await (const record of readGitRecords(folder, args, {
    fields: format.length,
    input: revisions(range),
  })) {
    const [sha = '', name = '', address = '', seconds = '', message = ''] = record;
    yield commitOf(sha, name, address, Number(seconds) * 1000, message);
  }
}

/** Commits that were reached before and are not any more; undefined where git has thrown them away already. */
export async function readLost(
  folder: string,
  range: { readonly from: readonly string[]; readonly not: readonly string[] },
): Promise<readonly string[] | undefined> {
  const { code, output } = await runGit(folder, ['rev-list', '--stdin'], revisions(range));
  return code === 0 ? output.split('\n').filter((sha) => sha !== '') : undefined;
}

/** What `--stdin` takes: no end of commits fits on a command line. */
export function revisions(range: {
  readonly from: readonly string[];
  readonly not: readonly string[];
}): string {
  return [...range.from, ...range.not.map((sha) => `^${sha}`), ''].join('\n');
}

function commitOf(
  sha: string,
  name: string,
  address: string,
  committedMs: number,
  message: string,
): TreeCommit {
  const text = message.slice(0, limits.commitMessage);
  const end = text.indexOf('\n');
  const title = (end < 0 ? text : text.slice(0, end)).trim().slice(0, limits.patternLine);
  return {
    sha,
    title,
    titleKey: parseSubject(title).titleKey,
    authorName: name.slice(0, limits.patternLine),
    authorAddress: address.toLowerCase().slice(0, limits.patternLine),
    committedMs,
    ...referencesOf(end < 0 ? '' : text.slice(end + 1)),
    release: '',
  };
}

/** What a commit message says of mails and other commits. */
export function referencesOf(
  text: string,
): Pick<TreeCommit, 'messageIds' | 'upstream' | 'fixes' | 'reverts'> {
  const messageIds = new Set<string>();
  const fixes = new Set<string>();
  let upstream = '';
  let reverts = '';
  for (const line of text.split('\n')) {
    const words = line.slice(0, limits.patternLine).trim();
    const trailer = /^(link|message-id|msgid|patch-link|fixes):\s{0,8}(\S.*)$/i.exec(words);
    if (trailer) {
      const [, key = '', value = ''] = trailer;
      const word = value.split(/\s/)[0] ?? '';
      if (key.toLowerCase() === 'fixes') addSha(fixes, word);
      else addMail(messageIds, word);
      continue;
    }
    upstream ||=
      /^(?:commit|\[ upstream commit) ([0-9a-f]{40})(?: upstream\.?| \])$/i.exec(words)?.[1]?.toLowerCase() ??
      '';
    reverts ||= /^this reverts commit ([0-9a-f]{7,40})\b/i.exec(words)?.[1]?.toLowerCase() ?? '';
  }
  return { messageIds: [...messageIds], upstream, fixes: [...fixes], reverts };
}

function addSha(fixes: Set<string>, word: string): void {
  const sha = /^([0-9a-f]{7,40})\b/i.exec(word)?.[1];
  if (sha && fixes.size < limits.statedLinks) fixes.add(sha.toLowerCase());
}

function addMail(messageIds: Set<string>, word: string): void {
  const id = word.includes('://') ? findMessageIdOfUrl(word) : cleanMessageId(word);
  if (id !== undefined && messageIds.size < limits.statedLinks) messageIds.add(id);
}
