/**
 * Mail rows: keeps mails and all that one message's text gives: message, posting, link keys, search index.
 *
 * Two copies of one Message-ID with other bytes (list footers, resent by the list) are both kept. The one shown is the
 * oldest arrival, then the smallest hash, whatever came first; when an older copy arrives later, all rows of the
 * message are written anew from it. Taking mails away: ./mail-removal.ts.
 */
import { createHash } from 'node:crypto';
import type { SearchText } from '../model/query.ts';
import type { Connection } from './connection.ts';
import { addEvent } from './event-rows.ts';
import { makeKey, makeListKey, makePersonKey, writeSource } from './keys.ts';
import { refreshPeople } from './person-rows.ts';
import { deletePosting, writePosting } from './posting-rows.ts';
import { BlockWriter } from './raw-blocks.ts';
import { makeSearchKey } from './search-key.ts';
import { deleteSearchText, writeSearchTexts } from './search-text-rows.ts';
import type { MailToStore, PutResult, SourceRow } from './store.ts';
import { mark } from './waiting-rows.ts';

interface RawRow {
  raw_key: number;
  sha256: Uint8Array;
  arrived_ms: number | null;
}

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

type Outcome = keyof PutResult;

/** What is written once at the end of a batch. */
interface Changes {
  /** Senders whose counts change. */
  readonly people: Set<number>;
  /** Index text by search key. */
  readonly texts: Map<number, SearchText>;
}

/** What the mails of one batch share. */
interface Run extends Changes {
  readonly sourceKey: number;
  readonly nowMs: number;
  readonly blocks: BlockWriter;
}

/** Keeps a batch with its source's cursor; the caller wraps it in a transaction. */
export function putMails(
  connection: Connection,
  batch: readonly MailToStore[],
  source: SourceRow,
  nowMs: number,
): PutResult {
  const sourceKey = writeSource(connection, source);
  const counts = { added: 0, known: 0, joined: 0 };
  const run: Run = { sourceKey, nowMs, blocks: new BlockWriter(connection), ...emptyChanges() };
  for (const mail of batch) counts[putMail(connection, mail, run)]++;
  run.blocks.end();
  writeChanges(connection, run);
  return counts;
}

function putMail(connection: Connection, mail: MailToStore, run: Run): Outcome {
  const { message } = mail;
  const { sourceKey, nowMs } = run;
  const messageKey = makeKey(connection, message.messageId);
  const held = findHeld(connection, messageKey);
  const arrivedMs = oldest(mail.mail.arrivedMs ?? null, message.receivedMs);
  const { rawKey, isNew, isOnly } = keepRaw(connection, messageKey, mail.mail.raw, arrivedMs, run.blocks);
  const hasNewList = appear(connection, messageKey, mail, sourceKey, rawKey);
  const isChosen = isOnly || chooseCopy(connection, messageKey)?.raw_key === rawKey;
  if (isChosen && held?.raw_key !== rawKey) writeMessage(connection, messageKey, rawKey, mail, held, run);
  else if (hasNewList && held) refreshLists(connection, messageKey, held);
  if (held && !isNew && !hasNewList) return 'known';
  addEvent(connection, nowMs, 'message', message.messageId);
  return held ? 'joined' : 'added';
}

/** Writes the rows of held messages anew from their shown copies, parsed again. Others are left alone. */
export function rewriteMails(connection: Connection, batch: readonly MailToStore[]): void {
  const changes = emptyChanges();
  for (const mail of batch) {
    const messageKey = makeKey(connection, mail.message.messageId);
    const held = findHeld(connection, messageKey);
    const chosen = chooseCopy(connection, messageKey);
    const sha256 = createHash('sha256').update(mail.mail.raw).digest();
    if (!held || !chosen || !sha256.equals(chosen.sha256)) continue;
    writeMessage(connection, messageKey, chosen.raw_key, mail, held, changes);
  }
  writeChanges(connection, changes);
}

function emptyChanges(): Changes {
  return { people: new Set(), texts: new Map() };
}

function writeChanges(connection: Connection, { people, texts }: Changes): void {
  refreshPeople(connection, people);
  writeSearchTexts(connection, texts);
}

export function findHeld(connection: Connection, messageKey: number): HeldRow | undefined {
  return connection.get<HeldRow>(
    `SELECT message_key, search_key, raw_key, from_key, sort_ms, is_posting, parent_key, parent_is_guess, thread_key
     FROM message WHERE message_key = ?`,
    messageKey,
  );
}

/** The copy to show; undefined where none is held. */
export function chooseCopy(connection: Connection, messageKey: number): RawRow | undefined {
  return connection.get<RawRow>(
    `SELECT raw_key, sha256, arrived_ms FROM raw WHERE message_key = ?
     ORDER BY is_print, arrived_ms IS NULL, arrived_ms, sha256 LIMIT 1`,
    messageKey,
  );
}

function keepRaw(
  connection: Connection,
  messageKey: number,
  raw: Uint8Array,
  arrivedMs: number | null,
  blocks: BlockWriter,
): { rawKey: number; isNew: boolean; isOnly: boolean } {
  const sha256 = createHash('sha256').update(raw).digest();
  const copies = connection.all<RawRow>(
    'SELECT raw_key, sha256, arrived_ms FROM raw WHERE message_key = ?',
    messageKey,
  );
  const same = copies.find((copy) => sha256.equals(copy.sha256));
  if (same) {
    const older = oldest(same.arrived_ms, arrivedMs);
    if (older !== same.arrived_ms) {
      connection.run('UPDATE raw SET arrived_ms = ? WHERE raw_key = ?', older, same.raw_key);
      connection.run(
        'UPDATE message SET arrived_ms = ? WHERE message_key = ? AND raw_key = ?',
        older,
        messageKey,
        same.raw_key,
      );
    }
    return { rawKey: same.raw_key, isNew: false, isOnly: copies.length === 1 };
  }
  const place = blocks.add(raw);
  const { key } = connection.run(
    `INSERT INTO raw (message_key, sha256, block_key, start, size_bytes, arrived_ms) VALUES (?, ?, ?, ?, ?, ?)`,
    messageKey,
    sha256,
    place.block_key,
    place.start,
    place.size_bytes,
    arrivedMs,
  );
  return { rawKey: key, isNew: true, isOnly: copies.length === 0 };
}

/** Notes where the copy came from; true where a list did not have it before. */
function appear(
  connection: Connection,
  messageKey: number,
  { message, mail }: MailToStore,
  sourceKey: number,
  rawKey: number,
): boolean {
  const named = mail.list === '' ? message.listIds : [mail.list];
  let hasNewList = false;
  for (const list of named.length === 0 ? [''] : named) {
    const listKey = makeListKey(connection, list);
    const before = connection.get<{ found: number }>(
      'SELECT 1 AS found FROM appearance WHERE message_key = ? AND list_key = ? AND raw_key = ? LIMIT 1',
      messageKey,
      listKey,
      rawKey,
    );
    if (!before) hasNewList = true;
    connection.run(
      `INSERT INTO appearance (message_key, list_key, source_key, raw_key, arrived_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET arrived_ms = min(coalesce(arrived_ms, excluded.arrived_ms),
         coalesce(excluded.arrived_ms, arrived_ms))`,
      messageKey,
      listKey,
      sourceKey,
      rawKey,
      mail.arrivedMs ?? null,
    );
  }
  return hasNewList;
}

function writeMessage(
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
    oldest(mail.mail.arrivedMs ?? null, message.receivedMs) ?? message.sortMs,
    mail.mail.raw.byteLength,
    Number(posting !== null),
    Number(message.inReplyTo.length + message.references.length > 0),
    Number(message.attachments.length > 0),
    held?.parent_key ?? null,
    held?.parent_is_guess ?? 0,
    held?.thread_key ?? messageKey,
  );
  writeReferences(connection, messageKey, message.references, message.inReplyTo);
  if (posting) writePosting(connection, messageKey, posting, mail.linkKeys);
  writeLists(connection, messageKey, searchKey, posting !== null);
  texts.set(searchKey, mail.search);
  mark(connection, 'thread', messageKey);
  if (posting || held?.is_posting) mark(connection, 'link', messageKey);
}

/** Takes away what was made of a message's text; its raw copies and appearances stay. */
export function deleteMessageRows(connection: Connection, held: HeldRow): void {
  deleteSearchText(connection, held.search_key);
  deletePosting(connection, held.message_key);
  connection.run('DELETE FROM message_list WHERE message_key = ?', held.message_key);
  connection.run('DELETE FROM reference WHERE message_key = ?', held.message_key);
  connection.run('DELETE FROM message WHERE message_key = ?', held.message_key);
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
  connection.run('DELETE FROM message_list WHERE message_key = ?', messageKey);
  writeLists(connection, messageKey, held.search_key, held.is_posting === 1);
}

function writeLists(connection: Connection, messageKey: number, searchKey: number, isPosting: boolean): void {
  const lists = connection.all<{ list_key: number }>(
    'SELECT DISTINCT list_key FROM appearance WHERE message_key = ?',
    messageKey,
  );
  for (const { list_key } of lists) {
    connection.run(
      'INSERT INTO message_list (list_key, search_key, message_key, is_posting) VALUES (?, ?, ?, ?)',
      list_key,
      searchKey,
      messageKey,
      Number(isPosting),
    );
  }
}

function oldest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
