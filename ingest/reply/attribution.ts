/**
 * Attributions: who is said to have written the quote below a line.
 *
 * In: one to three lines without their quote marks. Out: the person named, and how many lines say it.
 * The same words are prose without a quote one level deeper below them (`As A B wrote:`), so callers look from the
 * quote upwards (findAttributionAbove). Forms: ./attribution-forms.ts. Header blocks of Outlook: ./unmarked-quote.ts.
 */
import { stripEnd } from '../model/strip-end.ts';
import { attributionForms } from './attribution-forms.ts';
import { dateParticles, months, timeTails, weekdays } from './attribution-words.ts';
import { isBlank, isGap, type LineDepth, readDepth } from './quote-depth.ts';

export interface Attribution {
  readonly form: string;
  /** Display name, or the address where there is none; empty where the form names nobody (`you wrote`). */
  readonly name: string;
  /** Lower case; empty where none stands there. */
  readonly address: string;
}

/** An attribution in its place: lines of the body. */
export interface PlacedAttribution extends Attribution {
  readonly start: number;
  readonly end: number;
}

/** Longest attribution read: three lines of a narrow mail program. */
const longest = 400;
/** A name with more words is prose. */
const nameWords = 7;

/** Reads a text as an attribution; undefined where it is none. */
export function parseAttribution(text: string): Attribution | undefined {
  if (text.length > longest) return undefined;
  const plain = text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ').trim();
  const last = plain.at(-1) ?? '';
  if (last !== ':' && last !== '：' && last !== ')' && last !== '.') return undefined;
  for (const form of attributionForms) {
    const part = form.read(plain);
    if (part === undefined) continue;
    if (part === '') return { form: form.name, name: '', address: '' };
    const person = splitPerson(form.name === 'no-verb' ? `${part}>` : part);
    const isNamed = person.name !== '' || person.address !== '';
    if (!isNamed || !isLikely(person, form.isSure)) return undefined;
    return { form: form.name, name: person.name || person.address, address: person.address };
  }
  return undefined;
}

interface Person {
  readonly name: string;
  readonly address: string;
  readonly hasDate: boolean;
}

function isLikely(person: Person, isSure: boolean): boolean {
  const count = person.name === '' ? 0 : person.name.split(' ').length;
  if (count > nameWords) return false;
  if (isSure || person.hasDate || person.address !== '') return true;
  // A bare `A B wrote:` must look like a name; `the manual wrote:` does not.
  return (
    count <= 5 && person.name.split(' ').every((word) => /^[\p{Lu}\d"'(]/u.test(word) || word.length <= 3)
  );
}

/** Takes date and address off; what is left is the name. */
function splitPerson(part: string): Person {
  const { rest, address } = takeAddress(part);
  const words = rest.split(/[\s,]+/).filter((word) => word !== '');
  const from = dateEnd(words);
  const to = dateStart(words, from);
  const name = words
    .slice(from, to)
    .join(' ')
    .replace(/["“”]/g, '')
    .replace(/^\(([^()]*)\)$/, '$1')
    .trim();
  return { name, address, hasDate: from > 0 || to < words.length };
}

/** `<a@b>`, `[mailto:a@b]` or, as Zimbra writes it, a bare `a@b`. */
function takeAddress(part: string): { readonly rest: string; readonly address: string } {
  const at = part.lastIndexOf('@');
  if (at < 0) return { rest: part, address: '' };
  let start = at;
  while (start > 0 && !/[\s<[(:"]/.test(part[start - 1] ?? ' ')) start--;
  let end = at + 1;
  while (end < part.length && !/[\s>\]),;:"]/.test(part[end] ?? ' ')) end++;
  const address = part.slice(start, end).toLowerCase();
  const before = part.slice(0, start).replace(/(?:[<[(]|\bmailto:|[<[(]mailto:)\s*$/, '');
  return { rest: `${before} ${part.slice(end).replace(/^[>\])]+/, '')}`, address };
}

/** First word that is no part of a date that the words begin with. */
function dateEnd(words: readonly string[]): number {
  let hasMonth = false;
  let hasWeekday = false;
  let hasTime = false;
  let at = 0;
  let hasNumber = false;
  for (; at < words.length; at++) {
    const word = (words[at] ?? '').toLowerCase();
    const bare = withoutBrackets(word);
    if (/\d/.test(bare)) {
      hasNumber = true;
      hasTime ||= /\d:\d\d/.test(bare);
    } else if (bare === '' || (hasNumber && timeTails.has(bare))) {
      hasTime ||= bare !== '';
    } else if (!hasMonth && months.has(bare)) hasMonth = true;
    else if (!hasWeekday && weekdays.has(bare)) hasWeekday = true;
    else if (hasTime || !dateParticles.has(bare)) break;
  }
  return hasNumber ? at : 0;
}

/** `(14:11),` is `14:11`. */
function withoutBrackets(word: string): string {
  return stripEnd(word.replace(/^[([]+/, ''), ')].,');
}

/** First word of a date at the end of the words: `A B 於 2020年7月6日`, `A B (2020-07-06 14:11)`. */
function dateStart(words: readonly string[], from: number): number {
  const at = words.findIndex((word, place) => {
    if (place <= from) return false;
    const bare = withoutBrackets(word.toLowerCase());
    return /^\D{0,3}\d{1,4}[-/.:年]/.test(bare) || bare === '於' || bare === '于' || bare === 'on';
  });
  return at < 0 ? words.length : at;
}

/** Heads with which an attribution of several lines begins: a date word or a number. */
function beginsWithDate(text: string): boolean {
  const first =
    text
      .trim()
      .split(/[\s,]/, 1)[0]
      ?.toLowerCase()
      .replace(/[.([-]/g, '') ?? '';
  if (first === '') return text.trim().startsWith('-----');
  return /^\d/.test(first) || weekdays.has(first) || dateParticles.has(first);
}

/**
 * The attribution directly above a quote that starts at `start` and is `depth` deep; blank lines and `[...]` may stand between.
 * Several lines are tried first, since `A B wrote:` may be the end of a longer one.
 */
export function findAttributionAbove(
  lines: readonly string[],
  start: number,
  depth: number,
): PlacedAttribution | undefined {
  let end = start;
  while (end > 0 && start - end < 4 && isBetween(readDepth(lines[end - 1] ?? '').text)) end--;
  const texts: LineDepth[] = [];
  for (let at = end - 1; at >= 0 && at >= end - 3; at--) {
    const line = readDepth(lines[at] ?? '');
    if (line.depth !== depth - 1 || isBlank(line.text)) break;
    texts.unshift(line);
  }
  for (let count = texts.length; count > 0; count--) {
    const joined = texts
      .slice(-count)
      .map((line) => line.text.trim())
      .join(' ');
    if (count > 1 && !beginsWithDate(joined)) continue;
    const found = parseAttribution(joined);
    if (found) return { ...found, start: end - count, end };
  }
  return undefined;
}

function isBetween(text: string): boolean {
  return isBlank(text) || isGap(text);
}
