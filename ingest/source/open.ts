/**
 * Open: the sources that a SOURCE argument names, told apart by what is there.
 *
 * In: a path or an imap(s) URL. Out: one source for each mbox, maildir, inbox repository and folder of loose
 * mails, sorted by name. A folder is searched to its leaves; what is no mail in it is reported when it is
 * read, never fatal. One more kind: a file like ./mbox.ts, and a line in openFolder or openFile.
 */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SourceError, UsageError } from '../model/errors.ts';
import { withDigests } from './digest.ts';
import { openLooseFiles, openMailFile } from './eml.ts';
import { readStart } from './file-bytes.ts';
import { readNames } from './file-list.ts';
import { findEpochs, openGit } from './git.ts';
import { isInboxName, readHead } from './git-history.ts';
import { runGit } from './git-process.ts';
import { openImapFolders } from './imap.ts';
import type { ImapOptions } from './imap-login.ts';
import { gitListName, mboxListName } from './list-name.ts';
import { openMaildir } from './maildir.ts';
import { openMbox } from './mbox.ts';
import { sniffBytes, sniffContent } from './sniff.ts';
import type { Source } from './source.ts';
import { openWeb, type WebOptions } from './web.ts';

export interface OpenOptions extends ImapOptions, WebOptions {
  /** Name of the list, where it is not to be taken from the file's or folder's name. */
  readonly list?: string;
}

/** Folders in folders that are searched; deeper ones are links in a circle. */
const deepestFolder = 20;

/**
 * Opens what `spec` names.
 * @throws SourceError if nothing is there or nothing in it is mail; UsageError for a URL that is none of
 * ours.
 */
export async function openSources(spec: string, options: OpenOptions = {}): Promise<Source[]> {
  return (await openPlain(spec, options)).map(withDigests);
}

async function openPlain(spec: string, options: OpenOptions): Promise<Source[]> {
  if (/^imaps?:\/\//i.test(spec)) return openImapFolders(spec, options.list ?? '', options);
  if (/^https?:\/\//i.test(spec)) return [openWeb(spec, options.list, options)];
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(spec)) {
    throw new UsageError('This kind of source is not known', {
      subject: spec.slice(0, spec.indexOf(':')),
      remedy: 'Known are https://, imap:// and imaps://, and paths.',
    });
  }
  const path = resolve(spec);
  const facts = await stat(path).catch(() => undefined);
  if (!facts) {
    throw new SourceError('source-unknown', 'There is no such file or folder', {
      subject: spec,
      remedy: 'Give a file, a folder or an imaps:// URL.',
    });
  }
  const sources = facts.isDirectory() ? await openFolder(path, options, 0) : await openFile(path, options);
  if (sources.length > 0) return sources;
  throw new SourceError('source-unknown', 'No mail was found', {
    subject: spec,
    remedy: 'Known are mbox, maildir, single mails, archive text and public-inbox repositories.',
  });
}

async function openFolder(path: string, options: OpenOptions, depth: number): Promise<Source[]> {
  if (depth > deepestFolder) return [];
  const names = new Set(await readNames(path));
  const git = await openRepository(path, names, options);
  if (git !== 'none') return git;
  const sources: Source[] = [];
  const isMaildir = names.has('cur') && names.has('new');
  if (isMaildir) sources.push(openMaildir(path, options.list ?? ''));
  let hasLooseFiles = false;
  for (const name of names) {
    if (isMaildir && ['cur', 'new', 'tmp'].includes(name)) continue;
    // What mirrors of public-inbox keep beside their repositories.
    if (name === 'manifest.js.gz') continue;
    const inner = join(path, name);
    const facts = await stat(inner).catch(() => undefined);
    if (facts?.isDirectory()) sources.push(...(await openFolder(inner, options, depth + 1)));
    else if (facts?.isFile()) {
      const [source] = await openFile(inner, options).catch(passUnreadable);
      if (source?.kind === 'mbox') sources.push(source);
      else hasLooseFiles ||= !isMaildir;
    }
  }
  if (hasLooseFiles) sources.push(openLooseFiles(path, options.list ?? ''));
  return sources;
}

/** What cannot be read is one of the loose files, whose source says so. */
function passUnreadable(error: unknown): Source[] {
  if (error instanceof SourceError) return [];
  throw error;
}

/** The one source of a file; none if it is no mail. */
async function openFile(path: string, options: OpenOptions): Promise<Source[]> {
  const kind = sniffContent(await readStart(path, sniffBytes));
  if (kind === 'mbox') return [openMbox(path, options.list ?? mboxListName(path))];
  if (kind === 'mail') return [openMailFile(path, options.list ?? '', 'eml')];
  return kind === 'archive-text' ? [openMailFile(path, options.list ?? '', 'archive-text')] : [];
}

/** The source of a repository, if it is an inbox; a bare one that is not has no files to look at either. */
async function openRepository(
  path: string,
  names: ReadonlySet<string>,
  options: OpenOptions,
): Promise<Source[] | 'none'> {
  const list = options.list ?? gitListName(path);
  if (names.has('git') && (await findEpochs(path)).length > 0) return [openGit(path, list)];
  const isBare = names.has('HEAD') && names.has('objects') && names.has('refs');
  const hasWorktree = (await stat(join(path, '.git')).catch(() => undefined)) !== undefined;
  if (!isBare && !hasWorktree) return 'none';
  if (await isInbox(path)) return [openGit(path, list)];
  return isBare ? [] : 'none';
}

/** True for a repository without commits, or with the files of an inbox at its head. */
async function isInbox(folder: string): Promise<boolean> {
  const head = await readHead(folder);
  if (head === undefined) return true;
  const { output } = await runGit(folder, ['ls-tree', '--name-only', head]);
  return output.split('\n').every((name) => name === '' || isInboxName(name));
}
