/**
 * Sight: how PostgreSQL makes a connection see a store without some lists (../sight-views.ts).
 *
 * Names of a session's temporary views stand before those of its schema's tables, as in SQLite.
 */
import type { Sight } from '../sight.ts';
import { applySight, type SightForm } from '../sight-views.ts';
import { all } from '../steps.ts';
import { postgresDialect } from './dialect.ts';
import { postgresForm } from './row-form.ts';
import type { Session } from './session.ts';

/** Looks through a sight from now on. @param session within a transaction */
export async function showSight(session: Session, sight: Sight): Promise<void> {
  const row = await session.get<{ name: string }>('SELECT quote_ident(current_schema()) AS name');
  await session.steps(applySight(formFor(row?.name ?? 'public'), sight));
}

function formFor(schema: string): SightForm {
  return {
    dialect: postgresDialect,
    rows: postgresForm,
    main: schema,
    temporary: 'pg_temp',
    keyType: 'bigint',
    textType: 'text COLLATE "C"',
    hasViews: `SELECT 1 WHERE to_regclass('pg_temp.hidden_list') IS NOT NULL`,
    // By the view `message`, which is made before.
    conditions: { search_text: 'EXISTS (SELECT 1 FROM message m WHERE m.search_key = t.search_key)' },
    *copyTable(table, key) {
      yield* all(`CREATE TEMP TABLE seen_${table} (LIKE ${schema}.${table}, PRIMARY KEY (${key}))`);
    },
    *changedRows(table, key, condition) {
      yield* [];
      return `SELECT t.* FROM ${schema}.${table} t WHERE ${condition}
          AND NOT EXISTS (SELECT 1 FROM pg_temp.seen_${table} x WHERE x.${key} = t.${key})
        UNION ALL SELECT x.* FROM pg_temp.seen_${table} x`;
    },
  };
}
