/**
 * SQLite sight: how this engine makes a connection see a store without some lists (./sight-views.ts).
 */
import type { Connection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { sqliteForm } from './row-form.ts';
import type { Sight } from './sight.ts';
import { applySight, type SightForm } from './sight-views.ts';
import { all, type Steps } from './steps.ts';

const form: SightForm = {
  dialect: sqliteDialect,
  rows: sqliteForm,
  main: 'main',
  temporary: 'temp',
  keyType: 'INTEGER',
  textType: 'TEXT',
  hasViews: `SELECT 1 FROM temp.sqlite_master WHERE name = 'hidden_list'`,
  conditions: {},
  *copyTable(table, key) {
    const columns = (yield* columnsOf(table)).map((name) =>
      name === key ? `${key} INTEGER PRIMARY KEY` : name,
    );
    yield* all(`CREATE TEMP TABLE seen_${table} (${columns.join(', ')})`);
  },
  // A view of two selects would not be merged into the query that reads it.
  *changedRows(table, key, condition) {
    const columns = (yield* columnsOf(table)).map((name) =>
      name === key
        ? `t.${name}`
        : `CASE WHEN t.${key} IN (SELECT ${key} FROM temp.seen_${table})
            THEN (SELECT x.${name} FROM temp.seen_${table} x WHERE x.${key} = t.${key}) ELSE t.${name} END AS ${name}`,
    );
    return `SELECT ${columns.join(', ')} FROM main.${table} t WHERE ${condition}`;
  },
};

function* columnsOf(table: string): Steps<string[]> {
  const rows = yield* all<{ name: string }>(`PRAGMA main.table_info(${table})`);
  return rows.map(({ name }) => name);
}

/** Looks through a sight from now on. */
export function showSight(connection: Connection, sight: Sight): void {
  // Deferred: only temporary tables are written.
  connection.database.transaction(() => connection.steps(applySight(form, sight))).deferred();
}
