/**
 * Sniff: what kind of mail file some bytes are, told by content and never by the file's name.
 *
 * In: the start of a (decompressed) file. Out: `mbox`, `mail`, `archive-text` or `unknown`.
 * A file of `Name: value` lines may be anything, so a mail must show two headers that only mail has.
 */
import { readArchiveText } from './archive-text.ts';
import { isSeparatorAt } from './mbox-separator.ts';

export type ContentKind = 'mbox' | 'mail' | 'archive-text' | 'unknown';

/**
 * How much of a file must be given: real mails have their first From or Date behind up to 20 kB of DKIM
 * lines.
 */
export const sniffBytes = 64 * 1024;

const mailHeaders = new Set([
  'from',
  'to',
  'cc',
  'date',
  'subject',
  'message-id',
  'received',
  'return-path',
  'delivered-to',
  'mime-version',
  'references',
  'in-reply-to',
  'dkim-signature',
  'list-id',
]);

/** Tells what the file is that starts with `start`. */
export function sniffContent(start: Uint8Array): ContentKind {
  const bytes = Buffer.from(start.buffer, start.byteOffset, Math.min(start.byteLength, sniffBytes));
  if (isSeparatorAt(bytes, 0, true) === 'yes') return 'mbox';
  const text = bytes.toString('latin1').replaceAll('\r\n', '\n');
  if (hasMailHeaders(text)) return 'mail';
  return readArchiveText(bytes.toString('utf8')) ? 'archive-text' : 'unknown';
}

/** True if the lines before the first blank one are headers, two of them known ones. */
function hasMailHeaders(text: string): boolean {
  const known = new Set<string>();
  for (const line of text.split('\n')) {
    if (line === '') break;
    if (line.startsWith(' ') || line.startsWith('\t')) continue;
    const colon = line.indexOf(':');
    if (colon <= 0 || /[^!-~]/.test(line.slice(0, colon).trimEnd())) return false;
    const name = line.slice(0, colon).trimEnd().toLowerCase();
    if (mailHeaders.has(name)) known.add(name);
    if (known.size >= 2) return true;
  }
  return false;
}
