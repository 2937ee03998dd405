/**
 * SQLite's tables as they stand, for moving whole stores (./tables.ts).
 */
import type { Connection } from './connection.ts';
import { sqliteForm } from './row-form.ts';
import { writeSearchTexts } from './search-text-rows.ts';
import { lastOfTable, listUnindexed, readTable, type StoredTables, writeTable } from './tables.ts';
import type { Run } from './tracker-parts.ts';

type Write = <T>(action: (connection: Connection) => T) => Promise<T>;

export function sqliteTables(ask: Run, tell: Run, write: Write): StoredTables {
  return {
    read: (...asked) => ask(readTable(sqliteForm, ...asked)),
    last: (table) => ask(lastOfTable(table)),
    write: (...given) => tell(writeTable(sqliteForm, ...given)),
    listUnindexed: (...asked) =>
      ask(listUnindexed('SELECT 1 FROM search_docsize d WHERE d.id = m.search_key', ...asked)),
    putTexts: (texts) => write((connection) => writeSearchTexts(connection, texts)),
    settle: async () => undefined,
  };
}
