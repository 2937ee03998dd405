/**
 * Mail file: one file that holds one mail, read and told by its content.
 *
 * In: a path. Out: the mail, or why there is none. Archive text becomes a mail here, so that whoever reads
 * files one by one (./maildir.ts, ./eml.ts) need not know about it.
 */
import { PatchtrailError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { makeArchiveMail } from './archive-text.ts';
import { readStart } from './file-bytes.ts';
import { sniffBytes, sniffContent } from './sniff.ts';

export type MailFile =
  | { readonly kind: 'mail'; readonly raw: Uint8Array }
  /** Many mails: ./mbox.ts reads it. */
  | { readonly kind: 'mbox' }
  | { readonly kind: 'trouble'; readonly code: string; readonly detail: string };

/** Reads a file; `isMail`: its place says that it is a mail (a maildir), so its content is not asked. */
export async function readMailFile(path: string, isMail = false): Promise<MailFile> {
  try {
    // Told by its start first: what is no mail may be of any size.
    const kind = isMail ? 'mail' : sniffContent(await readStart(path, sniffBytes));
    if (kind === 'mbox') return { kind };
    if (kind === 'unknown') return { kind: 'trouble', code: 'not-mail', detail: 'no mail headers' };
    return fromBytes(await readStart(path, limits.mailBytes + 1), kind);
  } catch (cause) {
    if (!(cause instanceof PatchtrailError)) throw cause;
    return { kind: 'trouble', code: 'file-unreadable', detail: cause.message };
  }
}

function fromBytes(bytes: Buffer, kind: 'mail' | 'archive-text'): MailFile {
  if (bytes.length > limits.mailBytes) {
    return { kind: 'trouble', code: 'mail-long', detail: `longer than ${limits.mailBytes} bytes` };
  }
  if (bytes.length === 0) return { kind: 'trouble', code: 'mail-empty', detail: 'no bytes' };
  if (kind === 'mail') return { kind, raw: bytes };
  const made = makeArchiveMail(bytes.toString('utf8'));
  return made
    ? { kind: 'mail', raw: made }
    : { kind: 'trouble', code: 'not-mail', detail: 'no archive text' };
}
