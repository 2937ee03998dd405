/**
 * Diffs: the patch in a mail's body, read as it is and not as it should be.
 *
 * In: the whole body (or the text of an attachment). Out: files and hunks with their lines in that text; nothing is
 * thrown, what is odd becomes a trouble. jsdiff's reader throws on the signature that ends every git mail, so this
 * one is ours. Headers: ./diff-header.ts, hunks: ./hunk.ts, binary blocks below. Its id: ./patch-id.ts
 */
import { limits } from '../model/limits.ts';
import type { Trouble } from '../model/message.ts';
import { type DiffHeader, findDiffHeader } from './diff-header.ts';
import type { Diff, DiffFile, Hunk } from './diff-types.ts';
import { findHunk } from './hunk.ts';

/** Reads all diffs of a text. */
export function parseDiff(text: string): Diff {
  return parseDiffLines(text.split('\n'));
}

/** The same for a text that is split into lines already. */
export function parseDiffLines(lines: readonly string[]): Diff {
  const files: DiffFile[] = [];
  const troubles = new Map<string, Trouble>();
  let left: number = limits.diffLines;
  for (let at = 0; at < lines.length; ) {
    const header = findDiffHeader(lines, at);
    if (!header) {
      at++;
      continue;
    }
    if (left <= 0 || files.length === limits.diffFiles) {
      troubles.set('diff-long', {
        code: 'diff-long',
        detail: `only the first ${files.length} files were read`,
      });
      break;
    }
    const file = readFile(lines, at, header);
    for (const hunk of file.hunks) noteTroubles(hunk, file, troubles);
    files.push(file);
    left -= file.end - at;
    at = Math.max(file.end, at + 1);
  }
  return {
    start: files[0]?.start ?? -1,
    end: files.at(-1)?.end ?? -1,
    files,
    troubles: [...troubles.values()],
  };
}

function readFile(lines: readonly string[], start: number, header: DiffHeader): DiffFile {
  const { path, oldPath, form, headerEnd } = header;
  const hunks: Hunk[] = [];
  let end = header.next;
  if (form === 'binary') end = binaryEnd(lines, header.next);
  else if (form === 'combined' || form === 'context') end = shownEnd(lines, header.next);
  else {
    for (let hunk = findHunk(lines, end); hunk; hunk = findHunk(lines, end)) {
      hunks.push(hunk);
      end = hunk.end;
    }
  }
  const status = header.status === 'mode' && hunks.length > 0 ? 'modified' : header.status;
  const change = { path, oldPath, added: count(hunks, '+'), removed: count(hunks, '-'), status };
  return { start, end, headerEnd, change, form, hunks };
}

function count(hunks: readonly Hunk[], kind: '+' | '-'): number {
  return hunks.reduce((sum, hunk) => sum + hunk.lines.filter((line) => line.kind === kind).length, 0);
}

/** `literal 123` or `delta 45`, lines of base85 and an empty line, twice: there and back. */
function binaryEnd(lines: readonly string[], from: number): number {
  let at = from + 1;
  for (let block = 0; block < 2 && /^(?:literal|delta) \d/.test(lines[at] ?? ''); block++) {
    at++;
    while (at < lines.length && lines[at]?.trim() !== '') at++;
    at++;
  }
  return Math.min(at, lines.length);
}

/** Diffs of merges and context diffs are shown only: they go on to the next file or the signature. */
function shownEnd(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at] !== '-- ' && !findDiffHeader(lines, at)) at++;
  return at;
}

function noteTroubles(hunk: Hunk, file: DiffFile, troubles: Map<string, Trouble>): void {
  const detail = file.change.path;
  const note = (code: string) => troubles.has(code) || troubles.set(code, { code, detail });
  if (!hunk.isComplete) note('diff-cut');
  if (hunk.isDamaged) note('diff-damaged');
}
