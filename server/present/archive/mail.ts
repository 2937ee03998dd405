/**
 * Mail of the archive: one message as HTML, as it stands on its own page and in its thread.
 *
 * Tools read these pages, too: `Message-ID: <…> (raw)` and the lines of `git send-email` stand as public-inbox writes
 * them (patch-hub cuts the latter out).
 */
import type { Address, Message } from '../../../ingest/model/message.ts';
import { stripEnd } from '../../../ingest/model/strip-end.ts';
import type { MessageEntry } from '../../../ingest/store/store.ts';
import { anchorOf, escapeId } from '../../urls.ts';
import { timeText } from '../text.ts';
import { escapeHtml, linkedText } from './html.ts';

export interface ArchiveMail {
  readonly entry: MessageEntry;
  readonly message: Message;
}

/** A part that is not the body, by its place among all parts. */
export interface ArchivePart {
  readonly place: string;
  readonly filename: string;
  readonly contentType: string;
  readonly sizeBytes: number;
}

/** Headers and text. `root` is the way from the page to its list: `../` or `../../`. */
export function mailHtml(
  { entry, message }: ArchiveMail,
  root: string,
  parts: readonly ArchivePart[],
): string {
  const self = `${root}${escapeId(entry.messageId)}/`;
  const lines = [
    `From: ${escapeHtml(addressText(message.from))}`,
    ...addressLines('To', message.to),
    ...addressLines('Cc', message.cc),
    `Subject: <a href="${escapeHtml(self)}">${escapeHtml(message.subject || '(no subject)')}</a>`,
    `Date: ${escapeHtml(timeText(entry.sortMs))} UTC`,
    `Message-ID: &lt;${escapeHtml(entry.messageId)}&gt; (<a href="${escapeHtml(self)}raw">raw</a>)`,
    ...(entry.parent === null
      ? []
      : [
          `In-Reply-To: &lt;<a href="${escapeHtml(`${root}${escapeId(entry.parent)}/`)}">${escapeHtml(entry.parent)}</a>&gt;`,
        ]),
    ...parts.map((part) => partLine(part, self)),
  ];
  return `<pre>${lines.join('\n')}\n\n${bodyHtml(message.body)}</pre>\n`;
}

/** A mail in its thread, with its own anchor. */
export function threadMailHtml(mail: ArchiveMail, root: string, isAsked: boolean): string {
  const id = anchorOf(mail.entry.messageId);
  const asked = isAsked ? '<span id="u"></span>' : '';
  return `<article id="${id}">${asked}${mailHtml(mail, root, [])}</article>\n<hr>\n`;
}

/** How to answer, with the lines that `git send-email` takes. */
export function replyHtml({ entry, message }: ArchiveMail): string {
  const to = message.replyTo[0] ?? message.from;
  const others = [message.from, ...message.to, ...message.cc].filter(({ address }) => address !== to.address);
  const copies = [...new Set(others.map(({ address }) => address))].filter(Boolean);
  const options = [
    `--in-reply-to=${entry.messageId}`,
    `--to=${to.address}`,
    ...copies.map((address) => `--cc=${address}`),
  ];
  const shown = options.map((option) => `    ${escapeHtml(quoted(option))} \\`).join('\n');
  return `<h2 id="R">Reply instructions</h2>
<pre>Save the mail (<a href="raw">mbox</a>), open it in your mail program and reply to all,
or give these to git-send-email(1):

  git send-email \\
${shown}
    /path/to/YOUR_REPLY
</pre>
`;
}

/** Quoted lines in a span of their own, the rest as text with links. */
function bodyHtml(body: string): string {
  return linkedText(stripEnd(body, '\n'));
}

function addressLines(name: string, addresses: readonly Address[]): string[] {
  return addresses.length === 0 ? [] : [`${name}: ${escapeHtml(addresses.map(addressText).join(', '))}`];
}

function addressText({ name, address }: Address): string {
  return name === '' ? address : `${name} <${address}>`;
}

function partLine({ place, filename, contentType, sizeBytes }: ArchivePart, self: string): string {
  const name = attachmentName(filename);
  return `[-- <a href="${escapeHtml(`${self}${place}-${name}`)}">Attachment ${place}: ${escapeHtml(filename || name)}</a> -- ${escapeHtml(contentType)}, ${sizeBytes} bytes --]`;
}

/** A file name that an address can hold. */
export function attachmentName(filename: string): string {
  return (
    filename
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[.-]+/, '')
      .slice(0, 100) || 'part.bin'
  );
}

/** As a shell takes it. */
function quoted(option: string): string {
  return /^[\w@%+=:,./-]+$/.test(option) ? option : `'${option.replaceAll("'", "'\\''")}'`;
}
