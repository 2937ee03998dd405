/**
 * IMAP source: one folder of a mail server, read and never changed.
 *
 * In: `imap(s)://user@host[:port]/folder`. Out: its mails by UID; cursor is UIDVALIDITY and the last UID.
 * A changed UIDVALIDITY means that all UIDs are new, so the folder is read again. UIDs are collected first and mails
 * fetched in blocks, because imapflow waits for ever when a command is given within a running fetch. Waiting for
 * new mail (IDLE) is for whoever watches: it can use connectImap. The password comes from the environment or from
 * a command, never from the URL.
 */
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { ImapFlow } from 'imapflow';
import { SourceError, UsageError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import type { Cursor, Source, SourceEvent } from './source.ts';

export interface ImapPlace {
  readonly host: string;
  readonly port: number;
  /** True for imaps: TLS from the first byte. Else STARTTLS, except to this machine itself (a tunnel, a bridge). */
  readonly isSecure: boolean;
  readonly user: string;
  readonly folder: string;
}

export interface ImapOptions {
  /** Command whose first line of output is the password; else PATCHTRAIL_IMAP_PASSWORD is. */
  readonly passwordCommand?: string;
}

interface ImapCursor {
  readonly uidValidity: string;
  readonly lastUid: number;
}

/** Mails of one block: bounds memory together with blockBytes. */
const blockMails = 100;
const blockBytes = limits.batchBytes;
const sizesAtOnce = 2000;
const socketTimeoutMs = 120_000;

/** Takes an IMAP URL apart. @throws UsageError for a URL with a password, or without user or folder. */
export function parseImapUrl(spec: string): ImapPlace {
  const url = URL.canParse(spec) ? new URL(spec) : undefined;
  if (url?.password) {
    throw new UsageError('An IMAP URL must not hold a password', {
      remedy: 'Put it into PATCHTRAIL_IMAP_PASSWORD or give a password command.',
    });
  }
  const user = decodePart(url?.username);
  const folder = decodePart(url?.pathname.slice(1));
  if (!url?.hostname || !user || !folder) {
    throw new UsageError('The IMAP source is incomplete', { remedy: 'Write imaps://user@host/folder.' });
  }
  const isSecure = url.protocol === 'imaps:';
  const port = url.port ? Number(url.port) : isSecure ? 993 : 143;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { host, port, isSecure, user, folder };
}

/** Undoes `%40`; empty for what is missing or no such code. */
function decodePart(part = ''): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone `%`: the caller says what a source must look like.
    return '';
  }
}

/** A source for an IMAP folder. */
export function openImap(spec: string, list: string, options: ImapOptions = {}): Source {
  const place = parseImapUrl(spec);
  const scheme = place.isSecure ? 'imaps' : 'imap';
  return {
    kind: 'imap',
    location: `${scheme}://${encodeURIComponent(place.user)}@${new URL(spec).host}/${encodeURI(place.folder)}`,
    list,
    read: (cursor, signal) => readFolder({ place, list, options, cursor, signal }),
  };
}

/** Connects and logs in. The caller ends it with `logout` or `close`. @throws SourceError */
export async function connectImap(place: ImapPlace, options: ImapOptions = {}): Promise<ImapFlow> {
  const pass = await readPassword(options);
  const isHere = place.host === 'localhost' || place.host === '::1' || place.host.startsWith('127.');
  const client = new ImapFlow({
    host: place.host,
    port: place.port,
    secure: place.isSecure,
    doSTARTTLS: !place.isSecure && !isHere,
    auth: { user: place.user, pass },
    logger: false,
    disableAutoIdle: true,
    socketTimeout: socketTimeoutMs,
    maxLiteralSize: limits.mailBytes,
    maxResponseSize: limits.mailBytes * 2,
  });
  // Errors outside of a command arrive as events; the next command fails with them.
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (cause) {
    client.close();
    throw imapFailed(place, cause);
  }
  return client;
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

/** UIDs behind `lastUid`, in order. `n:*` also gives the last mail where it lies before n (RFC 3501 6.4.8). */
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

async function readPassword({ passwordCommand }: ImapOptions): Promise<string> {
  if (passwordCommand === undefined) {
    const password = process.env.PATCHTRAIL_IMAP_PASSWORD;
    if (password) return password;
    throw new UsageError('No password for the IMAP source', {
      remedy: 'Set PATCHTRAIL_IMAP_PASSWORD or a password command.',
    });
  }
  try {
    const { stdout } = await promisify(exec)(passwordCommand);
    return stdout.split('\n')[0] ?? '';
  } catch {
    // The command's own words may hold the secret, so they are not repeated.
    throw new SourceError('source-unreadable', 'The password command failed', {
      remedy: 'Run it by hand: its first line of output must be the password.',
    });
  }
}

function imapFailed(place: ImapPlace, cause: unknown): SourceError {
  const isDenied = cause instanceof Error && 'authenticationFailed' in cause;
  const text = cause instanceof Error && 'responseText' in cause ? String(cause.responseText) : String(cause);
  return new SourceError(
    'source-unreadable',
    isDenied ? 'The server refused the login' : `IMAP failed (${text})`,
    {
      subject: `${place.user}@${place.host}/${place.folder}`,
      remedy: isDenied ? 'Check user and password.' : 'Check host, port and folder; then try again.',
      isRetryable: !isDenied,
      cause,
    },
  );
}
