/**
 * One message and its thread: page, raw, attachment, thread pages, t.mbox.gz, t.atom.
 */
import type { Context } from 'hono';
import { readContentType } from '../../../ingest/mail/content-type.ts';
import { indexHeaders, parseHeaders } from '../../../ingest/mail/headers.ts';
import { readParts } from '../../../ingest/mail/parts.ts';
import type { MessageEntry } from '../../../ingest/store/store.ts';
import { escapeHtml } from '../../present/archive/html.ts';
import { outlineHtml } from '../../present/archive/lists.ts';
import { type ArchiveMail, mailHtml, replyHtml, threadMailHtml } from '../../present/archive/mail.ts';
import { mboxrdEntry, subjectFileName } from '../../present/archive/mboxrd.ts';
import { presentThreadNodes } from '../../present/thread.ts';
import { anchorOf, escapeId } from '../../urls.ts';
import { gzipAnswer, gzipStream, htmlAnswer, notFoundAnswer, textAnswer } from './answers.ts';
import { messageFeed } from './feeds.ts';
import { findOnShelf, type Shelf, threadOnShelf } from './shelf.ts';
import { answerUnknown } from './unknown.ts';

/** Mails of a thread that are packed in one go; longer threads are streamed. */
const packedMost = 200;
const packedBytes = 4 * 1024 * 1024;
const copiesAtOnce = 50;

/** `form` is what stands behind the id in the address. */
export async function answerMail(c: Context, shelf: Shelf, id: string, form: string): Promise<Response> {
  const entry = await findOnShelf(shelf, id);
  if (!entry) return answerUnknown(c, shelf, id, form);
  switch (form) {
    case '':
      return messagePage(c, shelf, entry);
    case 'raw':
      return rawMail(c, shelf, entry);
    case 't/':
    case 'T/':
      return threadPage(c, shelf, entry, form === 't/');
    case 't.mbox.gz': {
      const thread = await threadOnShelf(shelf, entry);
      return mboxAnswer(c, shelf, subjectFileName(entry.subject), thread);
    }
    case 't.atom':
      return messageFeed(c, shelf, {
        title: entry.subject,
        href: `${shelf.base}${escapeId(id)}/T/`,
        entries: await threadOnShelf(shelf, entry),
      });
    default:
      return attachment(c, shelf, entry, form);
  }
}

async function messagePage(c: Context, shelf: Shelf, entry: MessageEntry): Promise<Response> {
  const [mails, thread] = await Promise.all([readMails(shelf, [entry]), threadOnShelf(shelf, entry)]);
  const mail = mails[0];
  if (!mail) return notFoundAnswer(c);
  const outline = outlineHtml(presentThreadNodes(thread), (id) => `../${escapeId(id)}/`, entry.messageId);
  const parts = mail.message.attachments.length > 0 ? await partsOf(shelf, entry) : [];
  return htmlAnswer(
    c,
    frameOf(entry),
    `<h1>${escapeHtml(entry.subject || '(no subject)')}</h1>
${mailHtml(mail, '../', parts.slice(1))}<h2 id="r">Thread</h2>
<p><a href="T/#u">flat</a> / <a href="t/#u">nested</a> / <a href="t.mbox.gz">mbox.gz</a> / <a href="t.atom">Atom</a></p>
${outline}${replyHtml(mail)}`,
  );
}

async function threadPage(
  c: Context,
  shelf: Shelf,
  entry: MessageEntry,
  isNested: boolean,
): Promise<Response> {
  const thread = await threadOnShelf(shelf, entry);
  const nodes = presentThreadNodes(thread);
  const held = new Map(thread.map((one) => [one.messageId, one]));
  const order = isNested ? nodes.flatMap(({ messageId }) => held.get(messageId) ?? []) : thread;
  const mails = await readMails(shelf, order);
  const outline = outlineHtml(nodes, (id) => `#${anchorOf(id)}`, '');
  return htmlAnswer(
    c,
    { ...frameOf(entry), listHref: '../../', feed: '../t.atom' },
    `<h1 id="t">${escapeHtml(entry.subject || '(no subject)')}</h1>
<p><a href="../">message</a> / <a href="../${isNested ? 'T' : 't'}/#u">${isNested ? 'flat' : 'nested'}</a> / <a href="../t.mbox.gz">mbox.gz</a> / <a href="../t.atom">Atom</a></p>
${mails.map((mail) => threadMailHtml(mail, '../../', mail.entry === entry || mail.entry.messageId === entry.messageId)).join('')}<h2 id="r">Thread</h2>
${outline}`,
  );
}

function frameOf(entry: MessageEntry) {
  return { title: entry.subject || '(no subject)', feed: 't.atom', listHref: '../' };
}

async function rawMail(c: Context, shelf: Shelf, entry: MessageEntry): Promise<Response> {
  const copies = await copiesOf(shelf, entry);
  const [first] = copies;
  if (!first) return notFoundAnswer(c);
  const { charset } = readContentType(indexHeaders(parseHeaders(first).headers));
  c.header('Content-Disposition', `inline; filename=${subjectFileName(entry.subject)}.txt`);
  const bytes = copies.length === 1 ? mboxrdEntry(first) : Buffer.concat(copies.map(mboxrdEntry));
  return textAnswer(c, new Uint8Array(bytes), 200, /^[\w.:-]{1,40}$/.test(charset) ? charset : 'UTF-8');
}

/** A part as it was sent, never as something that a browser would run. */
async function attachment(c: Context, shelf: Shelf, entry: MessageEntry, form: string): Promise<Response> {
  const place = form.slice(0, form.indexOf('-'));
  const part = (await partsOf(shelf, entry)).find((one) => one.place === place);
  if (!part) return notFoundAnswer(c);
  const isText = part.contentType.startsWith('text/') || /\.(?:patch|diff|txt|c|h|log)$/i.test(part.filename);
  c.header('Content-Type', isText ? 'text/plain; charset=UTF-8' : 'application/octet-stream');
  c.header('Content-Disposition', isText ? 'inline' : 'attachment');
  c.header('Cache-Control', 'private, no-cache');
  return c.body(new Uint8Array(part.bytes));
}

async function partsOf(shelf: Shelf, entry: MessageEntry) {
  const [raw] = await copiesOf(shelf, entry);
  return raw ? readParts(raw).map((part) => ({ ...part, sizeBytes: part.bytes.byteLength })) : [];
}

async function copiesOf({ parts, list }: Shelf, { messageId }: MessageEntry): Promise<readonly Uint8Array[]> {
  return (await parts.store.getCopies([messageId], list === null ? null : [list])).get(messageId) ?? [];
}

/** Mails of these entries, in their order, with their text. */
export async function readMails({ parts }: Shelf, entries: readonly MessageEntry[]): Promise<ArchiveMail[]> {
  const messages = await parts.mails.read(entries.map(({ messageId }) => messageId));
  return entries.flatMap((entry) => {
    const message = messages.get(entry.messageId);
    return message ? [{ entry, message }] : [];
  });
}

/** The entries as a gzipped mbox. */
export function mboxAnswer(
  c: Context,
  shelf: Shelf,
  filename: string,
  entries: readonly MessageEntry[],
): Promise<Response> | Response {
  const bytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (entries.length > packedMost || bytes > packedBytes) {
    return gzipStream(c, filename, mboxPieces(shelf, [entries]));
  }
  return packedMbox(c, shelf, filename, entries);
}

async function packedMbox(c: Context, shelf: Shelf, filename: string, entries: readonly MessageEntry[]) {
  return gzipAnswer(c, filename, await mboxOf(shelf, entries));
}

/** Some mails at a time, so that a long answer neither fills memory nor holds up others. */
export async function* mboxPieces(
  shelf: Shelf,
  batches: Iterable<readonly MessageEntry[]> | AsyncIterable<readonly MessageEntry[]>,
): AsyncGenerator<Buffer> {
  for await (const entries of batches) {
    for (let at = 0; at < entries.length; at += copiesAtOnce) {
      yield await mboxOf(shelf, entries.slice(at, at + copiesAtOnce));
    }
  }
}

async function mboxOf({ parts, list }: Shelf, entries: readonly MessageEntry[]): Promise<Buffer> {
  const ids = entries.map(({ messageId }) => messageId);
  const copies = await parts.store.getCopies(ids, list === null ? null : [list]);
  return Buffer.concat(ids.flatMap((id) => (copies.get(id) ?? []).map(mboxrdEntry)));
}
