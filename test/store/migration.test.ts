/** Stores of older programs are brought up to date when they are opened. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { openStore } from '../../ingest/store/open.ts';
import { makeFolder } from '../support/folders.ts';
import { firstSchemaSql } from './older-schema.ts';

/** Columns of every table and the names of all indexes. */
function shapeOf(path: string): string[] {
  const database = new Database(path, { readonly: true });
  const rows = database
    .prepare(
      `SELECT m.type || ' ' || m.name || ' ' || coalesce(c.name || ' ' || c.type || ' ' || c.pk, '') AS part
       FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c ON m.type = 'table'
       WHERE m.name NOT LIKE 'sqlite_%' ORDER BY part`,
    )
    .all() as { part: string }[];
  database.close();
  return rows.map(({ part }) => part);
}

/** A store of version 1 with one message, whose bytes do not matter here. */
function makeFirst(path: string): void {
  const database = new Database(path);
  database.exec(firstSchemaSql);
  database.exec(`
    INSERT INTO message_id VALUES (1, 'old@example.org');
    INSERT INTO person (person_key, address) VALUES (1, 'ada@example.org');
    INSERT INTO message (message_key, search_key, raw_key, subject, from_key, from_name, sort_ms, arrived_ms, size_bytes,
      is_posting, is_reply, has_attachment, thread_key) VALUES (1, 1, 1, 'old', 1, 'Ada', 0, 0, 0, 0, 0, 0, 1);`);
  database.pragma(`application_id = ${0x5054726c}`);
  database.pragma('user_version = 1');
  database.close();
}

test('a store of version 1 gets the tables of a new one, and its messages are read again', async (t) => {
  const folder = makeFolder(t);
  const [older, newest] = [join(folder, 'older.db'), join(folder, 'newest.db')];
  makeFirst(older);
  const opened = await openStore(older);
  const info = await opened.info();
  await opened.close();
  await (await openStore(newest)).close();
  assert.deepEqual([info.messages, info.waiting.parse], [1, 1]);
  assert.deepEqual(shapeOf(older), shapeOf(newest));
});
