/**
 * Match expressions: the part of a query that the full-text index answers, in FTS5's own language.
 *
 * Built from a query's tokens only, each one quoted, so no character that a person typed is ever an operator. The index
 * knows no lone NOT, so what must not be there is taken from `everyRow`. Trees that ask for values or dates have no
 * expression and become conditions (./search-condition.ts).
 */
import type { Query, TextField } from '../model/query.ts';
import { indexPhrases } from '../search/tokens.ts';

const columnsOf: Record<TextField, string> = {
  any: '- {recipient copied} : ',
  subject: '{subject} : ',
  from: '{sender} : ',
  to: '{recipient} : ',
  cc: '{copied} : ',
  own: '{own} : ',
  quoted: '{quoted} : ',
  file: '{file} : ',
  diff: '{added removed context} : ',
  added: '{added} : ',
  removed: '{removed} : ',
  context: '{context} : ',
  function: '{function} : ',
};

/** The token that stands in every row of the index; no word is a lone `_`. */
export const everyToken = '_';

const everyRow = `"${everyToken}"`;

/** The expression of a tree of words; undefined where it holds more than that. */
export function matchExpression(query: Query): string | undefined {
  switch (query.op) {
    case 'words':
      return wordsExpression(query.field, query.tokens, query.isPrefix);
    case 'or':
      return joined(query.items.map(matchExpression), ' OR ');
    case 'and':
      return andExpression(query.items);
    case 'not':
      return andExpression([query]);
    default:
      return undefined;
  }
}

/** What must and what must not be there, as one expression. */
export function mustExpression(must: readonly string[], mustNot: readonly string[]): string {
  return [must.length === 0 ? everyRow : must.join(' AND '), ...mustNot].join(' NOT ');
}

function andExpression(items: readonly Query[]): string | undefined {
  const must: string[] = [];
  const mustNot: string[] = [];
  for (const item of items) {
    const expression = matchExpression(item.op === 'not' ? item.item : item);
    if (expression === undefined) return undefined;
    (item.op === 'not' ? mustNot : must).push(expression);
  }
  return must.length + mustNot.length === 0 ? undefined : `(${mustExpression(must, mustNot)})`;
}

function joined(expressions: readonly (string | undefined)[], operator: string): string | undefined {
  const known = expressions.filter((expression) => expression !== undefined);
  return known.length === 0 || known.length < expressions.length ? undefined : `(${known.join(operator)})`;
}

function wordsExpression(field: TextField, tokens: readonly string[], isPrefix: boolean): string | undefined {
  const phrases = indexPhrases(tokens, isPrefix).map(
    (row) => `"${row.join(' ').replaceAll('"', '""')}"${isPrefix ? '*' : ''}`,
  );
  return phrases.length === 0 ? undefined : `(${columnsOf[field]}(${phrases.join(' OR ')}))`;
}
