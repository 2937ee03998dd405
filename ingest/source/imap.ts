/**
 * IMAP source: one folder of a mail server, read and never changed.
 *
 * In: `imap(s)://user@host[:port]/folder`. Out: its mails by UID; cursor is UIDVALIDITY and the last UID.
 * A changed UIDVALIDITY means that all UIDs are new, so the folder is read again. UIDs are collected first
 * and mails fetched in blocks, because imapflow waits for ever when a command is given within a running
 * fetch. Connection and password: ./imap-login.ts
 */
import type { ImapFlow, MailboxObject } from 'imapflow';
import { SourceError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { findFolders, isPattern } from './imap-folders.ts';
import { connectImap, type ImapOptions, type ImapPlace, imapFailed, parseImapUrl } from './imap-login.ts';
import { watchFolder } from './imap-watch.ts';
import type { Cursor, DateRange, Source, SourceEvent } from './source.ts';

interface ImapCursor {
  readonly uidValidity: string;
  readonly lastUid: number;
}

/** SEARCH knows days alone, in the server's own zone. */
const dayMs = 86_400_000;
/** Mails of one block: bounds memory together with blockBytes. */
const blockMails = 100;
const blockBytes = limits.batchBytes;
const sizesAtOnce = 2000;
/** Folders of one pattern that get a connection of their own: servers give a user about ten. */
const watchedFolders = 5;

/** A source for an IMAP folder. */
export function openImap(spec: string, list: string, options: ImapOptions = {}): Source {
  return openPlace(parseImapUrl(spec), spec, list, options);
}

/** A source for each folder that `spec` names by a pattern, or for the one that it names. */
export async function openImapFolders(spec: string, list: string, options: ImapOptions): Promise<Source[]> {
  const place = parseImapUrl(spec);
  if (!isPattern(place)) return [openPlace(place, spec, list, options)];
  const folders = await findFolders(place, options);
  if (folders.length === 0) {
    throw new SourceError('source-unknown', 'No folder fits the pattern', {
      subject: place.folder,
      remedy: 'A * stands for any signs; names are told apart by case.',
    });
  }
  return folders.map((folder, at) => {
    const { watch, ...source } = openPlace(folder, spec, list, options);
    return at < watchedFolders && watch ? { ...source, watch } : source;
  });
}

function openPlace(place: ImapPlace, spec: string, list: string, options: ImapOptions): Source {
  const user = encodeURIComponent(place.user);
  const server = `${place.isSecure ? 'imaps' : 'imap'}://${user}@${new URL(spec).host}`;
  return {
    kind: 'imap',
    location: `${server}/${encodeURI(place.folder)}`,
    list,
    read: (cursor, signal, range) => readFolder({ place, list, options, cursor, signal, range }),
    watch: (signal) => watchFolder(place, options, signal),
  };
}

interface FolderReading {
  readonly place: ImapPlace;
  readonly list: string;
  readonly options: ImapOptions;
  readonly cursor: Cursor | null;
  readonly signal: AbortSignal | undefined;
  readonly range: DateRange | undefined;
}

async function* readFolder({
  place,
  list,
  options,
  cursor,
  signal,
  range,
}: FolderReading): AsyncGenerator<SourceEvent> {
  const client = await connectImap(place, options);
  const stop = () => client.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const mailbox = await client.mailboxOpen(place.folder, { readOnly: true });
    const uidValidity = String(mailbox.uidValidity);
    const known: ImapCursor | null = cursor === null ? null : JSON.parse(cursor);
    const lastUid = known?.uidValidity === uidValidity ? known.lastUid : 0;
    const uids = hasNews(mailbox, lastUid) ? await findUids(client, lastUid, range) : [];
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

/** A server that says which UID comes next need not search a folder that did not change. */
function hasNews(mailbox: MailboxObject, lastUid: number): boolean {
  return !mailbox.uidNext || mailbox.uidNext > lastUid + 1;
}

interface SizedMail {
  readonly uid: number;
  readonly sizeBytes: number;
}

/**
 * UIDs behind `lastUid`, in order. `n:*` also gives the last mail where it lies before n (RFC 3501 6.4.8).
 */
async function findUids(client: ImapFlow, lastUid: number, range: DateRange | undefined): Promise<number[]> {
  const { fromMs = null, toMs = null } = range ?? {};
  const query = {
    uid: `${lastUid + 1}:*`,
    ...(fromMs === null ? {} : { since: new Date(fromMs - dayMs) }),
    ...(toMs === null ? {} : { before: new Date(toMs + dayMs) }),
  };
  const found = await client.search(query, { uid: true });
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
