/**
 * IMAP source: one folder of a mail server, read and never changed.
 *
 * In: `imap(s)://user@host[:port]/folder`. Out: its mails by UID; cursor is UIDVALIDITY and the last UID.
 * A changed UIDVALIDITY means that all UIDs are new, so the folder is read again. UIDs are collected first
 * and mails fetched in blocks, because imapflow waits for ever when a command is given within a running
 * fetch. Connection and password: ./imap-login.ts
 */
import type { ImapFlow } from 'imapflow';
import { SourceError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { connectImap, type ImapOptions, type ImapPlace, imapFailed, parseImapUrl } from './imap-login.ts';
import { watchFolder } from './imap-watch.ts';
import type { Cursor, Source, SourceEvent } from './source.ts';

interface ImapCursor {
  readonly uidValidity: string;
  readonly lastUid: number;
}

/** Mails of one block: bounds memory together with blockBytes. */
const blockMails = 100;
const blockBytes = limits.batchBytes;
const sizesAtOnce = 2000;

/** A source for an IMAP folder. */
export function openImap(spec: string, list: string, options: ImapOptions = {}): Source {
  const place = parseImapUrl(spec);
  const user = encodeURIComponent(place.user);
  const server = `${place.isSecure ? 'imaps' : 'imap'}://${user}@${new URL(spec).host}`;
  return {
    kind: 'imap',
    location: `${server}/${encodeURI(place.folder)}`,
    list,
    read: (cursor, signal) => readFolder({ place, list, options, cursor, signal }),
    watch: (signal) => watchFolder(place, options, signal),
  };
}

interface FolderReading {
  readonly place: ImapPlace;
  readonly list: string;
  readonly options: ImapOptions;
  readonly cursor: Cursor | null;
  readonly signal: AbortSignal | undefined;
}

async function* readFolder({
  place,
  list,
  options,
  cursor,
  signal,
}: FolderReading): AsyncGenerator<SourceEvent> {
  const client = await connectImap(place, options);
  const stop = () => client.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const mailbox = await client.mailboxOpen(place.folder, { readOnly: true });
    const uidValidity = String(mailbox.uidValidity);
    const known: ImapCursor | null = cursor === null ? null : JSON.parse(cursor);
    const lastUid = known?.uidValidity === uidValidity ? known.lastUid : 0;
    const uids = await findUids(client, lastUid);
    let done = 0;
    yield { type: 'progress', done, total: uids.length, unit: 'mails' };
    for (let at = 0; at < uids.length; at += sizesAtOnce) {
      const sized = await readSizes(client, uids.slice(at, at + sizesAtOnce));
      for (const block of toBlocks(sized)) {
        for (const event of await readBlock(client, block, { list, uidValidity })) {
          if (signal?.aborted) return;
          yield event;
        }
        done += block.length;
        yield { type: 'progress', done, total: uids.length, unit: 'mails' };
      }
    }
    await client.logout();
  } catch (cause) {
    if (signal?.aborted) return;
    throw cause instanceof SourceError ? cause : imapFailed(place, cause);
  } finally {
    signal?.removeEventListener('abort', stop);
    client.close();
  }
}

interface SizedMail {
  readonly uid: number;
  readonly sizeBytes: number;
}

/**
 * UIDs behind `lastUid`, in order. `n:*` also gives the last mail where it lies before n (RFC 3501 6.4.8).
 */
async function findUids(client: ImapFlow, lastUid: number): Promise<number[]> {
  const found = await client.search({ uid: `${lastUid + 1}:*` }, { uid: true });
  return (found || []).filter((uid) => uid > lastUid).sort((a, b) => a - b);
}

async function readSizes(client: ImapFlow, uids: readonly number[]): Promise<SizedMail[]> {
  const mails = await client.fetchAll([...uids], { uid: true, size: true }, { uid: true });
  return mails.map(({ uid, size }) => ({ uid, sizeBytes: size ?? 0 })).sort((a, b) => a.uid - b.uid);
}

function toBlocks(mails: readonly SizedMail[]): SizedMail[][] {
  const blocks: SizedMail[][] = [];
  let block: SizedMail[] = [];
  let bytes = 0;
  for (const mail of mails) {
    if (block.length > 0 && (block.length >= blockMails || bytes + mail.sizeBytes > blockBytes)) {
      blocks.push(block);
      block = [];
      bytes = 0;
    }
    block.push(mail);
    bytes += mail.sizeBytes;
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}

async function readBlock(
  client: ImapFlow,
  block: readonly SizedMail[],
  { list, uidValidity }: { readonly list: string; readonly uidValidity: string },
): Promise<SourceEvent[]> {
  const fitting = block.filter((mail) => mail.sizeBytes <= limits.mailBytes).map((mail) => mail.uid);
  const query = { uid: true, source: true, internalDate: true };
  const fetched = fitting.length > 0 ? await client.fetchAll(fitting, query, { uid: true }) : [];
  const byUid = new Map(fetched.map((mail) => [mail.uid, mail]));
  const events: SourceEvent[] = [];
  for (const { uid, sizeBytes } of block) {
    const place = `UID ${uid}`;
    const mail = byUid.get(uid);
    if (sizeBytes > limits.mailBytes) {
      events.push({ type: 'trouble', place, code: 'mail-long', detail: `${sizeBytes} bytes` });
    } else if (mail?.source) {
      const cursor: ImapCursor = { uidValidity, lastUid: uid };
      const arrivedMs = mail.internalDate ? new Date(mail.internalDate).getTime() : undefined;
      const raw = { raw: mail.source, list, place, ...(arrivedMs === undefined ? {} : { arrivedMs }) };
      events.push({ type: 'mail', mail: raw, cursor: JSON.stringify(cursor) });
    }
    // Else another client deleted it between the two commands.
  }
  return events;
}
