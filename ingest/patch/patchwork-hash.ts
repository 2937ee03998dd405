/**
 * Patchwork's hash of a diff, by which b4 and Patchwork's clients find a patch.
 *
 * In: a body. Out: 40 hex digits, or null without a diff. It keeps file names, counts of hunks and their lines, but no
 * line numbers and no `diff --git` lines. A signature would count as a removed line, so only what the hunks' counts
 * cover is hashed. git's own id: ./patch-id.ts
 */
import { createHash } from 'node:crypto';
import { parseDiffLines } from './diff.ts';

/** Patchwork's hash of all diffs in a text. */
export function patchworkHash(text: string): string | null {
  const lines = text.split('\n');
  const diff = parseDiffLines(lines);
  if (diff.files.length === 0) return null;
  const hash = createHash('sha1');
  const kept = diff.files.flatMap((file) => lines.slice(file.start, file.end));
  while (kept.length > 0 && kept.at(-1)?.trim() === '') kept.pop();
  kept.push((kept.pop() ?? '').trimEnd());
  for (const line of kept) {
    const text = hashedLine(line.replaceAll('\r', ''));
    if (text !== null) hash.update(`${text}\n`);
  }
  return hash.digest('hex');
}

function hashedLine(line: string): string | null {
  const name = /^(---|\+\+\+) (\S{1,4000})/.exec(line);
  if (name) {
    const [, sign, path] = name;
    return `${sign} ${sign === '---' ? 'a' : 'b'}/${(path ?? '').split('/').slice(1).join('/')}`;
  }
  const hunk = /^@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/.exec(line);
  if (hunk) return `@@ -${Number(hunk[1] ?? 1)} +${Number(hunk[2] ?? 1)} @@`;
  return /^[-+ ]/.test(line) ? line : null;
}
