/**
 * Tables: PostgreSQL's part in moving whole stores (../tables.ts).
 */
import type { StoredTables } from '../tables.ts';
import { lastOfTable, listUnindexed, movedTables, readTable, writeTable } from '../tables.ts';
import type { Run } from '../tracker-parts.ts';
import { partBlocks } from './partitions.ts';
import { postgresForm } from './row-form.ts';
import { writeTexts } from './search-text-rows.ts';
import type { Session } from './session.ts';

type Write = <T>(action: (session: Session) => Promise<T>) => Promise<T>;

export function makeTables(ask: Run, write: Write): StoredTables {
  return {
    read: (...asked) => ask(readTable(postgresForm, ...asked)),
    last: (table) => ask(lastOfTable(table)),
    write: (table, rows) =>
      write(async (session) => {
        if (table === 'raw_block')
          await partBlocks(
            session,
            rows.map((row) => Number(row.block_key)),
          );
        await session.steps(writeTable(postgresForm, table, rows));
      }),
    listUnindexed: (...asked) =>
      ask(listUnindexed('SELECT 1 FROM search_text s WHERE s.search_key = m.search_key', ...asked)),
    putTexts: (texts) => write((session) => writeTexts(session, texts)),
    settle: () => write(settle),
  };
}

/** Keys to come are behind those that came from another store. */
async function settle(session: Session): Promise<void> {
  const numbered = await session.all<{ name: string; key: string }>(
    `SELECT table_name::text AS name, column_name::text AS key FROM information_schema.columns
     WHERE is_identity = 'YES' AND table_schema = current_schema() AND table_name = ANY(?)`,
    Object.keys(movedTables),
  );
  for (const { name, key } of numbered) {
    await session.script(
      `SELECT setval(pg_get_serial_sequence('${name}', '${key}'), coalesce(max(${key}), 0) + 1, false) FROM ${name}`,
    );
  }
  await session.script('ANALYZE');
}
