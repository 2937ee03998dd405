/**
 * Search text rows: what the search looks in, written for batches. Answering from it: ./search-rows.ts
 *
 * The tokens are those of ../../search/tokens.ts. Each stands in `words`, behind the letter of its column: a tsvector
 * without positions, which a GIN index finds by whole words and by their beginnings. Rows of words are looked for in
 * the columns, where each token stands between blanks of its own (` the  dog `), so that one cannot be part of another.
 */
import type { SearchText } from '../../model/query.ts';
import { insertRows } from './bulk.ts';
import { partTexts } from './partitions.ts';
import type { Session } from './session.ts';

/** The columns of the table, the parts of the text that they hold, and their letters. */
export const textColumns = [
  { column: 'own', part: 'own', letter: 'o' },
  { column: 'quoted', part: 'quoted', letter: 'q' },
  { column: 'recipient', part: 'to', letter: 't' },
  { column: 'copied', part: 'cc', letter: 'v' },
  { column: 'subject', part: 'subject', letter: 's' },
  { column: 'sender', part: 'from', letter: 'f' },
  { column: 'file', part: 'file', letter: 'p' },
  { column: 'added', part: 'added', letter: 'a' },
  { column: 'removed', part: 'removed', letter: 'r' },
  { column: 'context', part: 'context', letter: 'c' },
  { column: 'function', part: 'function', letter: 'n' },
] as const;

export type TextColumn = (typeof textColumns)[number]['column'];

const textTypes = Object.fromEntries(textColumns.map(({ column }) => [column, 'text'])) as Record<
  TextColumn,
  'text'
>;

/** A tsvector has a megabyte of different words at most: of a mail with more the first ones are found. */
const wordBytes = 900_000;

export async function writeTexts(session: Session, texts: ReadonlyMap<number, SearchText>): Promise<void> {
  await partTexts(session, [...texts.keys()]);
  const rows = [...texts].map(([searchKey, text]) => textRow(searchKey, text));
  const columns = { search_key: 'bigint', size: 'integer', words: 'lexemes', ...textTypes } as const;
  await insertRows(session, 'search_text', columns, rows);
  await addToTotal(
    session,
    rows.length,
    rows.reduce((sum, { size }) => sum + size, 0),
  );
}

/** Takes texts away, by one list of keys. */
export const deleteTextSql = 'DELETE FROM search_text WHERE search_key = ANY(?)';

export async function deleteTexts(session: Session, searchKeys: readonly number[]): Promise<void> {
  await session.all(deleteTextSql, searchKeys);
}

/**
 * All texts ever written and their tokens, for ranking: as SQLite's index counts them, which keeps those that went away.
 * In several rows, so that writers seldom wait for each other.
 */
async function addToTotal(session: Session, texts: number, tokens: number): Promise<void> {
  await session.all(
    'UPDATE search_total SET texts = texts + ?, tokens = tokens + ? WHERE shard = pg_backend_pid() % 16',
    texts,
    tokens,
  );
}

function textRow(searchKey: number, text: SearchText) {
  const words = new Set<string>();
  const columns: Partial<Record<TextColumn, string>> = {};
  // The whole of the row and one that stands in every row, as the other engine counts them.
  let size = 1;
  let bytes = 0;
  for (const { column, part, letter } of textColumns) {
    const tokens = text[part].split(' ').filter(Boolean);
    columns[column] = tokens.map((token) => ` ${token} `).join('');
    size += tokens.length;
    for (const token of tokens) {
      const word = letter + token;
      if (bytes > wordBytes || words.has(word)) continue;
      words.add(word);
      bytes += Buffer.byteLength(word);
    }
  }
  return {
    ...(columns as Record<TextColumn, string>),
    search_key: searchKey,
    size,
    words: [...words].join(' '),
  };
}
