/**
 * Search text rows: the full-text index, written. Answering from it: ./search-rows.ts
 *
 * The index is contentless: it keeps no text, only which token stands where, so a row is replaced whole.
 */
import type { SearchText } from '../model/query.ts';
import type { Connection } from './connection.ts';

export function writeSearchText(connection: Connection, searchKey: number, text: SearchText): void {
  connection.run(
    `INSERT INTO search (rowid, subject, sender, recipient, own, quoted, file, added, removed, context, function)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    searchKey,
    text.subject,
    text.from,
    text.to,
    text.own,
    text.quoted,
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
