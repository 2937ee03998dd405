/**
 * Subject brackets: what stands between `[` and `]` before a title.
 *
 * In: the text of one bracket. Out: markers, versions, counter and tags, in any order and glued or not
 * (`PATCH v2 1/4`, `v2PATCH1/4`, `RFC/PATCH`, `1 of 2`). A dotted number with `v` is a version (`v2.1` replaces single
 * patches of v2) unless its second part has two digits or a whole version stands beside it: then it is a release.
 * One word: ./subject-atom.ts. Which tree it names: ./subject-tag.ts. The whole subject: ./subject.ts
 */
import type { SubjectTag, Version } from '../model/posting.ts';
import { type Count, type MarkerEffect, parseAtoms } from './subject-atom.ts';
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

interface Found {
  readonly effects: MarkerEffect[];
  readonly versions: Version[];
  readonly glued: Version[];
  readonly tags: SubjectTag[];
  count: Count | null;
}

/** Reads the text of one bracket (without the outer brackets). */
export function parseBracket(text: string): Bracket {
  const words = text.split(/[\s,;[\]()]+/).filter((word) => word !== '');
  const found: Found = { effects: [], versions: [], glued: [], tags: [], count: null };
  for (let at = 0; at < words.length; ) at += readPhrase(words, at, found) || readWord(words, at, found);
  const isSet = found.effects.includes('set');
  const isPatch = isSet || found.effects.includes('patch') || found.effects.includes('committed');
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
  // `#1/2`, and `PING^3`, which counts how often it was asked
  const word = (words[at] ?? '')
    .replace(/:$/, '')
    .replace(/^#(?=\d{1,4}\/\d)/, '')
    .replace(/^(ping)[\^*#]?\d{0,3}$/i, '$1');
  const atoms = parseAtoms(word);
  if (!atoms) {
    if (word !== '') found.tags.push(parseTag(word));
    return 1;
  }
  for (const { effect, text } of atoms.markers) {
    found.effects.push(effect);
    if (effect !== 'patch' && effect !== 'set' && effect !== 'pull' && effect !== 'git') {
      found.tags.push({ kind: effect, text });
    }
  }
  if (atoms.rest !== '') found.tags.push(parseTag(atoms.rest));
  (atoms.markers.length > 0 ? found.glued : found.versions).push(...atoms.versions);
  found.count ??= atoms.count;
  return 1;
}

function isNumber(text: string): boolean {
  return /^\d{1,4}$/.test(text);
}
