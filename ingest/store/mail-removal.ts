/**
 * Mail removal: takes back what a source took back, and lets all that stood on it be derived again.
 *
 * A mail goes whole only when no list holds it any more. Where its shown copy goes and another stays, the message
 * waits for the `parse` stage, since only the pipeline can parse the other one.
 */
import type { Dialect } from './dialect.ts';
import { writeEvent } from './event-rows.ts';
import { findKeyOf, sourceKeyOf } from './key-steps.ts';
import { chosenCopy } from './mail-rows.ts';
import { deletePlainRows, findHeldRow, type HeldRow, renewLists } from './message-rows.ts';
import { countMails } from './person-rows.ts';
import { all, get, type Steps } from './steps.ts';
import type { SourceRow, Stage } from './store.ts';
import { markOwner } from './waiting-rows.ts';

/** What of a mail each engine keeps in its own way. */
export interface RemovalParts {
  readonly dialect: Dialect;
  /** Takes the index text and the posting away. */
  deleteText(held: HeldRow): Steps<void>;
  /** Takes all facts away that it gave. */
  deleteFacts(ownerKey: number): Steps<void>;
  /** Cuts all bytes that no raw row names any more out of a block. */
  trimBlock(blockKey: number): Steps<void>;
}

/** Gives how many of these messages the list held; the caller wraps it in a transaction. */
export function* removeMails(
  parts: RemovalParts,
  messageIds: readonly string[],
  source: SourceRow,
  nowMs: number,
): Steps<number> {
  const sourceKey = yield* sourceKeyOf(source);
  let removed = 0;
  const people = new Set<number>();
  for (const messageId of new Set(messageIds)) {
    const key = yield* findKeyOf(messageId);
    const held = key === undefined ? undefined : yield* findHeldRow(key);
    if (!held || !(yield* disappear(held, sourceKey, source.list))) continue;
    removed++;
    people.add(held.from_key);
    yield* settle(parts, held);
    yield* writeEvent(nowMs, 'message', messageId);
  }
  yield* countMails(parts.dialect, people);
  return removed;
}

/** Takes the copies away that appear nowhere any more, and the message with the last of them. */
export function* settle(parts: RemovalParts, held: HeldRow): Steps<void> {
  yield* dropCopies(parts, held.message_key);
  const chosen = yield* chosenCopy(held.message_key);
  if (!chosen) yield* removeWhole(parts, held);
  else {
    yield* renewLists(held.message_key, held);
    if (chosen.raw_key !== held.raw_key) yield* showOther(held, chosen.raw_key);
  }
}

/** Takes the list's appearances away. False where it had none. */
function* disappear(held: HeldRow, sourceKey: number, list: string): Steps<boolean> {
  const gone = yield* all(
    `DELETE FROM appearance WHERE message_key = ?
     AND (source_key = ? OR list_key = (SELECT list_key FROM list WHERE name = ? AND name <> ''))
     RETURNING raw_key`,
    held.message_key,
    sourceKey,
    list,
  );
  return gone.length > 0;
}

function* dropCopies(parts: RemovalParts, messageKey: number): Steps<void> {
  const gone = yield* all<{ raw_key: number; block_key: number }>(
    `SELECT raw_key, block_key FROM raw WHERE message_key = ?
     AND raw_key NOT IN (SELECT raw_key FROM appearance WHERE message_key = ?)`,
    messageKey,
    messageKey,
  );
  for (const { raw_key } of gone) yield* all('DELETE FROM raw WHERE raw_key = ?', raw_key);
  for (const block of new Set(gone.map((row) => row.block_key))) yield* parts.trimBlock(block);
}

function* showOther(held: HeldRow, rawKey: number): Steps<void> {
  yield* all('UPDATE message SET raw_key = ? WHERE message_key = ?', rawKey, held.message_key);
  yield* markOwner('parse', held.message_key);
}

/** Takes a message away with all that was derived from it; its raw copies must be gone or given away. */
export function* removeWhole(parts: RemovalParts, held: HeldRow): Steps<void> {
  const key = held.message_key;
  yield* markMembers('thread', 'SELECT message_key FROM message WHERE thread_key = ?', held.thread_key);
  yield* markMembers('review', 'SELECT message_key FROM message WHERE thread_key = ?', held.thread_key);
  yield* unlink(key);
  yield* parts.deleteFacts(key);
  yield* parts.deleteText(held);
  yield* deletePlainRows(held);
  yield* all('DELETE FROM tracked WHERE message_key = ?', key);
  yield* all('DELETE FROM waiting WHERE owner_key = ? AND stage <> ?', key, 'series');
}

/** The postings of its series are linked anew; a sending that stood on it alone is no more. */
function* unlink(key: number): Steps<void> {
  const place = yield* get<{ revision_key: number; series_key: number }>(
    'SELECT revision_key, series_key FROM placement WHERE message_key = ?',
    key,
  );
  if (!place) return;
  yield* markMembers('link', 'SELECT message_key FROM placement WHERE series_key = ?', place.series_key);
  // Whether a point was met depends on the versions that came after.
  const commented = `SELECT owner_key AS message_key FROM fact_subject WHERE kind = 'point' AND subject_key IN (
    SELECT message_key FROM placement WHERE series_key = ?)`;
  yield* markMembers('review', commented, place.series_key);
  yield* all('DELETE FROM placement WHERE message_key = ?', key);
  yield* all(
    `DELETE FROM revision WHERE revision_key = ? AND revision_key NOT IN (
       SELECT revision_key FROM placement WHERE series_key = ?)`,
    place.revision_key,
    place.series_key,
  );
  yield* markOwner('series', place.series_key);
}

function* markMembers(stage: Stage, sql: string, key: number): Steps<void> {
  for (const { message_key } of yield* all<{ message_key: number }>(sql, key)) {
    yield* markOwner(stage, message_key);
  }
}
