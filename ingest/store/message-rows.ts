/**
 * Message rows: all that one message's text gives: its row, references, lists, posting with link keys, index text.
 *
 * They are written whole and taken away whole. Index text is gathered over a batch, see ./search-text-rows.ts. Which copy
 * the text comes from: ./mail-rows.ts.
 */
import type { SearchText } from '../model/query.ts';
import type { Connection } from './connection.ts';
import { makeKey, makePersonKey } from './keys.ts';
import { refreshPeople } from './person-rows.ts';
import { packPosting } from './posting-pack.ts';
import { deletePosting, writePosting } from './posting-rows.ts';
import { makeSearchKey } from './search-key.ts';
import { deleteSearchText, writeSearchTexts } from './search-text-rows.ts';
import { all, get, type Steps } from './steps.ts';
import type { MailToStore } from './store.ts';
import { mark, markOwner } from './waiting-rows.ts';

export interface HeldRow {
  message_key: number;
  search_key: number;
  raw_key: number;
  from_key: number;
  sort_ms: number;
  is_posting: number;
  parent_key: number | null;
  parent_is_guess: number;
  thread_key: number;
}

/** What is written once at the end of a batch. */
export interface Changes {
  /** Senders whose counts change. */
  readonly people: Set<number>;
  /** Index text by search key. */
  readonly texts: Map<number, SearchText>;
}

export function emptyChanges(): Changes {
  return { people: new Set(), texts: new Map() };
}

export function writeChanges(connection: Connection, { people, texts }: Changes): void {
  refreshPeople(connection, people);
  writeSearchTexts(connection, texts);
}

export function findHeld(connection: Connection, messageKey: number): HeldRow | undefined {
  return connection.steps(findHeldRow(messageKey));
}

export function* findHeldRow(messageKey: number): Steps<HeldRow | undefined> {
  return yield* get<HeldRow>(
    `SELECT message_key, search_key, raw_key, from_key, sort_ms, is_posting, parent_key, parent_is_guess, thread_key
     FROM message WHERE message_key = ?`,
    messageKey,
  );
}

export function writeMessage(
  connection: Connection,
  messageKey: number,
  rawKey: number,
  mail: MailToStore,
  held: HeldRow | undefined,
  { people, texts }: Changes,
): void {
  const { message, posting } = mail;
  if (held) {
    people.add(held.from_key);
    texts.delete(held.search_key);
    deleteMessageRows(connection, held);
  }
  const fromKey = makePersonKey(connection, message.from.address);
  people.add(fromKey);
  const isSameTime = held?.sort_ms === message.sortMs;
  const searchKey = isSameTime
    ? held.search_key
    : makeSearchKey(connection, message.messageId, message.sortMs);
  connection.run(
    `INSERT INTO message (message_key, search_key, raw_key, subject, from_key, from_name, sort_ms, date_ms, arrived_ms,
       size_bytes, is_posting, is_reply, has_attachment, parent_key, parent_is_guess, thread_key)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    messageKey,
    searchKey,
    rawKey,
    message.subject,
    fromKey,
    message.from.name,
    message.sortMs,
    message.dateMs,
    earlier(mail.mail.arrivedMs ?? null, message.receivedMs) ?? message.sortMs,
    mail.mail.raw.byteLength,
    Number(posting !== null),
    Number(message.inReplyTo.length + message.references.length > 0),
    Number(message.attachments.length > 0),
    held?.parent_key ?? null,
    held?.parent_is_guess ?? 0,
    held?.thread_key ?? messageKey,
  );
  writeReferences(connection, messageKey, message.references, message.inReplyTo);
  if (posting) writePosting(connection, messageKey, packPosting(posting, mail.linkKeys));
  connection.steps(writeLists(messageKey, searchKey, posting !== null));
  texts.set(searchKey, mail.search);
  mark(connection, 'thread', messageKey);
  if (posting || held?.is_posting) mark(connection, 'link', messageKey);
}

/** Takes away what was made of a message's text; its raw copies and appearances stay. */
export function deleteMessageRows(connection: Connection, held: HeldRow): void {
  deleteSearchText(connection, held.search_key);
  deletePosting(connection, held.message_key);
  connection.steps(deletePlainRows(held));
}

/** All but the posting and the index text, which each engine keeps in its own way. */
export function* deletePlainRows(held: HeldRow): Steps<void> {
  yield* all('DELETE FROM message_list WHERE message_key = ?', held.message_key);
  yield* all('DELETE FROM reference WHERE message_key = ?', held.message_key);
  yield* all('DELETE FROM message WHERE message_key = ?', held.message_key);
}

/** References count from 0, In-Reply-To from -1 down. */
function writeReferences(
  connection: Connection,
  messageKey: number,
  references: readonly string[],
  inReplyTo: readonly string[],
): void {
  const insert = 'INSERT INTO reference (message_key, place, referenced_key) VALUES (?, ?, ?)';
  references.forEach((id, at) => {
    connection.run(insert, messageKey, at, makeKey(connection, id));
  });
  inReplyTo.forEach((id, at) => {
    connection.run(insert, messageKey, -1 - at, makeKey(connection, id));
  });
}

/** Makes the rows by which a list finds its messages, from the appearances. */
export function refreshLists(connection: Connection, messageKey: number, held: HeldRow): void {
  connection.steps(renewLists(messageKey, held));
}

/** The same, on any engine. */
export function* renewLists(messageKey: number, held: HeldRow): Steps<void> {
  yield* all('DELETE FROM message_list WHERE message_key = ?', messageKey);
  yield* writeLists(messageKey, held.search_key, held.is_posting === 1);
  const place = yield* get<{ series_key: number }>(
    'SELECT series_key FROM placement WHERE message_key = ?',
    messageKey,
  );
  // A series is on the lists of its postings.
  if (place) yield* markOwner('series', place.series_key);
}

function* writeLists(messageKey: number, searchKey: number, isPosting: boolean): Steps<void> {
  const lists = yield* all<{ list_key: number }>(
    'SELECT DISTINCT list_key FROM appearance WHERE message_key = ?',
    messageKey,
  );
  for (const { list_key } of lists) {
    yield* all(
      'INSERT INTO message_list (list_key, search_key, message_key, is_posting) VALUES (?, ?, ?, ?)',
      list_key,
      searchKey,
      messageKey,
      Number(isPosting),
    );
  }
}

/** The earlier of two times of which either may be unknown. */
export function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
