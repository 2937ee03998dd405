/**
 * IMAP source: one folder of a mail server, read and never changed.
 *
 * In: `imap(s)://user@host[:port]/folder`. Out: its mails by UID; cursor is UIDVALIDITY and the last UID.
 * A changed UIDVALIDITY means that all UIDs are new, so the folder is read again. UIDs are collected first,
 * because imapflow waits for ever when a command is given within a running fetch. The connection: ./imap-open.ts
 */
import type { MailboxObject } from 'imapflow';
import { PatchtrailError, SourceError } from '../model/errors.ts';
import { findFolders, isPattern } from './imap-folders.ts';
import { type ImapOptions, type ImapPlace, imapFailed, parseImapUrl, tooSlow } from './imap-login.ts';
import { type FolderReading, OpenFolder } from './imap-open.ts';
import { watchFolder } from './imap-watch.ts';
import type { Cursor, Source, SourceEvent } from './source.ts';

interface ImapCursor {
  readonly uidValidity: string;
  readonly lastUid: number;
}

/** Mails asked for by one command. */
const spanMails = 1000;
const progressStep = 100;
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

async function* readFolder(reading: FolderReading): AsyncGenerator<SourceEvent> {
  const { place, cursor, signal, range } = reading;
  const folder = new OpenFolder(reading);
  const stop = () => folder.close();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const mailbox = await folder.open();
    const uidValidity = String(mailbox.uidValidity);
    const known: ImapCursor | null = cursor === null ? null : JSON.parse(cursor);
    const lastUid = known?.uidValidity === uidValidity ? known.lastUid : 0;
    const uids = hasNews(mailbox, lastUid) ? await folder.findUids(lastUid, range) : [];
    const total = uids.length;
    let done = 0;
    yield { type: 'progress', done, total, unit: 'mails' };
    for (let at = 0; at < total; at += spanMails) {
      for await (const event of readSpan(folder, uids.slice(at, at + spanMails), uidValidity)) {
        if (signal?.aborted) return;
        yield event;
        if (++done % progressStep === 0) yield { type: 'progress', done, total, unit: 'mails' };
      }
      // Mails that are gone, and what else was no mail.
      done = Math.min(at + spanMails, total);
      yield { type: 'progress', done, total, unit: 'mails' };
    }
    await folder.end();
  } catch (cause) {
    if (signal?.aborted) return;
    throw cause instanceof PatchtrailError ? cause : imapFailed(place, folder.isSlow ? tooSlow : cause);
  } finally {
    signal?.removeEventListener('abort', stop);
    folder.close();
  }
}

/** A server that says which UID comes next need not search a folder that did not change. */
function hasNews(mailbox: MailboxObject, lastUid: number): boolean {
  return !mailbox.uidNext || mailbox.uidNext > lastUid + 1;
}

/**
 * The mails of a span. A run goes on behind the last UID up to which all came: a server may answer in any order. At the
 * end all did, but for mail that another client deleted.
 */
async function* readSpan(
  folder: OpenFolder,
  uids: readonly number[],
  uidValidity: string,
): AsyncGenerator<SourceEvent> {
  const came = new Set<number>();
  let at = 0;
  const cursorBehind = (lastUid: number): Cursor =>
    JSON.stringify({ uidValidity, lastUid } satisfies ImapCursor);
  for await (const mail of folder.readMails(uids)) {
    const place = `UID ${mail.uid}`;
    came.add(mail.uid);
    if ('sizeBytes' in mail) {
      yield { type: 'trouble', place, code: 'mail-long', detail: `${mail.sizeBytes} bytes` };
      continue;
    }
    const before = at;
    while (came.has(uids[at] ?? 0)) at++;
    const cursor = at > before ? cursorBehind(uids[at - 1] ?? 0) : null;
    const { raw, arrivedMs } = mail;
    const { list } = folder.reading;
    yield {
      type: 'mail',
      mail: { raw, list, place, ...(arrivedMs === undefined ? {} : { arrivedMs }) },
      cursor,
    };
  }
  const last = uids.at(-1);
  if (last !== undefined) yield { type: 'passed', cursor: cursorBehind(last) };
}
