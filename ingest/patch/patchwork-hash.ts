/**
 * Patchwork's hash of a diff, by which b4 and Patchwork's clients find a patch.
 *
 * In: a diff and its text. Out: 40 hex digits, or null without a diff. It keeps file names, counts of hunks and their lines, but no
 * line numbers and no `diff --git` lines. A signature would count as a removed line, so only what the hunks' counts
 * cover is hashed. git's own id: ./patch-id.ts
 */
import { hash } from 'node:crypto';
import type { Diff } from './diff-types.ts';

/** Patchwork's hash of a diff; `lines` is the text that it stands in. */
export function patchworkHashOf(lines: readonly string[], diff: Diff): string | null {
  if (diff.files.length === 0) return null;
  const kept = diff.files.flatMap((file) => lines.slice(file.start, file.end));
  while (kept.length > 0 && kept.at(-1)?.trim() === '') kept.pop();
  kept.push((kept.pop() ?? '').trimEnd());
  const hashed = kept.flatMap((line) => hashedLine(line.replaceAll('\r', '')) ?? []);
  return hash('sha1', hashed.map((line) => `${line}\n`).join(''));
}

function hashedLine(line: string): string | null {
  const name = /^(?:---|\+\+\+) /.test(line) ? /^(---|\+\+\+) (\S{1,4000})/.exec(line) : null;
  if (name) {
    const [, sign, path] = name;
    return `${sign} ${sign === '---' ? 'a' : 'b'}/${(path ?? '').split('/').slice(1).join('/')}`;
  }
  const hunk = /^@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/.exec(line);
  if (hunk) return `@@ -${Number(hunk[1] ?? 1)} +${Number(hunk[2] ?? 1)} @@`;
  return /^[-+ ]/.test(line) ? line : null;
}
