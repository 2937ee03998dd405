/**
 * Subject brackets: what stands between `[` and `]` before a title.
 *
 * In: the text of one bracket. Out: markers, versions, counter and tags, in any order and glued or not
 * (`PATCH v2 1/4`, `v2PATCH1/4`, `RFC/PATCH`, `1 of 2`). A dotted number with `v` is a version (`v2.1` replaces single
 * patches of v2) unless its second part has two digits or a whole version stands beside it: then it is a release.
 * Which tree a word names: ./subject-tag.ts. The subject as a whole: ./subject.ts
 */
import type { SubjectTag, Version } from '../model/posting.ts';
import { parseForTag, parseTag } from './subject-tag.ts';

/** What one bracket says. */
export interface Bracket {
  readonly isPatch: boolean;
  /** `[PATCHSET]`, `[PATCHES]`: speaks of many patches, so it heads them. */
  readonly isSet: boolean;
  readonly isPull: boolean;
  /** Versions as separate words, then those glued to a marker. */
  readonly versions: readonly Version[];
  readonly count: Count | null;
  readonly tags: readonly SubjectTag[];
}

export interface Count {
  readonly position: number;
  readonly total: number;
}

type Effect = 'patch' | 'set' | 'pull' | 'git' | SubjectTag['kind'];

/** Markers, longer words before their own beginnings. */
const markers: readonly (readonly [word: string, effect: Effect])[] = [
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

interface Found {
  readonly effects: Effect[];
  readonly versions: Version[];
  readonly glued: Version[];
  readonly tags: SubjectTag[];
  count: Count | null;
}

/** Reads the text of one bracket (without the outer brackets). */
export function parseBracket(text: string): Bracket {
  const words = text.split(/[\s,;[\]]+/).filter((word) => word !== '');
  const found: Found = { effects: [], versions: [], glued: [], tags: [], count: null };
  for (let at = 0; at < words.length; ) at += readPhrase(words, at, found) || readWord(words, at, found);
  const isSet = found.effects.includes('set');
  const isPatch = isSet || found.effects.includes('patch');
  // `[PATCHSET 1/2]` counts sets of patches, each with a cover of its own.
  const count = isSet && found.count?.position !== 0 ? null : found.count;
  return {
    isPatch,
    isSet,
    // `[GIT] Networking` asks for a pull; git as the name of a project stands beside PATCH.
    isPull:
      found.effects.includes('pull') ||
      (!isPatch && found.effects.includes('git') && found.tags.length === 0),
    versions: [...withoutReleases(found), ...found.glued],
    count,
    tags: isPatch && found.effects.includes('git') ? [...found.tags, parseTag('git')] : found.tags,
  };
}

/** Where both `v5.4` and `v2` stand, the dotted one names a release. */
function withoutReleases(found: Found): Version[] {
  const whole = found.versions.filter((version) => version.minor === 0);
  if (whole.length === 0) return found.versions;
  for (const { major, minor } of found.versions) {
    if (minor > 0) found.tags.push(parseTag(`${major}.${minor}`));
  }
  return whole;
}

/** Phrases of several words: gives how many were read, 0 where none begins here. */
function readPhrase(words: readonly string[], at: number, found: Found): number {
  const [first, second, third] = words.slice(at, at + 3).map((word) => word.toLowerCase());
  if (first === undefined || second === undefined) return 0;
  if (first === 'for') {
    found.tags.push(parseForTag(words[at + 1] ?? ''));
    return 2;
  }
  if (first === 'take' && isNumber(second)) {
    found.versions.push({ major: Number(second), minor: 0 });
    return 2;
  }
  if (first === 'pull' && second === 'request') {
    found.effects.push('pull');
    return 2;
  }
  if (third !== undefined && ['do not merge', 'not for merge'].includes(`${first} ${second} ${third}`)) {
    found.tags.push({ kind: 'wip', text: words.slice(at, at + 3).join(' ') });
    return 3;
  }
  return readCountPhrase([first, second, third ?? ''], found);
}

/** `1 of 2`, `1 / 2`, `1/ 2`, `1 /2` */
function readCountPhrase([first, second, third]: readonly [string, string, string], found: Found): number {
  if (isNumber(first) && (second === 'of' || second === '/') && isNumber(third)) {
    found.count ??= { position: Number(first), total: Number(third) };
    return 3;
  }
  const glued = /^(\d{1,4})\/?$/.test(first)
    ? /^(\d{1,4})(\/?) (\/?)(\d{1,4})$/.exec(`${first} ${second}`)
    : null;
  if (!glued || (glued[2] === '/') === (glued[3] === '/')) return 0;
  found.count ??= { position: Number(glued[1]), total: Number(glued[4]) };
  return 2;
}

/** One word: atoms glued together, else a tag. */
function readWord(words: readonly string[], at: number, found: Found): 1 {
  const word = (words[at] ?? '').replace(/:$/, '');
  if (word !== '' && !readAtoms(word, found)) found.tags.push(parseTag(word));
  return 1;
}

/** Takes a word apart into markers, versions and a counter; false (and nothing found) where it is another word. */
function readAtoms(word: string, found: Found): boolean {
  const effects: (readonly [Effect, string])[] = [];
  const versions: Version[] = [];
  let count: Count | null = null;
  let at = 0;
  while (at < word.length) {
    const marker = markerAt(word, at);
    const version = marker ? null : atomAt(versionAtom, word, at);
    const counter = marker || version ? null : atomAt(countAtom, word, at);
    if (marker) effects.push([marker[1], word.slice(at, at + marker[0].length)]);
    else if (version && !isReleaseLike(version)) {
      versions.push({ major: Number(version[1]), minor: Number(version[2] ?? 0) });
    } else if (counter) count = { position: Number(counter[1]), total: Number(counter[2]) };
    else if (effects.length > 0 && separators.includes(word[at - 1] ?? '')) {
      // `PATCH-next`: a marker, then a tag of its own.
      found.tags.push(parseTag(word.slice(word[at - 1] === '-' ? at - 1 : at)));
      break;
    } else return false;
    at += (marker?.[0] ?? version?.[0] ?? counter?.[0] ?? '').length;
    while (at < word.length && separators.includes(word[at] ?? '')) at++;
  }
  if (effects.length === 0 && versions.length === 0 && !count) return false;
  for (const [effect, text] of effects) {
    found.effects.push(effect);
    if (effect !== 'patch' && effect !== 'set' && effect !== 'pull' && effect !== 'git')
      found.tags.push({ kind: effect, text });
  }
  (effects.length > 0 ? found.glued : found.versions).push(...versions);
  found.count ??= count;
  return true;
}

function markerAt(word: string, at: number): readonly [string, Effect] | undefined {
  const marker = markers.find(([name]) => word.slice(at, at + name.length).toLowerCase() === name);
  // The next letter must begin a version: `patchwork`, `pullup` and `github` are no markers.
  const rest = marker ? word.slice(at + marker[0].length) : '';
  return marker &&
    (rest === '' || !/^[a-z]/i.test(rest) || /^(?:v\d|patch|rfc)/i.test(rest)) &&
    !isNumber(rest)
    ? marker
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

function isNumber(text: string): boolean {
  return /^\d{1,4}$/.test(text);
}
