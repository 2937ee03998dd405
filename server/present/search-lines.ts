/**
 * Search lines: the lines of a message that answer a query, with the places of the words.
 *
 * In: a query's tree and a body. Out: at most a few lines. Words are cut and folded as the index does it
 * (ingest/search/tokens.ts), so what is marked is what was found; words that were excluded are not looked for.
 */
import type { Query } from '../../ingest/model/query.ts';
import { tokens } from '../../ingest/search/tokens.ts';
import type { SearchResult } from '../wire.ts';

/** Words in a row that a message was found by. */
export interface SoughtWords {
  readonly tokens: readonly string[];
  readonly isPrefix: boolean;
}

const linesMost = 3;
/** Beyond this a line is no text that somebody reads: a blob, a log. */
const lineMost = 1000;
const run = /[\p{L}\p{N}\p{M}_]+/gu;

/** All words that a query asks for in texts. */
export function soughtWords(query: Query): SoughtWords[] {
  switch (query.op) {
    case 'and':
    case 'or':
      return query.items.flatMap(soughtWords);
    case 'words':
      return query.tokens.length === 0 ? [] : [{ tokens: query.tokens, isPrefix: query.isPrefix }];
    default:
      return [];
  }
}

/** The first lines in which all words of one group stand. */
export function findLines(body: readonly string[], sought: readonly SoughtWords[]): SearchResult['lines'] {
  const found: SearchResult['lines'] = [];
  if (sought.length === 0) return found;
  for (let line = 0; line < body.length && found.length < linesMost; line++) {
    const text = (body[line] ?? '').slice(0, lineMost);
    const marks = marksOf(text, sought);
    if (marks.length > 0) found.push({ line, text, marks });
  }
  return found;
}

function marksOf(text: string, sought: readonly SoughtWords[]): [number, number][] {
  const runs = [...text.matchAll(run)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    tokens: tokens(match[0]),
  }));
  const held = new Set(runs.flatMap((one) => one.tokens));
  const groups = sought.filter((group) =>
    group.tokens.every((token, at) => held.has(token) || (isOpenEnd(group, at) && startsAny(held, token))),
  );
  return runs
    .filter((one) =>
      groups.some((group) => group.tokens.some((token, at) => isIn(one.tokens, group, token, at))),
    )
    .map(({ start, end }): [number, number] => [start, end]);
}

function isIn(found: readonly string[], group: SoughtWords, token: string, at: number): boolean {
  return found.includes(token) || (isOpenEnd(group, at) && startsAny(found, token));
}

function isOpenEnd({ tokens: all, isPrefix }: SoughtWords, at: number): boolean {
  return isPrefix && at === all.length - 1;
}

function startsAny(words: Iterable<string>, start: string): boolean {
  for (const word of words) if (word.startsWith(start)) return true;
  return false;
}
