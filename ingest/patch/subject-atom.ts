/**
 * Subject atoms: one word of a subject's brackets taken apart into markers, versions and a counter.
 *
 * In: a word such as `PATCH`, `v2`, `1/4`, `v2PATCH1/4`, `RFC/PATCH`, `PATCH-next`. Out: its atoms, or null for any other
 * word. `patchwork`, `github` and `RFC4711` are other words. Phrases of several words: ./subject-bracket.ts
 */
import type { SubjectTag, Version } from '../model/posting.ts';

export interface Count {
  readonly position: number;
  readonly total: number;
}

/** What a marker does: its tag, or how it changes what the mail is. */
export type MarkerEffect = 'patch' | 'set' | 'pull' | 'git' | SubjectTag['kind'];

/** Markers, longer words before their own beginnings. */
const markers: readonly (readonly [word: string, effect: MarkerEffect])[] = [
  ['patch-set', 'set'],
  ['patchset', 'set'],
  ['patches', 'set'],
  ['patch', 'patch'],
  ['rfc', 'rfc'],
  ['rft', 'rft'],
  ['cft', 'rft'],
  ['resent', 'resend'],
  ['resend', 'resend'],
  ['re-send', 'resend'],
  ['repost', 'resend'],
  ['re-post', 'resend'],
  ['ping', 'resend'],
  ['committed', 'committed'],
  ['pushed', 'committed'],
  ['pull', 'pull'],
  ['git', 'git'],
  ['backport', 'backport'],
  ['autosel', 'backport'],
  ['wip', 'wip'],
  ['draft', 'wip'],
  ['poc', 'wip'],
  ['dnm', 'wip'],
  ['do-not-merge', 'wip'],
  ['donotmerge', 'wip'],
  ['not-for-merge', 'wip'],
];

const versionAtom = /v(\d{1,4})(?:\.(\d{1,4}))?(?![\d.])/iy;
/** `1.1/15` is a patch put in behind the first one. */
const countAtom = /(\d{1,4})(?:\.\d{1,2})?\/(\d{1,4})(?!\d)/y;
const separators = '-_/:.+|';

export interface Marker {
  readonly effect: MarkerEffect;
  readonly text: string;
}

export interface Atoms {
  readonly markers: readonly Marker[];
  readonly versions: readonly Version[];
  readonly count: Count | null;
  /** What follows a marker and is none of these: `-next` of `PATCH-next`; else empty. */
  readonly rest: string;
}

/** Takes a word apart; null where it is another word. */
export function parseAtoms(word: string): Atoms | null {
  const found: Marker[] = [];
  const versions: Version[] = [];
  let count: Count | null = null;
  let at = 0;
  while (at < word.length) {
    const marker = markerAt(word, at);
    const version = marker ? null : atomAt(versionAtom, word, at);
    const counter = marker || version ? null : atomAt(countAtom, word, at);
    if (marker) found.push(marker);
    else if (version && !isReleaseLike(version)) {
      versions.push({ major: Number(version[1]), minor: Number(version[2] ?? 0) });
    } else if (counter) count = { position: Number(counter[1]), total: Number(counter[2]) };
    else if (found.length > 0 && separators.includes(word[at - 1] ?? '')) {
      return { markers: found, versions, count, rest: word.slice(word[at - 1] === '-' ? at - 1 : at) };
    } else return null;
    at += (marker?.text ?? version?.[0] ?? counter?.[0] ?? '').length;
    while (at < word.length && separators.includes(word[at] ?? '')) at++;
  }
  const isEmpty = found.length === 0 && versions.length === 0 && !count;
  return isEmpty ? null : { markers: found, versions, count, rest: '' };
}

function markerAt(word: string, at: number): Marker | undefined {
  const marker = markers.find(([name]) => word.slice(at, at + name.length).toLowerCase() === name);
  if (!marker) return undefined;
  const rest = word.slice(at + marker[0].length);
  // A letter behind it must begin a version or another marker; a number alone behind it names something else.
  const isWhole = !/^[a-z]/i.test(rest) || /^(?:v\d|patch|rfc)/i.test(rest);
  return isWhole && !/^\d{1,9}$/.test(rest)
    ? { effect: marker[1], text: word.slice(at, at + marker[0].length) }
    : undefined;
}

function atomAt(pattern: RegExp, word: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(word);
}

/** `v5.10`, `v4.19`: nobody sends a tenth replacement. */
function isReleaseLike(version: RegExpExecArray): boolean {
  return (version[2] ?? '').length > 1;
}
