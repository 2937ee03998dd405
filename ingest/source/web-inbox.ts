/**
 * Web inbox: a whole public-inbox on the web, mirrored by git and then read like any other mirror.
 *
 * In: the list's address. Out: its mails, cursor as of ./git.ts. The manifest says which repositories there are and
 * whether one changed, so that a look costs one small request. git may only speak http(s), to the server that was
 * named: it follows no redirects. A clone that was stopped is begun again; a finished one is only brought up to date.
 */
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SourceError } from '../model/errors.ts';
import { openGit } from './git.ts';
import { runGit } from './git-process.ts';
import type { Cursor, Source, SourceEvent } from './source.ts';
import { fetchWhole } from './web-fetch.ts';

interface Repository {
  readonly url: URL;
  /** Below the mirror's folder: `git/0.git`, or empty for a version 1 inbox. */
  readonly place: string;
  readonly fingerprint: string;
}

const manifestBytes = 4 * 1024 * 1024;
const safeGit = [
  ['protocol.allow', 'never'],
  ['protocol.http.allow', 'always'],
  ['protocol.https.allow', 'always'],
  ['http.followRedirects', 'false'],
].flatMap(([key, value]) => ['-c', `${key}=${value}`]);

/** `mirrors`: folder in which mirrors are kept, one by host and path. */
export function openWebInbox(inbox: URL, list: string, mirrors: string): Source {
  const folder = join(
    mirrors,
    inbox.host.replace(/[^\w.-]/g, '_'),
    ...inbox.pathname.split('/').filter(isPlainName),
  );
  return {
    kind: 'web',
    location: inbox.href,
    list,
    read: (cursor, signal) => readInbox({ inbox, list, folder, cursor, signal }),
  };
}

interface Reading {
  readonly inbox: URL;
  readonly list: string;
  readonly folder: string;
  readonly cursor: Cursor | null;
  readonly signal: AbortSignal | undefined;
}

async function* readInbox({ inbox, list, folder, cursor, signal }: Reading): AsyncGenerator<SourceEvent> {
  for (const repository of await readManifest(inbox, signal)) {
    if (signal?.aborted) return;
    await mirror(repository, join(folder, repository.place));
  }
  yield* openGit(folder, list).read(cursor, signal);
}

async function readManifest(inbox: URL, signal: AbortSignal | undefined): Promise<Repository[]> {
  const packed = await fetchWhole(new URL('manifest.js.gz', inbox), manifestBytes, signal);
  if (packed === null) throw noInbox(inbox, 'it has no manifest.js.gz');
  let manifest: unknown;
  try {
    const isPacked = packed[0] === 0x1f;
    const text = isPacked ? gunzipSync(packed, { maxOutputLength: manifestBytes * 4 }) : packed;
    manifest = JSON.parse(text.toString('utf8'));
  } catch {
    throw noInbox(inbox, 'its manifest cannot be read');
  }
  const found: Repository[] = [];
  for (const [path, facts] of Object.entries(manifest ?? {})) {
    const place = placeOf(inbox, path);
    const fingerprint = (facts as { fingerprint?: unknown } | null)?.fingerprint;
    if (place === undefined) continue;
    const url = place === '' ? inbox : new URL(place, inbox);
    found.push({ url, place, fingerprint: typeof fingerprint === 'string' ? fingerprint : '' });
  }
  if (found.length === 0) throw noInbox(inbox, 'its manifest names no repository of this list');
  return found.sort((a, b) => Number.parseInt(a.place.slice(4), 10) - Number.parseInt(b.place.slice(4), 10));
}

/** Where a manifest's path lies below the inbox, whatever prefix a proxy put before it. */
function placeOf(inbox: URL, path: string): string | undefined {
  const name = inbox.pathname.split('/').filter(Boolean).at(-1) ?? '';
  const epoch = /^(?:\/[\w.-]+)*\/([\w.-]+)\/git\/(\d{1,4})\.git$/.exec(path);
  if (epoch) return epoch[1] === name ? `git/${epoch[2]}.git` : undefined;
  return path
    .split('/')
    .at(-1)
    ?.replace(/\.git$/, '') === name
    ? ''
    : undefined;
}

async function mirror({ url, fingerprint }: Repository, folder: string): Promise<void> {
  const isThere = (await stat(join(folder, 'HEAD')).catch(() => undefined)) !== undefined;
  if (isThere) {
    const { output } = await runGit(folder, ['config', '--get', 'patchtrail.fingerprint']);
    if (fingerprint !== '' && output.trim() === fingerprint) return;
    await git(folder, url, ['fetch', '--quiet', '--prune', 'origin']);
  } else {
    const unfinished = `${folder}.part`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    await git(dirname(folder), url, ['clone', '--quiet', '--mirror', '--template=', url.href, unfinished]);
    await rename(unfinished, folder);
  }
  await runGit(folder, ['config', 'patchtrail.fingerprint', fingerprint]);
}

async function git(folder: string, url: URL, args: readonly string[]): Promise<void> {
  const { code, complaint } = await runGit(folder, [...safeGit, ...args]);
  if (code === 0) return;
  throw new SourceError('source-unreadable', `Git cannot copy the inbox (${complaint.trim()})`, {
    subject: url.href,
    remedy: 'Try again later, or give the address of its new.atom.',
    isRetryable: true,
  });
}

function isPlainName(name: string): boolean {
  return /^[\w-][\w.-]*$/.test(name);
}

function noInbox(inbox: URL, why: string): SourceError {
  return new SourceError('source-unreadable', `This is no public-inbox with git repositories: ${why}`, {
    subject: inbox.href,
    remedy: 'Give the address of the list, of its new.atom or of one mail.',
  });
}
