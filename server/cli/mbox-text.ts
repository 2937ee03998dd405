/**
 * Mbox text: patches as mails that `git am` takes, with trailers put where the commit message ends.
 *
 * In: messages as decoded text. Out: one mbox in UTF-8. Written anew and not as received: a trailer cannot be put into
 * base64, and what breaks `git am` (an attached patch, quoted-printable) is gone. As received: `/raw/ID` of the server.
 */
import { stripEnd } from '../../ingest/model/strip-end.ts';
import type { MessageDetail } from '../wire.ts';

export interface PatchToApply {
  readonly message: MessageDetail;
  /** Given in replies; those that the patch has already are left out. */
  readonly trailers: readonly { readonly name: string; readonly value: string }[];
}

export function mboxOf(patches: readonly PatchToApply[]): string {
  return patches.map(({ message, trailers }) => mailOf(message, trailers)).join('');
}

function mailOf(message: MessageDetail, trailers: PatchToApply['trailers']): string {
  const date = message.headers.find(({ name }) => name.toLowerCase() === 'date')?.value ?? '';
  const attached =
    message.diff === null ? message.attachments.map((part) => part.text ?? '').filter(Boolean) : [];
  const body = [...message.body, ...attached.flatMap((text) => text.split('\n'))];
  const lines = [
    'From mboxrd@z Thu Jan  1 00:00:00 1970',
    `From: ${oneLine(message.from.name)} <${oneLine(message.from.address)}>`,
    `Subject: ${oneLine(message.subject)}`,
    `Date: ${oneLine(date)}`,
    `Message-ID: <${oneLine(message.messageId)}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...withTrailers(body, trailers).map(escapeSeparator),
  ];
  return `${stripEnd(lines.join('\n'), '\n')}\n\n`;
}

/** The commit message ends at the first `---`, or where the diff begins. */
function withTrailers(body: readonly string[], trailers: PatchToApply['trailers']): string[] {
  const end = body.findIndex(
    (line) => line === '---' || line.startsWith('diff --git ') || line.startsWith('--- a/'),
  );
  if (end < 0) return [...body];
  const held = new Set(body.slice(0, end).map(sameTrailer));
  const fresh = new Map<string, string>();
  for (const { name, value } of trailers) {
    const line = oneLine(`${name}: ${value}`);
    const key = sameTrailer(line);
    if (!held.has(key) && !fresh.has(key)) fresh.set(key, line);
  }
  let last = end;
  while (last > 0 && body[last - 1]?.trim() === '') last--;
  const isTrailer = /^[A-Za-z][\w-]{1,60}: \S/.test(body[last - 1] ?? '');
  const gap = fresh.size === 0 || isTrailer || last === 0 ? [] : [''];
  return [...body.slice(0, last), ...gap, ...fresh.values(), ...body.slice(last)];
}

function sameTrailer(line: string): string {
  return line.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** A header of a stranger must not become two. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Only lines that git takes for the beginning of a mail: it looks for the time in them. */
function escapeSeparator(line: string): string {
  return /^>*From .{1,200}\d\d:\d\d/.test(line) ? `>${line}` : line;
}
