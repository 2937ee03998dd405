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
import { limits } from '../model/limits.ts';
import { openGit } from './git.ts';
import { runGit } from './git-process.ts';
import { usualMs } from './patience.ts';
import type { Cursor, Source, SourceEvent } from './source.ts';
import type { WebOptions } from './web.ts';
import { fetchWhole, type WebAsking } from './web-fetch.ts';

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
export function openWebInbox(
  inbox: URL,
  list: string,
  options: WebOptions & { readonly mirrors: string },
): Source {
  const folder = join(
    options.mirrors,
    inbox.host.replace(/[^\w.-]/g, '_'),
    ...inbox.pathname.split('/').filter(isPlainName),
  );
  return {
    kind: 'web',
    location: inbox.href,
    list,
    read: (cursor, signal) => readInbox({ inbox, list, folder, cursor, asking: { ...options, signal } }),
  };
}

interface Reading {
  readonly inbox: URL;
  readonly list: string;
  readonly folder: string;
  readonly cursor: Cursor | null;
  readonly asking: WebAsking;
}

async function* readInbox({ inbox, list, folder, cursor, asking }: Reading): AsyncGenerator<SourceEvent> {
  for (const repository of await readManifest(inbox, asking)) {
    if (asking.signal?.aborted) return;
    await mirror(repository, join(folder, repository.place), asking.patienceMs);
  }
  yield* openGit(folder, list).read(cursor, asking.signal);
}

async function readManifest(inbox: URL, asking: WebAsking): Promise<Repository[]> {
  const packed = await fetchWhole(new URL('manifest.js.gz', inbox), manifestBytes, asking);
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

async function mirror({ url, fingerprint }: Repository, folder: string, patienceMs = usualMs): Promise<void> {
  const speed = slowest(patienceMs);
  const isThere = (await stat(join(folder, 'HEAD')).catch(() => undefined)) !== undefined;
  if (isThere) {
    const { output } = await runGit(folder, ['config', '--get', 'patchtrail.fingerprint']);
    if (fingerprint !== '' && output.trim() === fingerprint) return;
    await git(folder, url, [...speed, 'fetch', '--quiet', '--prune', 'origin']);
  } else {
    const unfinished = `${folder}.part`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    const clone = ['clone', '--quiet', '--mirror', '--template=', url.href, unfinished];
    await git(dirname(folder), url, [...speed, ...clone]);
    await rename(unfinished, folder);
  }
  await runGit(folder, ['config', 'patchtrail.fingerprint', fingerprint]);
}

/** git's own patience: bytes a second, over so many seconds. */
function slowest(patienceMs: number): string[] {
  const seconds = Math.max(Math.ceil(patienceMs / 1000), 1);
  const bytes = Math.ceil(limits.slowestBytes / seconds);
  return ['-c', `http.lowSpeedLimit=${bytes}`, '-c', `http.lowSpeedTime=${seconds}`];
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
