/**
 * Sight views: makes one read-only connection see a store without some lists.
 *
 * Names of temporary views stand before those of tables, so that every query of the engine, written for the tables, reads
 * what is seen: no query can forget. Each view takes rows of one table away or has other values for some columns, which
 * SQLite merges into the query that reads it, so that indexes serve as before.
 */
import { activityValues } from './activity-rows.ts';
import type { Connection } from './connection.ts';
import { findKey } from './keys.ts';
import { seriesValues } from './series-rows.ts';
import type { SeenSeries, Sight } from './sight.ts';

const openList = 'NOT IN (SELECT list_key FROM main.list WHERE name IN (SELECT name FROM temp.hidden_list))';

/** True for the key of a mail that stands on a list that is seen. */
const seen = (key: string) =>
  `EXISTS (SELECT 1 FROM main.message_list o WHERE o.message_key = ${key} AND o.list_key ${openList})`;

/** Which rows of a table are there. */
const rowConditions: Readonly<Record<string, string>> = {
  list: `t.list_key ${openList}`,
  message: seen('t.message_key'),
  message_list: `t.list_key ${openList}`,
  posting: seen('t.message_key'),
  placement: seen('t.message_key'),
  given_trailer: `${seen('t.subject_key')} AND ${seen('t.owner_key')}`,
  fact: `t.owner_key NOT IN (SELECT message_key FROM temp.hidden_message)`,
  fact_subject: `t.owner_key NOT IN (SELECT message_key FROM temp.hidden_message) AND (t.kind NOT IN ('landing', 'commit')
    OR t.owner_key NOT IN (SELECT series_key FROM temp.seen_series)
    OR t.subject_key IN (SELECT message_key FROM temp.seen_landed))`,
  series_list: `t.list_key ${openList}`,
  review: seen('t.message_key'),
  open_point: seen('t.message_key'),
};

/** Tables of which some rows have other values, held in a table `seen_NAME` with the same columns. */
const changedTables: Readonly<Record<string, { readonly key: string; readonly condition: string }>> = {
  series: { key: 'series_key', condition: goneCondition() },
  series_activity: { key: 'series_key', condition: goneCondition() },
  person: { key: 'person_key', condition: '1' },
};

function goneCondition(): string {
  return 't.series_key NOT IN (SELECT series_key FROM temp.gone_series)';
}

export function applySight(connection: Connection, sight: Sight): void {
  // Deferred: only temporary tables are written.
  connection.database
    .transaction(() => {
      makeViews(connection);
      fill(connection, sight);
    })
    .deferred();
}

function makeViews(connection: Connection): void {
  const { database } = connection;
  if (connection.get(`SELECT 1 FROM temp.sqlite_master WHERE name = 'hidden_list'`)) return;
  database.exec(`CREATE TEMP TABLE hidden_list (name TEXT PRIMARY KEY);
    CREATE TEMP TABLE hidden_message (message_key INTEGER PRIMARY KEY);
    CREATE TEMP TABLE gone_series (series_key INTEGER PRIMARY KEY);
    CREATE TEMP TABLE seen_landed (message_key INTEGER PRIMARY KEY);`);
  for (const [table, { key }] of Object.entries(changedTables)) {
    const columns = columnsOf(connection, table).map((name) =>
      name === key ? `${key} INTEGER PRIMARY KEY` : name,
    );
    database.exec(`CREATE TEMP TABLE seen_${table} (${columns.join(', ')})`);
  }
  for (const [table, condition] of Object.entries(rowConditions)) {
    database.exec(`CREATE TEMP VIEW ${table} AS SELECT t.* FROM main.${table} t WHERE ${condition}`);
  }
  for (const [table, { key, condition }] of Object.entries(changedTables)) {
    const columns = columnsOf(connection, table).map((name) =>
      name === key
        ? `t.${name}`
        : `CASE WHEN t.${key} IN (SELECT ${key} FROM temp.seen_${table})
            THEN (SELECT x.${name} FROM temp.seen_${table} x WHERE x.${key} = t.${key}) ELSE t.${name} END AS ${name}`,
    );
    database.exec(
      `CREATE TEMP VIEW ${table} AS SELECT ${columns.join(', ')} FROM main.${table} t WHERE ${condition}`,
    );
  }
}

function columnsOf(connection: Connection, table: string): string[] {
  return connection.all<{ name: string }>(`PRAGMA main.table_info(${table})`).map(({ name }) => name);
}

function fill(connection: Connection, { hiddenLists, series }: Sight): void {
  const tables = [
    'hidden_list',
    'hidden_message',
    'gone_series',
    'seen_landed',
    'seen_series',
    'seen_series_activity',
  ];
  for (const table of [...tables, 'seen_person']) connection.run(`DELETE FROM temp.${table}`);
  for (const list of hiddenLists) connection.run('INSERT OR IGNORE INTO temp.hidden_list VALUES (?)', list);
  connection.run(`INSERT INTO temp.hidden_message SELECT DISTINCT h.message_key FROM main.message_list h
    WHERE h.list_key IN (SELECT list_key FROM main.list WHERE name IN (SELECT name FROM temp.hidden_list))
      AND NOT ${seen('h.message_key')}`);
  fillPeople(connection);
  for (const one of series) fillSeries(connection, one);
}

/** Who wrote to hidden lists, as their other mail tells of them. */
function fillPeople(connection: Connection): void {
  connection.run(`INSERT INTO temp.seen_person (person_key, address, name, messages, postings, first_ms, last_ms)
    SELECT h.from_key, (SELECT address FROM main.person WHERE person_key = h.from_key),
      coalesce((SELECT n.from_name FROM message n WHERE n.from_key = h.from_key AND n.from_name <> ''
        ORDER BY n.search_key DESC LIMIT 1), ''),
      (SELECT count(*) FROM message m WHERE m.from_key = h.from_key),
      (SELECT coalesce(sum(m.is_posting), 0) FROM message m WHERE m.from_key = h.from_key),
      (SELECT coalesce(min(m.sort_ms), 0) FROM message m WHERE m.from_key = h.from_key),
      (SELECT coalesce(max(m.sort_ms), 0) FROM message m WHERE m.from_key = h.from_key)
    FROM (SELECT DISTINCT from_key FROM main.message WHERE message_key IN (SELECT message_key FROM temp.hidden_message)) h`);
}

function fillSeries(connection: Connection, { id, row, activity, landed }: SeenSeries): void {
  const key = findKey(connection, id) ?? 0;
  if (row === null || activity === null) {
    connection.run('INSERT OR IGNORE INTO temp.gone_series VALUES (?)', key);
    return;
  }
  const revision = connection.get<{ revision_key: number }>(
    'SELECT revision_key FROM main.placement WHERE message_key = ?',
    findKey(connection, row.latestRevision) ?? 0,
  );
  const keyOf = (messageId: string) => findKey(connection, messageId) ?? 0;
  connection.insert('temp.seen_series', {
    ...seriesValues(row, keyOf),
    series_key: key,
    latest_revision_key: revision?.revision_key ?? 0,
  });
  const author = connection.get<{ person_key: number }>(
    'SELECT person_key FROM main.person WHERE address = ?',
    activity.author,
  );
  connection.insert('temp.seen_series_activity', {
    ...activityValues(activity, keyOf),
    series_key: key,
    author_key: author?.person_key ?? 0,
  });
  for (const posting of landed) {
    connection.run('INSERT OR IGNORE INTO temp.seen_landed VALUES (?)', keyOf(posting));
  }
}
