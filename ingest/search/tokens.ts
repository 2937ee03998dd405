/**
 * Tokens: the words by which text is indexed and asked for. One maker for both sides and for every store engine.
 *
 * A word is a run of letters, digits and `_`, lower case, diacritics folded; all else separates, so `a-b`, `core.c` and
 * addresses are phrases. The index holds identifiers in pieces that keep the `_` beside them (`io_uring_cmd` as
 * `io_ _uring_ _cmd`): the pieces in a row are the whole identifier and no longer one, each piece can be found alone,
 * and nothing is stored twice.
 */
import { limits } from '../model/limits.ts';

/** `sched_getcpu`, `v5`, `größe` folded to `große`: letters, digits and `_` of any script. */
const run = /[\p{L}\p{N}_]+/gu;
const asciiRun = /[a-z0-9_]+/g;
const marks = /\p{M}+/gu;

/** The words of a text, in order, as a query asks for them. */
export function queryTokens(text: string): string[] {
  const folded = foldText(text);
  const words = folded.match(isAscii(folded) ? asciiRun : run) ?? [];
  return words.filter((word) => word.length <= limits.tokenLength && hasLetter(word));
}

/** The words and the pieces of those that are identifiers: all by which the text can be found. */
export function tokens(text: string): string[] {
  return queryTokens(text).flatMap((word) => (word.includes('_') ? [word, ...pieces(word)] : [word]));
}

/** The tokens that the index holds of a text. */
export function indexTokens(text: string): string[] {
  const found: string[] = [];
  for (const word of queryTokens(text)) {
    if (word.includes('_')) found.push(...sidedPieces(word));
    else found.push(word);
  }
  return found;
}

/**
 * The rows of index tokens of which one must stand in a text that has these words in a row. A plain word alone may be
 * any piece of an identifier; where it may go on (`isPrefix`) so may the last token of each row.
 */
export function indexPhrases(words: readonly string[], isPrefix: boolean): string[][] {
  const [only = ''] = words;
  if (words.length === 1 && !only.includes('_')) {
    return (isPrefix ? [only, `_${only}`] : [only, `${only}_`, `_${only}`, `_${only}_`]).map((form) => [
      form,
    ]);
  }
  const row = words.flatMap((word) => (word.includes('_') ? sidedPieces(word) : [word]));
  return row.length === 0 ? [] : [row];
}

function sidedPieces(word: string): string[] {
  const all = pieces(word);
  return all.map((piece, at) => {
    const before = at > 0 || word.startsWith('_') ? '_' : '';
    const after = at < all.length - 1 || word.endsWith('_') ? '_' : '';
    return before + piece + after;
  });
}

function pieces(word: string): string[] {
  return word.split('_').filter(Boolean);
}

/** A row of `_` alone is a ruler. */
function hasLetter(word: string): boolean {
  return !word.startsWith('_') || pieces(word).length > 0;
}

function foldText(text: string): string {
  return isAscii(text)
    ? text.toLowerCase()
    : text.normalize('NFKD').replace(marks, '').normalize('NFKC').toLowerCase();
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}
