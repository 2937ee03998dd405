/**
 * Viewed files: which files of a patch somebody has read in this browser.
 *
 * A mark is of what was read, the path with its changed lines: a file whose diff is the same in the next version stays
 * viewed, one that changed has to be read again.
 */
import type { DiffFile } from '../server/wire.ts';
import { keepPreference, readPreference } from './preferences.ts';

/** The oldest is forgotten first. */
const mostMarks = 3000;

/** Pure: a mark in few letters. Two diffs with one mark would only cost a look, so 64 bits without secrecy are enough. */
export function fileMark({ path, hunks }: DiffFile): string {
  let [low, high] = [0x811c9dc5, 0x9e3779b9];
  const take = (text: string) => {
    for (let at = 0; at < text.length; at += 1) {
      low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
      high = Math.imul(high ^ text.charCodeAt(at), 0x85ebca6b) ^ (high >>> 13);
    }
  };
  take(path);
  for (const { lines } of hunks) for (const { kind, text } of lines) take(`\n${kind}${text}`);
  return (low >>> 0).toString(36) + (high >>> 0).toString(36);
}

export function readViewed(): ReadonlySet<string> {
  return new Set(readPreference('viewed').split(' '));
}

export function keepViewed(mark: string, isViewed: boolean): ReadonlySet<string> {
  const marks = withViewed([...readViewed()], mark, isViewed);
  keepPreference('viewed', marks.join(' '));
  return new Set(marks);
}

/** Pure: the marks with this one, or without it. */
export function withViewed(marks: readonly string[], mark: string, isViewed: boolean): string[] {
  const others = marks.filter((one) => one !== mark && one !== '');
  return isViewed ? [...others.slice(1 - mostMarks), mark] : others;
}
