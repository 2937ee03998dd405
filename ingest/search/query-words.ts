/**
 * Query words: cuts a query's text into operators, parentheses and terms, each with its place.
 *
 * Never fails: an open quote goes on to the end, as on lore. A `-` is an operator only where a word follows it at once,
 * so `--cover-letter` and `->next` stay words. Only known prefixes count, so `https://…` is plain words.
 */
import { findPrefix, type SearchPrefix } from './prefixes.ts';

export interface QuerySpan {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface Term extends QuerySpan {
  readonly kind: 'term';
  readonly prefix: SearchPrefix | null;
  /** Without prefix, quotes and `*`. */
  readonly text: string;
  readonly isPhrase: boolean;
  /** A `*` stood at the end. */
  readonly isOpen: boolean;
}

export type QueryWord =
  | Term
  | (QuerySpan & { readonly kind: 'and' | 'or' | 'xor' | 'not' | 'near' | 'close' })
  /** A parenthesis; with a prefix it holds for the terms inside. */
  | (QuerySpan & { readonly kind: 'open'; readonly prefix: SearchPrefix | null });

const quotes = new Set(['"', '\u201c', '\u201d']);
const operators = new Map<string, 'and' | 'or' | 'xor' | 'not' | 'near'>([
  ['AND', 'and'],
  ['OR', 'or'],
  ['XOR', 'xor'],
  ['NOT', 'not'],
  ['NEAR', 'near'],
  ['ADJ', 'near'],
]);
/** `NEAR/5`: how many words may stand between. */
const withDistance = /^(NEAR|ADJ)\/\d{1,9}$/;
/** The longest prefix has eight letters. */
const prefixMost = 12;

/** All words of a query, in order. */
export function queryWords(text: string): QueryWord[] {
  const found: QueryWord[] = [];
  for (let at = 0; at < text.length; ) {
    if (isBlank(text[at])) at++;
    else {
      const word = readWord(text, at);
      found.push(word);
      at = word.end;
    }
  }
  return found;
}

function readWord(text: string, start: number): QueryWord {
  const first = text[start];
  if (first === '(') return { kind: 'open', prefix: null, start, end: start + 1 };
  if (first === ')') return { kind: 'close', start, end: start + 1 };
  if (first === '-' && startsOperand(text[start + 1])) return { kind: 'not', start, end: start + 1 };
  const prefix = readPrefix(text, start);
  const at = prefix ? prefix.end : start;
  if (prefix && text[at] === '(') return { kind: 'open', prefix: prefix.prefix, start, end: at + 1 };
  const term = quotes.has(text[at] ?? '') ? readPhrase(text, at) : readRun(text, at);
  const operator = prefix || term.isPhrase ? undefined : operatorOf(text.slice(start, term.end));
  if (operator) return { kind: operator, start, end: term.end };
  return { ...term, kind: 'term', prefix: prefix?.prefix ?? null, start };
}

function operatorOf(word: string) {
  return operators.get(withDistance.exec(word)?.[1] ?? word);
}

function readPrefix(text: string, start: number): { prefix: SearchPrefix; end: number } | undefined {
  const colon = text.slice(start, start + prefixMost).indexOf(':');
  if (colon < 1) return undefined;
  const prefix = findPrefix(text.slice(start, start + colon));
  return prefix && { prefix, end: start + colon + 1 };
}

type TermText = Pick<Term, 'text' | 'isPhrase' | 'isOpen' | 'end'>;

function readPhrase(text: string, quote: number): TermText {
  let close = quote + 1;
  while (close < text.length && !quotes.has(text[close] ?? '')) close++;
  const isOpen = text[close + 1] === '*';
  const end = Math.min(text.length, close + (isOpen ? 2 : 1));
  return { text: text.slice(quote + 1, close), isPhrase: true, isOpen, end };
}

function readRun(text: string, start: number): TermText {
  let end = start;
  while (end < text.length && !isBlank(text[end]) && !isBreak(text[end])) end++;
  // A quote within a word starts a phrase of its own; alone it would never end.
  const run = text.slice(start, end);
  const isOpen = run.endsWith('*');
  return { text: isOpen ? run.slice(0, -1) : run, isPhrase: false, isOpen, end };
}

function isBreak(char: string | undefined): boolean {
  return char === '(' || char === ')' || quotes.has(char ?? '');
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r' || char === '\u00a0';
}

function startsOperand(char: string | undefined): boolean {
  return char !== undefined && (char === '(' || quotes.has(char) || /[\p{L}\p{N}_]/u.test(char));
}
