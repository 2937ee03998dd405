/**
 * Upkeep: sizes, forgetting what was derived, and looking for damage.
 */
import type { Connection } from './connection.ts';
import { schemaVersion } from './migrations.ts';
import { derivedTableNames } from './schema.ts';
import { all, count, type Steps } from './steps.ts';
import type { StoreInfo, StoreLoad } from './store.ts';
import { countWaiting } from './waiting-rows.ts';

export function* readCounts(): Steps<Omit<StoreInfo, keyof StoreLoad>> {
  return {
    messages: yield* count('SELECT count(*) AS count FROM message'),
    rawMails: yield* count('SELECT count(*) AS count FROM raw'),
    postings: yield* count('SELECT count(*) AS count FROM posting'),
    series: yield* count('SELECT count(*) AS count FROM series'),
    facts: yield* count('SELECT coalesce(sum(count), 0) AS count FROM fact'),
  };
}

/** Forgets what was derived and lets every message wait; raw mail, corrections, reports and troubles stay. */
export function* resetDerived(): Steps<void> {
  for (const table of derivedTableNames) yield* all(`DELETE FROM ${table}`);
  yield* all('UPDATE message SET parent_key = NULL, parent_is_guess = 0, thread_key = message_key');
  for (const [stage, table] of [
    ['parse', 'message'],
    ['thread', 'message'],
    ['link', 'posting'],
  ]) {
    yield* all(`INSERT INTO waiting (stage, owner_key) SELECT '${stage}', message_key FROM ${table}`);
  }
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
    sql: `SELECT count(*) AS count FROM message 
      WHERE is_posting <> CASE WHEN message_key IN (SELECT message_key FROM posting) THEN 1 ELSE 0 END`,
    finding: 'messages and postings do not agree; run `patchtrail rebuild`',
  },
  {
    sql: 'SELECT count(*) AS count FROM message WHERE search_key NOT IN (SELECT id FROM indexed)',
    finding: 'messages are not in the search index; run `patchtrail rebuild`',
  },
  {
    sql: 'SELECT count(*) AS count FROM indexed WHERE id NOT IN (SELECT search_key FROM message)',
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

/** Findings in words; empty where all is well. `indexed` gives the keys that the search index has. */
export function* verifyRows(indexed: string): Steps<string[]> {
  const findings: string[] = [];
  for (const { sql, finding } of checks) {
    const wrong = yield* count(`WITH indexed (id) AS (${indexed}) ${sql}`);
    if (wrong > 0) findings.push(`${wrong} ${finding}.`);
  }
  return findings;
}

export function readInfo(connection: Connection): StoreInfo {
  return { ...readLoad(connection), ...connection.steps(readCounts()) };
}

export function readLoad(connection: Connection): StoreLoad {
  const bytes = 'SELECT page_count * page_size AS count FROM pragma_page_count, pragma_page_size';
  return {
    engine: 'sqlite',
    schema: schemaVersion,
    sizeBytes: connection.steps(count(bytes)),
    waiting: connection.steps(countWaiting()),
  };
}

export function verifyStore(connection: Connection): string[] {
  const findings: string[] = [];
  for (const { quick_check: line } of connection.all<{ quick_check: string }>('PRAGMA quick_check(20)')) {
    if (line !== 'ok') findings.push(`The file is damaged: ${line}.`);
  }
  return [...findings, ...connection.steps(verifyRows('SELECT id FROM search_docsize'))];
}
