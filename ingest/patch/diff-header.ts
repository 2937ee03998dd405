/**
 * Diff headers: what stands before the first hunk of a file.
 *
 * In: body lines and where a file may begin. Out: paths, status and form, and the line where hunks can begin.
 * Forms: `diff --git`, `diff -u`, `Index:`, bare `---`/`+++` (quilt), `diff --cc`, and context diffs (`***`).
 * Hunks: ./hunk.ts. The whole diff: ./diff.ts
 */
import type { FileChange } from '../model/posting.ts';
import { parseBarePath, parseGitPaths, parseSidePath } from './diff-path.ts';
import type { DiffFile } from './diff-types.ts';

export interface DiffHeader {
  readonly path: string;
  readonly oldPath: string;
  readonly status: FileChange['status'];
  readonly form: DiffFile['form'];
  /** The line of `--- ` where there is one, else where the header ends. */
  readonly headerEnd: number;
  /** The first line behind the header. */
  readonly next: number;
}

/** Header lines of git behind `diff --git`, without those that are read for themselves. */
const gitWords = ['index ', 'similarity index ', 'dissimilarity index ', 'old mode ', 'new mode '];

/** Reads the header of a file at line `at`; undefined where no file begins there. */
export function findDiffHeader(lines: readonly string[], at: number): DiffHeader | undefined {
  const line = lineAt(lines, at);
  if (line.startsWith('diff --git ')) return readGitHeader(lines, at, 'git');
  if (line.startsWith('diff --cc ') || line.startsWith('diff --combined ')) {
    return readGitHeader(lines, at, 'combined');
  }
  if (line.startsWith('--- ') && isSidePair(lines, at)) return readSides(lines, at, 'plain');
  if (line.startsWith('*** ') && isContextPair(lines, at)) return readContext(lines, at);
  if (line.startsWith('Index: ') || line.startsWith('diff -')) return readLead(lines, at);
  return undefined;
}

/** True where `---` and `+++` lines follow each other and a hunk follows them: prose does not do that. */
export function isSidePair(lines: readonly string[], at: number): boolean {
  const sides = findSides(lines, at);
  return sides !== undefined && lineAt(lines, sides.next).startsWith('@@ -');
}

/** The lines of `---` and `+++`, of which a mail program may have broken off the time. */
function findSides(lines: readonly string[], at: number): { plus: number; next: number } | undefined {
  if (!lineAt(lines, at).startsWith('--- ')) return undefined;
  const plus = at + (isZone(lineAt(lines, at + 1)) ? 2 : 1);
  if (!lineAt(lines, plus).startsWith('+++ ')) return undefined;
  return { plus, next: plus + (isZone(lineAt(lines, plus + 1)) ? 2 : 1) };
}

/** `+0200`, broken off `--- a/x.c	2024-08-25 22:19:37.556414928` */
function isZone(line: string): boolean {
  return /^(?:\d\d:\d\d:[\d.]{2,12} )?[+-]\d{4}$/.test(line);
}

function isContextPair(lines: readonly string[], at: number): boolean {
  return lineAt(lines, at + 1).startsWith('--- ') && lineAt(lines, at + 2).startsWith('***************');
}

/** `Index: x` with its line of `=`, or `diff -urN a b`: a lead to `---` and `+++`. */
function readLead(lines: readonly string[], at: number): DiffHeader | undefined {
  let next = at + 1;
  while (next < at + 5 && /^(?:={20,}|diff |Index: |RCS file: |retrieving )/.test(lineAt(lines, next)))
    next++;
  if (isSidePair(lines, next)) return readSides(lines, next, 'plain');
  return isContextPair(lines, next) ? readContext(lines, next) : undefined;
}

function readContext(lines: readonly string[], at: number): DiffHeader {
  const old = parseSidePath(lineAt(lines, at).slice(4));
  const now = parseSidePath(lineAt(lines, at + 1).slice(4));
  const path = now ?? old ?? '';
  return { path, oldPath: old ?? path, status: 'modified', form: 'context', headerEnd: at, next: at + 2 };
}

function readSides(lines: readonly string[], at: number, form: DiffFile['form']): DiffHeader {
  const sides = findSides(lines, at) ?? { plus: at + 1, next: at + 2 };
  const old = parseSidePath(lineAt(lines, at).slice(4));
  const now = parseSidePath(lineAt(lines, sides.plus).slice(4));
  // `diff -N` writes the beginning of 1970 for a file that is not there.
  const isAdded = old === null || /[ \t]1970-01-01 /.test(lineAt(lines, at));
  const isDeleted = now === null || /[ \t]1970-01-01 /.test(lineAt(lines, sides.plus));
  const path = (isDeleted ? old : now) ?? old ?? now ?? '';
  return {
    path,
    oldPath: isAdded ? path : (old ?? path),
    status: isAdded ? 'added' : isDeleted ? 'deleted' : 'modified',
    form,
    headerEnd: at,
    next: sides.next,
  };
}

function readGitHeader(lines: readonly string[], at: number, form: 'git' | 'combined'): DiffHeader {
  const words = lineAt(lines, at).split(' ', 2).join(' ').length + 1;
  const paths = parseGitPaths(lineAt(lines, at).slice(words));
  let oldPath = paths?.old ?? '';
  let path = paths?.new ?? '';
  let status: FileChange['status'] = 'modified';
  let next = at + 1;
  for (; next < lines.length; next++) {
    const line = lineAt(lines, next);
    if (line.startsWith('new file mode ')) status = 'added';
    else if (line.startsWith('deleted file mode ')) status = 'deleted';
    else if (line.startsWith('rename from ')) {
      status = 'renamed';
      oldPath = parseBarePath(line.slice('rename from '.length));
    } else if (line.startsWith('rename to ')) path = parseBarePath(line.slice('rename to '.length));
    else if (line.startsWith('copy from ')) status = 'added';
    else if (line.startsWith('copy to ')) path = parseBarePath(line.slice('copy to '.length));
    else if (line.startsWith('new mode ') && status === 'modified') status = 'mode';
    else if (!gitWords.some((word) => line.startsWith(word)) && !(next === at + 1 && isWrapped(line))) break;
  }
  if (status === 'added') oldPath = path;
  const header = { path, oldPath, status, form, headerEnd: next, next };
  return isBinary(lineAt(lines, next)) ? { ...header, form: 'binary' } : withSides(lines, header);
}

/** A long `diff --git` line that a mail program broke before its second path. */
function isWrapped(line: string): boolean {
  return line.startsWith('b/') && !line.includes(' ');
}

function isBinary(line: string): boolean {
  return line.startsWith('GIT binary patch') || line.startsWith('Binary files ');
}

/** `---` and `+++` hold the paths more clearly than `diff --git` does. */
function withSides(lines: readonly string[], header: DiffHeader): DiffHeader {
  const at = header.next;
  if (!findSides(lines, at)) return header;
  const sides = readSides(lines, at, header.form);
  const status = header.status === 'modified' || header.status === 'mode' ? sides.status : header.status;
  const oldPath = header.status === 'renamed' ? header.oldPath : sides.oldPath;
  return { ...header, path: sides.path, oldPath, status, next: sides.next };
}

/** A line without the CR of mails that kept theirs; empty behind the last one. */
function lineAt(lines: readonly string[], at: number): string {
  const line = lines[at] ?? '';
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
