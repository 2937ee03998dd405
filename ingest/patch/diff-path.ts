/**
 * Diff paths: file names as `diff --git`, `---`, `+++` and `rename` lines write them.
 *
 * In: the text of such a line behind its word. Out: plain paths without `a/` and `b/`. Names are C-quoted by git where
 * they hold odd bytes, carry a tab and a time in `diff -u`, and have no `a/` with `--no-prefix`. The lines around
 * them: ./diff-header.ts
 */

/** Prefixes of the two sides: git's default and those of diff.mnemonicPrefix. */
const sidePrefix = /^[abciow]\//;

/** The path of a `--- ` or `+++ ` line; null for `/dev/null`. */
export function parseSidePath(text: string): string | null {
  const path = readName(text).name;
  return path === '/dev/null' || path === '' ? null : path.replace(sidePrefix, '');
}

/** The path of a `rename from` or `copy to` line, which has no prefix. */
export function parseBarePath(text: string): string {
  return readName(text).name;
}

/** Both paths of a `diff --git` line; null where they cannot be told apart. */
export function parseGitPaths(text: string): { readonly old: string; readonly new: string } | null {
  if (text.startsWith('"')) {
    const first = readName(text);
    const second = readName(text.slice(first.length).trimStart());
    return { old: first.name.replace(sidePrefix, ''), new: second.name.replace(sidePrefix, '') };
  }
  if (text.endsWith('"')) {
    const at = text.indexOf(' "');
    if (at < 0) return null;
    const second = readName(text.slice(at + 1));
    return { old: text.slice(0, at).replace(sidePrefix, ''), new: second.name.replace(sidePrefix, '') };
  }
  return splitInHalf(text) ?? splitAtBlank(text);
}

/** Blanks in names leave one way to read `a/X b/X`: both names are the same. */
function splitInHalf(text: string): { old: string; new: string } | null {
  if (text.length % 2 === 0) return null;
  const middle = (text.length - 1) / 2;
  const old = text.slice(0, middle).replace(sidePrefix, '');
  const now = text.slice(middle + 1).replace(sidePrefix, '');
  return text[middle] === ' ' && old === now ? { old, new: now } : null;
}

function splitAtBlank(text: string): { old: string; new: string } | null {
  const between = text.indexOf(' b/');
  const at = between < 0 ? text.indexOf(' ') : between;
  if (at < 0) return null;
  return { old: text.slice(0, at).replace(sidePrefix, ''), new: text.slice(at + 1).replace(sidePrefix, '') };
}

/** Reads one name, quoted or up to a tab; `length` is what it takes of the text. */
function readName(text: string): { readonly name: string; readonly length: number } {
  if (text.startsWith('"')) return readQuoted(text);
  const tab = text.indexOf('\t');
  const name = (tab < 0 ? text : text.slice(0, tab)).trimEnd();
  // `diff -u` of old systems puts blanks before the time.
  const time = /^(\S{1,1000}) +\d{4}-\d\d-\d\d \d/.exec(name);
  return { name: time?.[1] ?? name, length: name.length };
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** `"a/\303\244.c"`: bytes as octal numbers, decoded as UTF-8. */
function readQuoted(text: string): { name: string; length: number } {
  const bytes: number[] = [];
  let at = 1;
  while (at < text.length && text[at] !== '"') {
    const octal = /^\\([0-3][0-7]{2})/.exec(text.slice(at, at + 4))?.[1];
    const escaped = text[at] === '\\' ? text[at + 1] : undefined;
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (escaped !== undefined) bytes.push(escapes[escaped] ?? escaped.charCodeAt(0));
    else bytes.push(...new TextEncoder().encode(String.fromCodePoint(text.codePointAt(at) ?? 0)));
    at += octal !== undefined ? 4 : escaped !== undefined ? 2 : (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return { name: new TextDecoder().decode(Uint8Array.from(bytes)), length: at + 1 };
}
