/**
 * File list: the files of folders in the order in which they came, so that a cursor can be one place in it.
 *
 * In: folders. Out: their files by time of last change (ctime), then path.
 * ctime and not mtime: programs that copy mail set mtime to the mail's own date, but nobody can set ctime, so
 * what arrives later is always behind. A mail that is only renamed (a flag was set) comes again; the store
 * knows it. The system's clock for files goes in ticks, and names have no order: what came within a tick is only
 * listed once that tick is over.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SourceError } from '../model/errors.ts';
import type { Cursor } from './source.ts';

export interface ListedFile {
  readonly path: string;
  readonly name: string;
  readonly changedNs: bigint;
}

interface ListCursor {
  readonly changedNs: string;
  readonly name: string;
}

/** Looks until a tick is over. */
const mostLooks = 3;
/** Files looked at together. */
const statsAtOnce = 64;

/** Files directly in `folders`, hidden ones left out, behind the place that the cursor names. */
export async function listFiles(folders: readonly string[], cursor: Cursor | null): Promise<ListedFile[]> {
  for (let look = 1; ; look++) {
    const startMs = Date.now();
    const files = await listAll(folders, cursor);
    const settled = files.filter((file) => !isInTick(file, startMs));
    // Where mail never ceases to come, the rest is there at the next look.
    if (settled.length === files.length || look === mostLooks) return settled;
    await sleep(tickMs(files.at(-1)));
  }
}

async function listAll(folders: readonly string[], cursor: Cursor | null): Promise<ListedFile[]> {
  const paths: string[] = [];
  for (const folder of folders) for (const name of await readNames(folder)) paths.push(join(folder, name));
  const files: ListedFile[] = [];
  for (let index = 0; index < paths.length; index += statsAtOnce) {
    const facts = await Promise.all(paths.slice(index, index + statsAtOnce).map(readFacts));
    for (const file of facts) if (file) files.push(file);
  }
  files.sort(compareFiles);
  return cursor === null ? files : files.filter((file) => isBehind(file, JSON.parse(cursor)));
}

/** The cursor that stands behind `file`. */
export function fileCursor(file: ListedFile): Cursor {
  const cursor: ListCursor = { changedNs: String(file.changedNs), name: file.name };
  return JSON.stringify(cursor);
}

/** Names in a folder without hidden ones, sorted; a folder that is not there has none. */
export async function readNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new SourceError('source-unreadable', 'The folder cannot be read', {
      subject: folder,
      remedy: 'Check that this user may read it.',
      cause,
    });
  }
}

async function readFacts(path: string): Promise<ListedFile | undefined> {
  try {
    const facts = await stat(path, { bigint: true });
    if (!facts.isFile()) return undefined;
    return { path, name: path.slice(path.lastIndexOf('/') + 1), changedNs: facts.ctimeNs };
  } catch {
    // Gone since the folder was read: a mail client moved it, and its new name comes in another listing.
    return undefined;
  }
}

/** True where another file may still get the same time. A time in the future (a clock that was set back) says nothing. */
function isInTick(file: ListedFile, nowMs: number): boolean {
  const ageMs = nowMs - Number(file.changedNs / 1_000_000n);
  return ageMs >= 0 && ageMs < tickMs(file);
}

/** Most clocks tick some hundred times a second; file systems that know whole seconds alone, once. */
function tickMs(file: ListedFile | undefined): number {
  return file && file.changedNs % 1_000_000_000n === 0n ? 1000 : 15;
}

function compareFiles(a: ListedFile, b: ListedFile): number {
  if (a.changedNs !== b.changedNs) return a.changedNs < b.changedNs ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function isBehind(file: ListedFile, cursor: ListCursor): boolean {
  const changedNs = BigInt(cursor.changedNs);
  if (file.changedNs !== changedNs) return file.changedNs > changedNs;
  return file.name > cursor.name;
}
