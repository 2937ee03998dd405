/**
 * Search text rows: the full-text index, written. Answering from it: ./search-rows.ts
 *
 * The index is contentless: it keeps no text, only which token stands where, so a row is replaced whole.
 */
import type { SearchText } from '../model/query.ts';
import type { Connection } from './connection.ts';
import { everyToken } from './match-expression.ts';

/**
 * Writes the texts of a batch in one go, oldest first: the index gathers rows in memory only while their keys rise and
 * no other statement of the transaction needs a savepoint, and each time it has to stop costs five times a row.
 */
export function writeSearchTexts(connection: Connection, texts: ReadonlyMap<number, SearchText>): void {
  for (const [searchKey, text] of [...texts].sort(([a], [b]) => a - b))
    writeText(connection, searchKey, text);
}

function writeText(connection: Connection, searchKey: number, text: SearchText): void {
  connection.run(
    `INSERT INTO search (rowid, own, quoted, recipient, copied, subject, sender, file, added, removed, context, function)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    searchKey,
    `${everyToken} ${text.own}`,
    text.quoted,
    text.to,
    text.cc,
    text.subject,
    text.from,
    text.file,
    text.added,
    text.removed,
    text.context,
    text.function,
  );
}

export function deleteSearchText(connection: Connection, searchKey: number): void {
  connection.run('DELETE FROM search WHERE rowid = ?', searchKey);
}
