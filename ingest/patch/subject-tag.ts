/**
 * Subject tags: which tree, release or project a word inside the brackets of a subject names.
 *
 * In: one word that is neither marker, version nor counter. Out: a tag. A word that nothing is known of is `other`
 * (names of projects such as `glibc`). Markers, versions and counters: ./subject-bracket.ts
 */
import type { SubjectTag } from '../model/posting.ts';

/** Names of trees that neither end in `-next` nor begin with `-` or `for-`. */
const treeNames: ReadonlySet<string> = new Set([
  'bpf',
  'linux-next',
  'master',
  'mainline',
  'mm',
  'mmotm',
  'net',
  'next',
  'nf',
  'rc',
  'stable',
  'tip',
]);

/** `5.4`, `2023.02.x`, `5.4.53`, `4.19.y`, `6.1-stable`, `5.8-rc6`, `4.22?` (the sender is not sure) */
const releasePattern = /^v?\d{1,4}\.\d{1,4}(?:\.(?:\d{1,4}|[xy]))?(?:-rc\d{1,3})?(?:-stable)?\??$/i;
/** `for-5.8`, `for-stable-v4.4`, `stable-5.10`, `linux-5.4.y` */
const forReleasePattern = /^-?(?:for-)?(?:stable-|linux-|for-)?(v?\d{1,4}\.[\w.?-]{1,20})$/i;

/** The tag of one word. */
export function parseTag(word: string): SubjectTag {
  const release = forReleasePattern.exec(word)?.[1];
  if (release !== undefined && releasePattern.test(release)) return releaseTag(release);
  return isTree(word) ? { kind: 'tree', text: word } : { kind: 'other', text: word };
}

/** The tag of `WORD` in `for WORD`: a release, else a tree of that name. */
export function parseForTag(word: string): SubjectTag {
  return releasePattern.test(word) ? releaseTag(word) : { kind: 'tree', text: word };
}

/** A release without `v` and `-stable`, so that two spellings of one are equal. */
function releaseTag(text: string): SubjectTag {
  return {
    kind: 'release',
    text: text
      .toLowerCase()
      .replace(/^v/, '')
      .replace(/-stable/, ''),
  };
}

function isTree(word: string): boolean {
  const lower = word.toLowerCase();
  return (
    treeNames.has(lower) ||
    lower.endsWith('-next') ||
    lower.startsWith('for-') ||
    lower.startsWith('mm-') ||
    lower.startsWith('tip/') ||
    lower.startsWith('tip:') ||
    /^-[a-z]/.test(lower)
  );
}
