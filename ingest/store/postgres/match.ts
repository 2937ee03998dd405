/**
 * Match: the part of a query that the index of words answers, as conditions on `search_text s`.
 *
 * A single word is answered by the index alone. A row of words is narrowed by it and then looked for in the columns.
 * Tokens are bound as values and quoted within them, so no character that a person typed is ever an operator.
 */
import type { Query, TextField } from '../../model/query.ts';
import { indexPhrases } from '../../search/tokens.ts';
import type { Condition } from '../search-condition.ts';
import type { StepValue } from '../steps.ts';
import { type TextColumn, textColumns } from './search-text-rows.ts';

type WordsQuery = Extract<Query, { op: 'words' }>;

const columnsOf: Readonly<Record<TextField, readonly TextColumn[]>> = {
  any: ['own', 'quoted', 'subject', 'sender', 'file', 'added', 'removed', 'context', 'function'],
  subject: ['subject'],
  from: ['sender'],
  to: ['recipient'],
  cc: ['copied'],
  own: ['own'],
  quoted: ['quoted'],
  file: ['file'],
  diff: ['added', 'removed', 'context'],
  added: ['added'],
  removed: ['removed'],
  context: ['context'],
  function: ['function'],
};

const letterOf = Object.fromEntries(textColumns.map(({ column, letter }) => [column, letter]));

/** One row of tokens in some columns: what relevance counts one by one. */
export interface Phrase {
  readonly tokens: readonly string[];
  readonly columns: readonly TextColumn[];
  readonly isPrefix: boolean;
}

/** The rows of tokens of which one must be there; none where the words say nothing. */
export function phrasesOf({ field, tokens, isPrefix }: WordsQuery): Phrase[] {
  return indexPhrases(tokens, isPrefix).map((row) => ({ tokens: row, columns: columnsOf[field], isPrefix }));
}

/** The condition of words; undefined for all else, which ../search-condition.ts puts together. */
export function wordsCondition(query: Query): Condition | undefined {
  const phrases = query.op === 'words' ? phrasesOf(query) : [];
  if (phrases.length === 0) return undefined;
  const single = phrases.filter(({ tokens }) => tokens.length === 1);
  const parts = phrases.filter(({ tokens }) => tokens.length > 1).map(phraseCondition);
  if (single.length > 0) {
    parts.push({ sql: 's.words @@ ?::tsquery', values: [single.map(phraseQuery).join(' | ')] });
  }
  return {
    sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** One phrase as a condition. */
export function phraseCondition(phrase: Phrase): Condition {
  const { tokens, columns } = phrase;
  const values: StepValue[] = [phraseQuery(phrase)];
  if (tokens.length === 1) return { sql: 's.words @@ ?::tsquery', values };
  const stands = columns.map((column) => `strpos(s.${column}, ?) > 0`);
  return {
    sql: `(s.words @@ ?::tsquery AND (${stands.join(' OR ')}))`,
    values: [...values, ...columns.map(() => phraseText(phrase))],
  };
}

/** The phrase as it stands in a column. */
export function phraseText({ tokens, isPrefix }: Phrase): string {
  const text = tokens.map((token) => ` ${token} `).join('');
  return isPrefix ? text.slice(0, -1) : text;
}

/** What the index is asked for: all of its words in one of the columns. */
function phraseQuery(phrase: Phrase): string {
  return phrase.columns.map((column) => columnQuery(phrase, column)).join(' | ');
}

/** The same for one column. */
function columnQuery({ tokens, isPrefix }: Phrase, column: TextColumn): string {
  const words = tokens.map((token, at) => {
    const word = `'${`${letterOf[column]}${token}`.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
    return isPrefix && at === tokens.length - 1 ? `${word}:*` : word;
  });
  return `(${words.join(' & ')})`;
}
