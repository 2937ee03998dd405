/**
 * Mail removal: takes back what a source took back, and lets all that stood on it be derived again.
 *
 * A mail goes whole only when no list holds it any more. Where its shown copy goes and another stays, the message
 * waits for the `parse` stage, since only the pipeline can parse the other one.
 */
import type { Connection } from './connection.ts';
import { addEvent } from './event-rows.ts';
import { deleteFacts } from './fact-rows.ts';
import { findKey, writeSource } from './keys.ts';
import { chooseCopy } from './mail-rows.ts';
import { deleteMessageRows, findHeld, type HeldRow, refreshLists } from './message-rows.ts';
import { refreshPeople } from './person-rows.ts';
import { trimBlock } from './raw-blocks.ts';
import type { SourceRow, Stage } from './store.ts';
import { mark } from './waiting-rows.ts';

/** Gives how many of these messages the list held; the caller wraps it in a transaction. */
export function removeMails(
  connection: Connection,
  messageIds: readonly string[],
  source: SourceRow,
  nowMs: number,
): number {
  const sourceKey = writeSource(connection, source);
  let removed = 0;
  const people = new Set<number>();
  for (const messageId of new Set(messageIds)) {
    const key = findKey(connection, messageId);
    const held = key === undefined ? undefined : findHeld(connection, key);
    if (!held || !disappear(connection, held, sourceKey, source.list)) continue;
    removed++;
    people.add(held.from_key);
    settle(connection, held);
    addEvent(connection, nowMs, 'message', messageId);
  }
  refreshPeople(connection, people);
  return removed;
}

/** Takes the copies away that appear nowhere any more, and the message with the last of them. */
export function settle(connection: Connection, held: HeldRow): void {
  dropCopies(connection, held.message_key);
  const chosen = chooseCopy(connection, held.message_key);
  if (!chosen) removeWhole(connection, held);
  else {
    refreshLists(connection, held.message_key, held);
    if (chosen.raw_key !== held.raw_key) showOther(connection, held, chosen.raw_key);
  }
}

/** Takes the list's appearances away. False where it had none. */
function disappear(connection: Connection, held: HeldRow, sourceKey: number, list: string): boolean {
  const { changes } = connection.run(
    `DELETE FROM appearance WHERE message_key = ?
     AND (source_key = ? OR list_key = (SELECT list_key FROM list WHERE name = ? AND name <> ''))`,
    held.message_key,
    sourceKey,
    list,
  );
  return changes > 0;
}

function dropCopies(connection: Connection, messageKey: number): void {
  const gone = connection.all<{ raw_key: number; block_key: number }>(
    `SELECT raw_key, block_key FROM raw WHERE message_key = ?
     AND raw_key NOT IN (SELECT raw_key FROM appearance WHERE message_key = ?)`,
    messageKey,
    messageKey,
  );
  for (const { raw_key } of gone) connection.run('DELETE FROM raw WHERE raw_key = ?', raw_key);
  for (const block of new Set(gone.map((row) => row.block_key))) trimBlock(connection, block);
}

function showOther(connection: Connection, held: HeldRow, rawKey: number): void {
  connection.run('UPDATE message SET raw_key = ? WHERE message_key = ?', rawKey, held.message_key);
  mark(connection, 'parse', held.message_key);
}

/** Takes a message away with all that was derived from it; its raw copies must be gone or given away. */
export function removeWhole(connection: Connection, held: HeldRow): void {
  const key = held.message_key;
  markMembers(connection, 'thread', 'SELECT message_key FROM message WHERE thread_key = ?', held.thread_key);
  markMembers(connection, 'review', 'SELECT message_key FROM message WHERE thread_key = ?', held.thread_key);
  unlink(connection, key);
  deleteFacts(connection, key, null);
  deleteMessageRows(connection, held);
  connection.run('DELETE FROM tracked WHERE message_key = ?', key);
  connection.run('DELETE FROM waiting WHERE owner_key = ? AND stage <> ?', key, 'series');
}

/** The postings of its series are linked anew; a sending that stood on it alone is no more. */
function unlink(connection: Connection, key: number): void {
  const place = connection.get<{ revision_key: number; series_key: number }>(
    'SELECT revision_key, series_key FROM placement WHERE message_key = ?',
    key,
  );
  if (!place) return;
  markMembers(connection, 'link', 'SELECT message_key FROM placement WHERE series_key = ?', place.series_key);
  // Whether a point was met depends on the versions that came after.
  const commented = `SELECT owner_key AS message_key FROM fact_subject WHERE kind = 'point' AND subject_key IN (
    SELECT message_key FROM placement WHERE series_key = ?)`;
  markMembers(connection, 'review', commented, place.series_key);
  connection.run('DELETE FROM placement WHERE message_key = ?', key);
  connection.run(
    `DELETE FROM revision WHERE revision_key = ? AND revision_key NOT IN (
       SELECT revision_key FROM placement WHERE series_key = ?)`,
    place.revision_key,
    place.series_key,
  );
  mark(connection, 'series', place.series_key);
}

function markMembers(connection: Connection, stage: Stage, sql: string, key: number): void {
  for (const { message_key } of connection.all<{ message_key: number }>(sql, key)) {
    mark(connection, stage, message_key);
  }
}
