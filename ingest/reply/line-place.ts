/**
 * Line places: which line of its source each quoted line repeats.
 *
 * In: the quoted lines that come from one source, in order. Out: body lines of the source, -1 where unknown.
 * Lines that stand there once are sure; a line that stands there often takes the place beside its sure neighbour,
 * since people quote in order and leave out, but hardly ever move.
 */
import type { OwnIndex, WordPlace } from './own-index.ts';

/** One quoted line: its key, and where its words stand in the source (for lines broken anew). */
export interface QuotedKey {
  readonly key: string;
  readonly byWords: WordPlace | undefined;
}

/** Body lines of the source for lines that are not blank; -1, -1 where they are not known. */
export function placeLines(quoted: readonly QuotedKey[], index: OwnIndex): WordPlace[] {
  const ordinals = quoted.map(({ key }) => {
    const places = index.places.get(key);
    return places?.length === 1 ? (places[0] ?? -1) : -1;
  });
  walk(quoted, ordinals, index, 1);
  walk(quoted, ordinals, index, -1);
  fillGaps(quoted, ordinals, index);
  return ordinals.map((ordinal, at) => {
    const line = index.lineOf[ordinal];
    return line === undefined
      ? (quoted[at]?.byWords ?? { first: -1, last: -2 })
      : { first: line, last: line };
  });
}

/** Gives a place to lines that directly follow (or go before) one that has a place. */
function walk(quoted: readonly QuotedKey[], ordinals: number[], index: OwnIndex, step: 1 | -1): void {
  const first = step === 1 ? 0 : quoted.length - 1;
  for (let at = first; at >= 0 && at < quoted.length; at += step) {
    const beside = ordinals[at - step];
    if (ordinals[at] !== -1 || beside === undefined || beside < 0) continue;
    if (index.keys[beside + step] === quoted[at]?.key) ordinals[at] = beside + step;
  }
}

/** A line still without a place takes the first one behind the line before it, else its first of all. */
function fillGaps(quoted: readonly QuotedKey[], ordinals: number[], index: OwnIndex): void {
  let last = -1;
  for (let at = 0; at < quoted.length; at++) {
    const known = ordinals[at] ?? -1;
    if (known < 0) {
      const places = index.places.get(quoted[at]?.key ?? '') ?? [];
      ordinals[at] = firstAfter(places, last) ?? places[0] ?? -1;
    }
    if ((ordinals[at] ?? -1) >= 0) last = ordinals[at] ?? last;
  }
}

/** Binary search, since a brace can stand in ten thousand places. */
function firstAfter(places: readonly number[], after: number): number | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return places[low];
}
