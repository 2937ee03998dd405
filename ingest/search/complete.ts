/**
 * Completion: what may stand at the caret of a half-typed query, from the table of prefixes.
 *
 * In: text and caret. Out: the span to replace and what can go there. Names of people and lists are not known here:
 * `prefix` and `typed` let the server add them.
 */
import { findPrefix, type SearchPrefix, searchPrefixes } from './prefixes.ts';

export interface QueryCompletion {
  readonly insert: string;
  readonly help: string;
  readonly example: string;
}

export interface QueryCompletions {
  /** The part of the text that an insert replaces. */
  readonly start: number;
  readonly end: number;
  /** The prefix before the caret; null where none stands there. */
  readonly prefix: string | null;
  /** What was typed of the word so far, without its prefix. */
  readonly typed: string;
  readonly items: readonly QueryCompletion[];
}

/** Completions at the caret, in the order of the table. */
export function completeQuery(text: string, caret: number): QueryCompletions {
  const end = Math.max(0, Math.min(caret, text.length));
  let start = end;
  while (start > 0 && !isSeparator(text[start - 1])) start--;
  if (start < end && text[start] === '-') start++;
  const word = text.slice(start, end);
  const colon = word.indexOf(':');
  const prefix = colon < 0 ? undefined : findPrefix(word.slice(0, colon));
  if (!prefix) {
    const isInside = colon >= 0 || isQuoted(text, start);
    return { start, end, prefix: null, typed: word, items: isInside ? [] : prefixesFrom(word) };
  }
  const typed = word.slice(colon + 1);
  const items = valuesFrom(prefix, word.slice(0, colon), typed);
  return { start: start + colon + 1, end, prefix: prefix.name, typed, items };
}

function prefixesFrom(word: string): QueryCompletion[] {
  const lower = word.toLowerCase();
  return searchPrefixes
    .filter(({ name, aliases }) => [name, ...aliases].some((known) => known.startsWith(lower)))
    .map(({ name, help, example }) => ({ insert: `${name}:`, help, example }));
}

function valuesFrom({ means }: SearchPrefix, name: string, typed: string): QueryCompletion[] {
  if (means.kind !== 'value') return [];
  return Object.entries(means.values)
    .filter(([known]) => known.startsWith(typed.toLowerCase()))
    .map(([known, help]) => ({ insert: known, help, example: `${name}:${known}` }));
}

function isSeparator(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '(' || char === ')';
}

/** An odd number of quotes before: the caret is within a phrase. */
function isQuoted(text: string, at: number): boolean {
  let isOpen = false;
  for (let index = 0; index < at; index++) if (text[index] === '"') isOpen = !isOpen;
  return isOpen || text[at] === '"';
}
