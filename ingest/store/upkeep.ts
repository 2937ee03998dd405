/**
 * Upkeep: sizes, forgetting what was derived, and looking for damage.
 */
import type { Connection } from './connection.ts';
import { schemaVersion } from './migrations.ts';
import { derivedTableNames } from './schema.ts';
import type { StoreInfo } from './store.ts';
import { countWaiting } from './waiting-rows.ts';

export function readInfo(connection: Connection): StoreInfo {
  const count = (sql: string) => connection.get<{ count: number }>(sql)?.count ?? 0;
  return {
    engine: 'sqlite',
    schema: schemaVersion,
    messages: count('SELECT count(*) AS count FROM message'),
    rawMails: count('SELECT count(*) AS count FROM raw'),
    postings: count('SELECT count(*) AS count FROM posting'),
    series: count('SELECT count(*) AS count FROM series'),
    facts: count('SELECT coalesce(sum(count), 0) AS count FROM fact'),
    sizeBytes: count('SELECT page_count * page_size AS count FROM pragma_page_count, pragma_page_size'),
    waiting: countWaiting(connection),
  };
}

/** Forgets what was derived and lets every message wait; raw mail, corrections, reports and troubles stay. */
export function resetDerived(connection: Connection): void {
  for (const table of derivedTableNames) connection.run(`DELETE FROM ${table}`);
  connection.run('UPDATE message SET parent_key = NULL, parent_is_guess = 0, thread_key = message_key');
  const markFrom = (stage: string, table: string) =>
    connection.run(`INSERT INTO waiting (stage, owner_key) SELECT ?, message_key FROM ${table}`, stage);
  markFrom('parse', 'message');
  markFrom('thread', 'message');
  markFrom('link', 'posting');
}

interface Check {
  /** Counts what is wrong. */
  readonly sql: string;
  readonly finding: string;
}

const checks: readonly Check[] = [
  {
    sql: 'SELECT count(*) AS count FROM message WHERE raw_key NOT IN (SELECT raw_key FROM raw)',
    finding: 'messages have lost their raw mail; ingest their sources again',
  },
  {
    sql: 'SELECT count(*) AS count FROM raw WHERE message_key NOT IN (SELECT message_key FROM message)',
    finding: 'raw mails belong to no message; run `patchtrail rebuild`',
  },
  {
    sql: 'SELECT count(*) AS count FROM raw WHERE raw_key NOT IN (SELECT raw_key FROM appearance)',
    finding: 'raw mails are on no list and from no source',
  },
  {
    sql: 'SELECT count(*) AS count FROM raw WHERE block_key NOT IN (SELECT block_key FROM raw_block)',
    finding: 'raw mails have lost their bytes; ingest their sources into a new store',
  },
  {
    sql: 'SELECT count(*) AS count FROM posting WHERE message_key NOT IN (SELECT message_key FROM message)',
    finding: 'postings belong to no message; run `patchtrail rebuild`',
  },
  {
    sql: `SELECT count(*) AS count FROM message WHERE is_posting <> (message_key IN (SELECT message_key FROM posting))`,
    finding: 'messages and postings do not agree; run `patchtrail rebuild`',
  },
  {
    sql: 'SELECT count(*) AS count FROM message WHERE search_key NOT IN (SELECT id FROM search_docsize)',
    finding: 'messages are not in the search index; run `patchtrail rebuild`',
  },
  {
    sql: 'SELECT count(*) AS count FROM search_docsize WHERE id NOT IN (SELECT search_key FROM message)',
    finding: 'rows of the search index belong to no message; run `patchtrail rebuild`',
  },
  {
    sql: 'SELECT count(*) AS count FROM placement WHERE message_key NOT IN (SELECT message_key FROM posting)',
    finding: 'placements belong to no posting; run `patchtrail rebuild`',
  },
  {
    sql: 'SELECT count(*) AS count FROM placement WHERE revision_key NOT IN (SELECT revision_key FROM revision)',
    finding: 'placements stand in a revision that is not there; run `patchtrail rebuild`',
  },
  {
    sql: 'SELECT count(*) AS count FROM waiting',
    finding: 'messages and series still wait to be derived; run `patchtrail ingest` or `patchtrail rebuild`',
  },
];

/** Findings in words; empty where all is well. */
export function verifyStore(connection: Connection): string[] {
  const findings: string[] = [];
  for (const { quick_check: line } of connection.all<{ quick_check: string }>('PRAGMA quick_check(20)')) {
    if (line !== 'ok') findings.push(`The file is damaged: ${line}.`);
  }
  for (const { sql, finding } of checks) {
    const { count } = connection.get<{ count: number }>(sql) ?? { count: 0 };
    if (count > 0) findings.push(`${count} ${finding}.`);
  }
  return findings;
}
