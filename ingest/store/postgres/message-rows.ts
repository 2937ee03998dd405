/**
 * Message rows: all that the text of messages gives, written whole for a batch (one by one: ../message-rows.ts).
 */

import { earlier, type HeldRow } from '../message-rows.ts';
import { countMails } from '../person-rows.ts';
import { packPosting } from '../posting-pack.ts';
import { searchKeys } from '../search-key.ts';
import type { MailToStore } from '../store.ts';
import { insertRows } from './bulk.ts';
import { postgresDialect } from './dialect.ts';
import { keyIn, makePersonKeys } from './keys.ts';
import { deletePostings, writePostings } from './posting-rows.ts';
import { deleteTexts, writeTexts } from './search-text-rows.ts';
import type { Session } from './session.ts';
import { markKeys } from './waiting-rows.ts';

export interface WrittenMessage {
  readonly messageKey: number;
  readonly rawKey: number;
  readonly mail: MailToStore;
  /** As it was before; null where it was not held. */
  readonly held: HeldRow | null;
  /** True where it was a posting at any time before. */
  readonly wasPosting: boolean;
  /** When this store first held it. */
  readonly heldMs: number;
}

/** @param keys of all Message-IDs that the mails name */
export async function writeMessages(
  session: Session,
  written: readonly WrittenMessage[],
  keys: ReadonlyMap<string, number>,
): Promise<void> {
  if (written.length === 0) return;
  const held = written.flatMap((message) => message.held ?? []);
  await deleteRows(session, held);
  const postings = written.flatMap(({ messageKey, mail: { posting, linkKeys } }) =>
    posting === null ? [] : [{ messageKey, posting: packPosting(posting, linkKeys) }],
  );
  const people = await makePersonKeys(session, [
    ...written.map(({ mail }) => mail.message.from.address),
    ...postings.map(({ posting }) => posting.authorAddress),
  ]);
  const places = await chooseKeys(session, written);
  await writeRows(session, written, people, places);
  await writeReferences(session, written, keys);
  await writePostings(session, postings, people);
  await writeTracked(session, written);
  const messageKeys = written.map(({ messageKey }) => messageKey);
  await writeLists(session, messageKeys);
  await writeTexts(session, new Map(written.map((message) => [keyAt(places, message), message.mail.search])));
  const senders = [
    ...held.map((row) => row.from_key),
    ...written.map(({ mail }) => keyIn(people, mail.message.from.address)),
  ];
  await session.steps(countMails(postgresDialect, new Set(senders)));
  await markKeys(session, 'thread', messageKeys);
  const linked = written.filter(({ mail, wasPosting }) => mail.posting !== null || wasPosting);
  await markKeys(
    session,
    'link',
    linked.map(({ messageKey }) => messageKey),
  );
}

/** Takes away what was made of messages' texts; their raw copies and appearances stay. */
export async function deleteRows(session: Session, held: readonly HeldRow[]): Promise<void> {
  if (held.length === 0) return;
  await deleteTexts(
    session,
    held.map((row) => row.search_key),
  );
  const keys = held.map((row) => row.message_key);
  await deletePostings(session, keys);
  for (const table of ['message_list', 'reference', 'message']) {
    await session.all(`DELETE FROM ${table} WHERE message_key = ANY(?)`, keys);
  }
}

/** Makes the rows by which lists find messages, from the appearances; a series is on the lists of its postings. */
export async function relist(session: Session, messageKeys: ReadonlySet<number>): Promise<void> {
  if (messageKeys.size === 0) return;
  const keys = [...messageKeys];
  await session.all('DELETE FROM message_list WHERE message_key = ANY(?)', keys);
  await writeLists(session, keys);
  const rows = await session.all<{ series_key: number }>(
    'SELECT DISTINCT series_key FROM placement WHERE message_key = ANY(?)',
    keys,
  );
  await markKeys(
    session,
    'series',
    rows.map(({ series_key }) => series_key),
  );
}

async function writeLists(session: Session, keys: readonly number[]): Promise<void> {
  await session.all(
    `INSERT INTO message_list (list_key, search_key, message_key, is_posting)
     SELECT DISTINCT a.list_key, m.search_key, m.message_key, m.is_posting
     FROM appearance a JOIN message m ON m.message_key = a.message_key WHERE a.message_key = ANY(?)`,
    keys,
  );
}

async function writeRows(
  session: Session,
  written: readonly WrittenMessage[],
  people: ReadonlyMap<string, number>,
  places: ReadonlyMap<number, number>,
): Promise<void> {
  const numbers = {
    ...({ message_key: 'bigint', search_key: 'bigint', raw_key: 'bigint', from_key: 'bigint' } as const),
    ...({ sort_ms: 'bigint', date_ms: 'bigint', arrived_ms: 'bigint', size_bytes: 'bigint' } as const),
    ...({ is_posting: 'smallint', is_reply: 'smallint', has_attachment: 'smallint' } as const),
    ...({ parent_key: 'bigint', parent_is_guess: 'smallint', thread_key: 'bigint' } as const),
  };
  const rows = written.map((row) => {
    const { messageKey, rawKey, held, mail } = row;
    const { message, posting } = mail;
    return {
      message_key: messageKey,
      search_key: keyAt(places, row),
      raw_key: rawKey,
      subject: message.subject,
      from_key: keyIn(people, message.from.address),
      from_name: message.from.name,
      sort_ms: message.sortMs,
      date_ms: message.dateMs,
      arrived_ms: earlier(mail.mail.arrivedMs ?? null, message.receivedMs) ?? message.sortMs,
      size_bytes: mail.mail.raw.byteLength,
      is_posting: Number(posting !== null),
      is_reply: Number(message.inReplyTo.length + message.references.length > 0),
      has_attachment: Number(message.attachments.length > 0),
      parent_key: held?.parent_key ?? null,
      parent_is_guess: held?.parent_is_guess ?? 0,
      thread_key: held?.thread_key ?? messageKey,
    };
  });
  await insertRows(session, 'message', { ...numbers, subject: 'text', from_name: 'text' }, rows);
}

/** References count from 0, In-Reply-To from -1 down. */
async function writeReferences(
  session: Session,
  written: readonly WrittenMessage[],
  keys: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = written.flatMap(({ messageKey, mail: { message } }) => {
    const row = (id: string, place: number) => ({
      message_key: messageKey,
      place,
      referenced_key: keyIn(keys, id),
    });
    return [
      ...message.references.map((id, at) => row(id, at)),
      ...message.inReplyTo.map((id, at) => row(id, -1 - at)),
    ];
  });
  const columns = { message_key: 'bigint', place: 'integer', referenced_key: 'bigint' } as const;
  await insertRows(session, 'reference', columns, rows);
}

/** Notes when a mail was first held, and under which name and hash trackers know it. */
async function writeTracked(session: Session, written: readonly WrittenMessage[]): Promise<void> {
  const rows = written.map(({ messageKey, heldMs, mail: { patchName, patchHash } }) => ({
    message_key: messageKey,
    held_ms: heldMs,
    name: patchName ?? null,
    hash: patchHash == null ? null : Buffer.from(patchHash, 'hex'),
  }));
  const columns = { message_key: 'bigint', held_ms: 'bigint', name: 'text', hash: 'bytea' } as const;
  const conflict = 'ON CONFLICT (message_key) DO UPDATE SET name = excluded.name, hash = excluded.hash';
  await insertRows(session, 'tracked', columns, rows, conflict);
}

/** A free search key for each message; one that is sent at the same time as before keeps its own. */
async function chooseKeys(
  session: Session,
  written: readonly WrittenMessage[],
): Promise<ReadonlyMap<number, number>> {
  const chosen = new Map<number, number>();
  const used = new Set<number>();
  const choosing = written.flatMap((message) => {
    const { held, mail, messageKey } = message;
    if (held?.sort_ms !== mail.message.sortMs) return [{ messageKey, mail }];
    chosen.set(messageKey, held.search_key);
    used.add(held.search_key);
    return [];
  });
  // Each asks for its first few keys at once: rarely more than one of them is taken.
  const most = 8;
  const tried = choosing.map(({ mail }) =>
    firstOf(searchKeys(mail.message.messageId, mail.message.sortMs), most),
  );
  for (const key of await takenOf(session, tried.flat())) used.add(key);
  for (const [at, { messageKey, mail }] of choosing.entries()) {
    let key = tried[at]?.find((candidate) => !used.has(candidate));
    if (key === undefined) {
      for (const candidate of searchKeys(mail.message.messageId, mail.message.sortMs)) {
        key = candidate;
        if (!used.has(key) && (await takenOf(session, [key])).length === 0) break;
      }
    }
    chosen.set(messageKey, key ?? 0);
    used.add(key ?? 0);
  }
  return chosen;
}

async function takenOf(session: Session, keys: readonly number[]): Promise<number[]> {
  const rows = await session.all<{ search_key: number }>(
    'SELECT search_key FROM message WHERE search_key = ANY(?)',
    keys,
  );
  return rows.map(({ search_key }) => search_key);
}

function firstOf(keys: Iterable<number>, most: number): number[] {
  const first: number[] = [];
  for (const key of keys) {
    first.push(key);
    if (first.length >= most) break;
  }
  return first;
}

function keyAt(places: ReadonlyMap<number, number>, { messageKey }: WrittenMessage): number {
  return places.get(messageKey) ?? 0;
}
