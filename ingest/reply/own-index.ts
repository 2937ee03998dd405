/**
 * Own index: where the own (unquoted) lines of an earlier mail stand, to be found by key or by words.
 *
 * In: body lines. Out: keys of the lines that are not blank, in order, and the places of each key. Words are indexed
 * three at a time and only when asked for: most quotes are found line by line.
 */
import { once } from '../model/once.ts';
import { lineWords } from './line-key.ts';
import { splitMarks } from './reply-line.ts';
import { findUnmarkedQuotes } from './unmarked-quote.ts';

/** Body lines in which the first and the last of three words stand. */
export interface WordPlace {
  readonly first: number;
  readonly last: number;
}

export interface OwnIndex {
  /** Keys of own lines that are not blank, in order; an ordinal is a position in here. */
  readonly keys: readonly string[];
  /** Body line of each ordinal. */
  readonly lineOf: readonly number[];
  /** Ordinals of each key, rising. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** First line of a quote without marks; the number of lines where there is none. */
  readonly unmarkedStart: number;
  /** Where three words in a row stand first; made on first use. */
  wordPlaces(): ReadonlyMap<string, WordPlace>;
}

/** The indexes of ancestors, nearest first. */
export function indexAncestors(mails: readonly (readonly string[])[]): OwnIndex[] {
  const whole = mails.map((lines) => indexOwnLines(lines));
  return whole.map((index, at) => {
    const lines = mails[at] ?? [];
    const older = whole.slice(at + 1);
    if (index.unmarkedStart === lines.length || older.length === 0) return index;
    // Below a header block of Outlook, what no older mail holds are answers between the lines, or a footer.
    return makeIndex(lines, (key) => older.some((other) => other.places.has(key)));
  });
}

/** A thread's mails are ancestors of many replies. */
const indexOwnLines = once((lines: readonly string[]) => makeIndex(lines, () => true));

/** Lines of a quote without marks are left out where `isOlder` says that they are another's. */
function makeIndex(lines: readonly string[], isOlder: (key: string) => boolean): OwnIndex {
  const keys: string[] = [];
  const lineOf: number[] = [];
  const places = new Map<string, number[]>();
  const unmarkedStart = findUnmarkedQuotes(lines)[0]?.start ?? lines.length;
  for (const [at, { depth, key }] of splitMarks(lines).entries()) {
    if (depth > 0 || key === '' || (at >= unmarkedStart && isOlder(key))) continue;
    const known = places.get(key);
    if (known) known.push(keys.length);
    else places.set(key, [keys.length]);
    keys.push(key);
    lineOf.push(at);
  }
  let words: Map<string, WordPlace> | undefined;
  return {
    keys,
    lineOf,
    places,
    unmarkedStart,
    wordPlaces: () => {
      words ??= indexWords(lines, lineOf);
      return words;
    },
  };
}

function indexWords(lines: readonly string[], lineOf: readonly number[]): Map<string, WordPlace> {
  const places = new Map<string, WordPlace>();
  let before = '';
  let last = '';
  let lineBefore = 0;
  let lineLast = 0;
  for (const at of lineOf) {
    for (const word of lineWords(lines[at] ?? '')) {
      const three = `${before} ${last} ${word}`;
      if (!places.has(three)) places.set(three, { first: lineBefore, last: at });
      before = last;
      lineBefore = lineLast;
      last = word;
      lineLast = at;
    }
  }
  return places;
}
