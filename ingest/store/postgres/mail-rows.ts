/**
 * Mail rows: keeps a batch of mails, as ../mail-rows.ts does, but with few statements for the whole batch.
 *
 * What is held of the batch's messages is read first; what each mail changes is then worked out in memory in their
 * order (./held-mail.ts), and written at once. Batches of several programs are written one after the other: all of them
 * fill the newest block, and choose free search keys.
 */
import { createHash } from 'node:crypto';
import { sourceKeyOf } from '../key-steps.ts';
import { earlier } from '../message-rows.ts';
import { BlockWriter, lastBlock } from '../raw-blocks.ts';
import type { MailToStore, PutResult, SourceRow } from '../store.ts';
import { insertRows } from './bulk.ts';
import { type Copy, type HeldMail, readHeldMails } from './held-mail.ts';
import { keyIn, makeKeys, makeListKeys } from './keys.ts';
import { relist, type WrittenMessage, writeMessages } from './message-rows.ts';
import { writeBlocks } from './raw-rows.ts';
import type { Session } from './session.ts';

/** Held while a batch of mail is written or taken away. */
const mailLock = 0x50544d61;

interface AppearanceRow {
  message_key: number;
  list_key: number;
  source_key: number;
  raw_key: number;
  arrived_ms: number | null;
}

/** What the mails of one batch share and gather. */
interface Run {
  readonly session: Session;
  readonly nowMs: number;
  readonly sourceKey: number;
  readonly lists: ReadonlyMap<string, number>;
  readonly blocks: BlockWriter;
  readonly rawKeys: number[];
  readonly added: (Copy & { message_key: number; block_key: number; start: number })[];
  readonly older: Map<number, Copy & { message_key: number }>;
  readonly appearances: Map<string, AppearanceRow>;
  readonly written: Map<number, WrittenMessage>;
  readonly relisted: Set<number>;
}

export async function lockMail(session: Session): Promise<void> {
  await session.all('SELECT pg_advisory_xact_lock(?)', mailLock);
}

export async function putMails(
  session: Session,
  batch: readonly MailToStore[],
  source: SourceRow,
  nowMs: number,
): Promise<PutResult> {
  await lockMail(session);
  const sourceKey = await session.steps(sourceKeyOf(source));
  const keys = await makeKeys(session, batch.flatMap(namedIds));
  const lists = await makeListKeys(session, batch.flatMap(listsOf));
  const held = await readHeldMails(
    session,
    batch.map(({ message }) => keyIn(keys, message.messageId)),
  );
  const run: Run = {
    ...{ session, nowMs, sourceKey, lists },
    blocks: new BlockWriter(await session.steps(lastBlock())),
    rawKeys: await reserveRawKeys(session, batch.length),
    ...{ added: [], older: new Map(), appearances: new Map(), written: new Map(), relisted: new Set() },
  };
  const counts = { added: 0, known: 0, joined: 0 };
  for (const mail of batch) {
    const known = held.get(keyIn(keys, mail.message.messageId));
    if (known) counts[putMail(run, known, mail)]++;
  }
  await writeRun(run, keys);
  return counts;
}

function putMail(run: Run, known: HeldMail, mail: MailToStore): keyof PutResult {
  const { message } = mail;
  const wasHeld = known.rawKey !== null;
  const { copy, isNew } = keepCopy(
    run,
    known,
    mail,
    earlier(mail.mail.arrivedMs ?? null, message.receivedMs),
  );
  const hasNewList = appear(run, known, mail, copy.raw_key);
  if (known.chosen()?.raw_key === copy.raw_key && known.rawKey !== copy.raw_key) {
    const before = run.written.get(known.key);
    run.written.set(known.key, {
      ...{ messageKey: known.key, rawKey: copy.raw_key, mail, held: known.row, heldMs: run.nowMs },
      wasPosting:
        (before?.wasPosting ?? false) || before?.mail.posting != null || known.row?.is_posting === 1,
    });
    known.rawKey = copy.raw_key;
  } else if (hasNewList && wasHeld) run.relisted.add(known.key);
  if (wasHeld && !isNew && !hasNewList) return 'known';
  run.session.events.push({ atMs: run.nowMs, kind: 'message', subject: message.messageId });
  return wasHeld ? 'joined' : 'added';
}

function keepCopy(
  run: Run,
  known: HeldMail,
  mail: MailToStore,
  arrivedMs: number | null,
): { copy: Copy; isNew: boolean } {
  const sha256 = hashOf(mail);
  const same = known.copies.find((copy) => sha256.equals(copy.sha256));
  if (same) {
    const older = earlier(same.arrived_ms, arrivedMs);
    if (older !== same.arrived_ms) {
      same.arrived_ms = older;
      run.older.set(same.raw_key, { ...same, message_key: known.key });
    }
    return { copy: same, isNew: false };
  }
  const place = run.blocks.add(mail.mail.raw);
  const rawKey = run.rawKeys.shift() ?? 0;
  const copy: Copy = {
    raw_key: rawKey,
    sha256,
    size_bytes: place.size_bytes,
    arrived_ms: arrivedMs,
    is_print: 0,
  };
  known.copies.push(copy);
  run.added.push(
    Object.assign(copy, { message_key: known.key, block_key: place.block_key, start: place.start }),
  );
  return { copy, isNew: true };
}

/** Notes where the copy came from; true where a list did not have it before. */
function appear(run: Run, known: HeldMail, mail: MailToStore, rawKey: number): boolean {
  let hasNewList = false;
  for (const list of listsOf(mail)) {
    const listKey = keyIn(run.lists, list);
    if (known.appears(listKey, rawKey)) hasNewList = true;
    const place = `${known.key} ${listKey} ${rawKey}`;
    const before = run.appearances.get(place)?.arrived_ms ?? null;
    run.appearances.set(place, {
      ...{ message_key: known.key, list_key: listKey, source_key: run.sourceKey, raw_key: rawKey },
      arrived_ms: earlier(before, mail.mail.arrivedMs ?? null),
    });
  }
  return hasNewList;
}

async function writeRun(run: Run, keys: ReadonlyMap<string, number>): Promise<void> {
  const { session } = run;
  const rawColumns = {
    ...({
      raw_key: 'bigint',
      message_key: 'bigint',
      sha256: 'bytea',
      block_key: 'bigint',
      start: 'bigint',
    } as const),
    ...({ size_bytes: 'bigint', arrived_ms: 'bigint', is_print: 'smallint' } as const),
  };
  await insertRows(session, 'raw', rawColumns, run.added);
  await writeOlder(session, run.older);
  await insertRows(
    session,
    'appearance',
    {
      message_key: 'bigint',
      list_key: 'bigint',
      source_key: 'bigint',
      raw_key: 'bigint',
      arrived_ms: 'bigint',
    },
    [...run.appearances.values()],
    `ON CONFLICT (message_key, list_key, source_key, raw_key)
     DO UPDATE SET arrived_ms = least(appearance.arrived_ms, excluded.arrived_ms)`,
  );
  await writeMessages(session, [...run.written.values()], keys);
  await relist(session, run.relisted);
  await writeBlocks(session, await run.blocks.pack());
}

/** Copies that are known to have arrived earlier than it was thought, and messages that show them. */
async function writeOlder(
  session: Session,
  older: ReadonlyMap<number, Copy & { message_key: number }>,
): Promise<void> {
  if (older.size === 0) return;
  const copies = [...older.values()];
  const given = `FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS given (message_key, raw_key, ms)`;
  const values = [
    copies.map((copy) => copy.message_key),
    copies.map((copy) => copy.raw_key),
    copies.map((copy) => copy.arrived_ms),
  ];
  await session.all(
    `UPDATE raw SET arrived_ms = given.ms ${given} WHERE raw.raw_key = given.raw_key`,
    ...values,
  );
  await session.all(
    `UPDATE message SET arrived_ms = given.ms ${given}
     WHERE message.message_key = given.message_key AND message.raw_key = given.raw_key`,
    ...values,
  );
}

async function reserveRawKeys(session: Session, count: number): Promise<number[]> {
  const rows = await session.all<{ key: number }>(
    `SELECT nextval(pg_get_serial_sequence('raw', 'raw_key')) AS key FROM generate_series(1, ?::integer)`,
    count,
  );
  return rows.map(({ key }) => key);
}

export function hashOf({ sha256, mail }: MailToStore): Buffer {
  return sha256
    ? Buffer.from(sha256.buffer, sha256.byteOffset, sha256.byteLength)
    : createHash('sha256').update(mail.raw).digest();
}

function namedIds({ message }: MailToStore): string[] {
  return [message.messageId, ...message.references, ...message.inReplyTo];
}

function listsOf({ message, mail }: MailToStore): readonly string[] {
  const named = mail.list === '' ? message.listIds : [mail.list];
  return named.length === 0 ? [''] : named;
}

/** Writes the rows of held messages anew from their shown copies, parsed again. Others are left alone. */
export async function rewriteMails(session: Session, batch: readonly MailToStore[]): Promise<void> {
  await lockMail(session);
  const keys = await makeKeys(session, batch.flatMap(namedIds));
  const held = await readHeldMails(
    session,
    batch.map(({ message }) => keyIn(keys, message.messageId)),
  );
  const written = new Map<number, WrittenMessage>();
  for (const mail of batch) {
    const known = held.get(keyIn(keys, mail.message.messageId));
    const chosen = known?.chosen();
    if (!known?.row || !chosen || !hashOf(mail).equals(chosen.sha256)) continue;
    written.set(known.key, {
      ...{ messageKey: known.key, rawKey: chosen.raw_key, mail, held: known.row, heldMs: known.row.sort_ms },
      wasPosting: known.row.is_posting === 1,
    });
  }
  await writeMessages(session, [...written.values()], keys);
}
