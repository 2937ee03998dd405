/**
 * Mbox: patches as Patchwork gives them to `git am`: decoded, with the trailers that were given in comments.
 *
 * Lines that begin with `From ` are not escaped, as on Patchwork: its clients do not undo that.
 */
import type { Message } from '../../ingest/model/message.ts';
import { stripEnd } from '../../ingest/model/strip-end.ts';
import type { PatchRow } from '../../ingest/store/tracker.ts';
import type { Account } from '../rights/asker.ts';
import { splitPatch } from './patch-shape.ts';
import { ctime } from './words.ts';

export interface MboxMail {
  readonly row: Pick<PatchRow, 'number' | 'submitter' | 'sentMs'>;
  readonly message: Message;
  readonly delegate: Account | null;
  /** Bodies of its comments, oldest first. */
  readonly comments: readonly string[];
}

/** Several messages are joined by one more newline. */
export function mboxText(mails: readonly MboxMail[]): string {
  return mails.map(mailText).join('\n');
}

const trailer = /^(?:Tested|Reviewed|Acked|Signed-off|Nacked|Reported)-by:.*$/gim;
const dropped = new Set(['content-type', 'content-transfer-encoding', 'mime-version']);

function mailText({ row, message, delegate, comments }: MboxMail): string {
  const body = bodyText(
    message,
    comments.flatMap((text) => text.match(trailer) ?? []),
  );
  const isAscii = /^[\0-\x7f]*$/.test(body);
  const { name, address } = row.submitter;
  const submitter = oneLine(name ? `${name} <${address}>` : address);
  // A list that put itself before the sender; `git am` would make it the author.
  const isMunged = message.from.address !== '' && message.from.address !== address;
  const dateHeader = message.headers.some((header) => header.name.toLowerCase() === 'date');
  const headers = [
    `From patchwork ${ctime(row.sentMs)}`,
    'Content-Type: text/plain; charset="utf-8"',
    'MIME-Version: 1.0',
    `Content-Transfer-Encoding: ${isAscii ? '7bit' : '8bit'}`,
    `X-Patchwork-Submitter: ${submitter}`,
    `X-Patchwork-Id: ${row.number}`,
    ...(delegate ? [`X-Patchwork-Delegate: ${delegate.addresses[0] ?? delegate.name}`] : []),
    ...message.headers
      .filter((header) => !dropped.has(header.name.toLowerCase()))
      .flatMap((header) => {
        const value = rawValue(header.value);
        if (!isMunged || header.name.toLowerCase() !== 'from') return `${header.name}: ${value}`;
        return [`X-Patchwork-Original-From: ${value}`, `From: ${submitter}`];
      }),
    ...(dateHeader ? [] : [`Date: ${new Date(row.sentMs).toUTCString().replace('GMT', '+0000')}`]),
  ];
  return `${headers.join('\n')}\n\n${body}`;
}

/** The message up to the first `---`, the trailers, the rest, a blank line, the diff. */
function bodyText(message: Message, trailers: readonly string[]): string {
  const { content, diff } = splitPatch(message);
  const lines = content.split('\n');
  const at = lines.indexOf('---');
  const [text, rest] = at < 0 ? [lines, []] : [lines.slice(0, at), lines.slice(at)];
  const given = trailers.map((line) => line.replace(/\r$/, '').trimEnd());
  const parts = [[...text.join('\n').trimEnd().split('\n'), ...given, ...rest].join('\n').trimEnd()];
  return `${[...parts, ...(diff === null ? [] : [stripEnd(diff, '\n')])].join('\n\n')}\n`;
}

function rawValue(value: string): string {
  const text = Buffer.from(value, 'latin1').toString('utf8').replace(/\r/g, '');
  return stripEnd(text, '\n')
    .replace(/\n(?![ \t])/g, '\n ')
    .trimStart();
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
