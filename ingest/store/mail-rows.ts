/**
 * Mail rows: keeps mails, their copies and appearances, and has the rows of each message made from the copy to show.
 *
 * Two copies of one Message-ID with other bytes (list footers, resent by the list) are both kept. The one shown is the
 * oldest arrival, then the longest (a file may have been cut short when it was read first), then the smallest hash,
 * whatever came first; when an older copy arrives later, all rows of the
 * message are written anew from it (./message-rows.ts). Taking mails away: ./mail-removal.ts.
 */
import { createHash } from 'node:crypto';
import type { Connection } from './connection.ts';
import { addEvent } from './event-rows.ts';
import { makeKey, makeListKey, writeSource } from './keys.ts';
import {
  type Changes,
  earlier,
  emptyChanges,
  findHeld,
  refreshLists,
  writeChanges,
  writeMessage,
} from './message-rows.ts';
import { BlockWriter, lastBlock, writeBlock } from './raw-blocks.ts';
import type { SqliteAccess } from './sqlite-access.ts';
import { get, type Steps } from './steps.ts';
import type { MailToStore, PutResult, SourceRow } from './store.ts';
import { trackMail } from './tracker-rows.ts';

interface RawRow {
  raw_key: number;
  sha256: Uint8Array;
  arrived_ms: number | null;
}

type Outcome = keyof PutResult;

/** What the mails of one batch share. */
interface Run extends Changes {
  readonly sourceKey: number;
  readonly nowMs: number;
  readonly blocks: BlockWriter;
}

/** Keeps a batch with its source's cursor; within one transaction, which stays open while other threads pack the bytes. */
export async function putMails(
  access: SqliteAccess,
  batch: readonly MailToStore[],
  source: SourceRow,
  nowMs: number,
): Promise<PutResult> {
  const { blocks, counts } = await access.read((connection) => writeRows(connection, batch, source, nowMs));
  const packed = await blocks.pack();
  await access.read((connection) => {
    for (const block of packed) writeBlock(connection, block);
  });
  return counts;
}

function writeRows(
  connection: Connection,
  batch: readonly MailToStore[],
  source: SourceRow,
  nowMs: number,
): { readonly blocks: BlockWriter; readonly counts: PutResult } {
  const sourceKey = writeSource(connection, source);
  const counts = { added: 0, known: 0, joined: 0 };
  const blocks = new BlockWriter(connection.steps(lastBlock()));
  const run: Run = { sourceKey, nowMs, blocks, ...emptyChanges() };
  for (const mail of batch) counts[putMail(connection, mail, run)]++;
  writeChanges(connection, run);
  return { blocks, counts };
}

function putMail(connection: Connection, mail: MailToStore, run: Run): Outcome {
  const { message } = mail;
  const { sourceKey, nowMs } = run;
  const messageKey = makeKey(connection, message.messageId);
  const held = findHeld(connection, messageKey);
  const arrivedMs = earlier(mail.mail.arrivedMs ?? null, message.receivedMs);
  const { rawKey, isNew, isOnly } = keepRaw(connection, messageKey, mail, arrivedMs, run.blocks);
  const hasNewList = appear(connection, messageKey, mail, sourceKey, rawKey);
  const isChosen = isOnly || chooseCopy(connection, messageKey)?.raw_key === rawKey;
  if (isChosen && held?.raw_key !== rawKey) {
    writeMessage(connection, messageKey, rawKey, mail, held, run);
    trackMail(connection, messageKey, mail, nowMs);
  } else if (hasNewList && held) refreshLists(connection, messageKey, held);
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
    const sha256 = hashOf(mail);
    if (!held || !chosen || !sha256.equals(chosen.sha256)) continue;
    writeMessage(connection, messageKey, chosen.raw_key, mail, held, changes);
    trackMail(connection, messageKey, mail, held.sort_ms);
  }
  writeChanges(connection, changes);
}

/** The copy to show; undefined where none is held. */
export function chooseCopy(connection: Connection, messageKey: number): RawRow | undefined {
  return connection.steps(chosenCopy(messageKey));
}

/** The same, on any engine. */
export function* chosenCopy(messageKey: number): Steps<RawRow | undefined> {
  return yield* get<RawRow>(
    `SELECT raw_key, sha256, arrived_ms FROM raw WHERE message_key = ?
     ORDER BY is_print, arrived_ms IS NULL, arrived_ms, size_bytes DESC, sha256 LIMIT 1`,
    messageKey,
  );
}

function keepRaw(
  connection: Connection,
  messageKey: number,
  mail: MailToStore,
  arrivedMs: number | null,
  blocks: BlockWriter,
): { rawKey: number; isNew: boolean; isOnly: boolean } {
  const sha256 = hashOf(mail);
  const copies = connection.all<RawRow>(
    'SELECT raw_key, sha256, arrived_ms FROM raw WHERE message_key = ?',
    messageKey,
  );
  const same = copies.find((copy) => sha256.equals(copy.sha256));
  if (same) {
    const older = earlier(same.arrived_ms, arrivedMs);
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
  const place = blocks.add(mail.mail.raw);
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

function hashOf({ sha256, mail }: MailToStore): Buffer {
  return sha256
    ? Buffer.from(sha256.buffer, sha256.byteOffset, sha256.byteLength)
    : createHash('sha256').update(mail.raw).digest();
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
