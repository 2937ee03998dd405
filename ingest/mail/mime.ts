/**
 * MIME: a mail of any form, read from its raw bytes.
 *
 * In: raw bytes. Out: the message; whatever is odd in it becomes a trouble, nothing is thrown.
 * The body is made of the text/plain parts by the same code as for plain mails; mailparser is asked only to
 * turn HTML into text where a mail has no other words, which is the one reason why this is asynchronous.
 */
import { simpleParser } from 'mailparser';
import { limits } from '../model/limits.ts';
import type { Attachment, Message, Trouble } from '../model/message.ts';
import { decodeText } from './charset.ts';
import { findLeaves, type Leaf } from './mime-tree.ts';
import { isPlain, type OpenedMail, openMail, readPlain } from './plain.ts';
import { decodeTransfer } from './transfer.ts';

/** Reads any mail. */
export async function parseMessage(raw: Uint8Array): Promise<Message> {
  const mail = openMail(raw);
  return isPlain(mail.content) ? readPlain(mail) : readParts(mail);
}

async function readParts(mail: OpenedMail): Promise<Message> {
  const troubles = [...mail.troubles];
  const leaves = findLeaves(mail.content, mail.bodyBytes, troubles);
  const plain = leaves.filter((leaf) => isPlain(leaf.content));
  const html = leaves.filter((leaf) => leaf.content.type === 'text/html' && !leaf.content.isAttachment);
  const isHtmlOnly = plain.length === 0 && html.length > 0;
  const shown = isHtmlOnly ? html : plain;
  const texts = shown.map((leaf) => readText(leaf, troubles));
  if (isHtmlOnly) troubles.push({ code: 'html-only', detail: '' });
  // The HTML form of words that stand there as plain text is no attachment, nor part of the body.
  const rest = leaves.filter((leaf) => !shown.includes(leaf) && !(leaf.isAlternative && html.includes(leaf)));
  return {
    ...mail.envelope,
    headers: mail.headers,
    body: (isHtmlOnly ? await htmlToText(texts.join('\n'), troubles) : texts.join('\n')).slice(
      0,
      limits.bodyBytes,
    ),
    isFlowed: plain[0]?.content.isFlowed ?? false,
    attachments: rest.map((leaf) => readAttachment(leaf, troubles)),
    troubles,
  };
}

function readText(leaf: Leaf, troubles: Trouble[]): string {
  const { encoding, charset } = leaf.content;
  if (encoding === 'unknown') troubles.push({ code: 'encoding-unknown', detail: leaf.content.type });
  const decoded = decodeText(decodeTransfer(leaf.bytes, encoding), charset);
  troubles.push(...decoded.troubles);
  return decoded.text;
}

function readAttachment(leaf: Leaf, troubles: Trouble[]): Attachment {
  const { type, filename, encoding } = leaf.content;
  const attachment = {
    filename,
    contentType: type,
    sizeBytes: decodeTransfer(leaf.bytes, encoding).length,
  };
  return isPatchLike(type, filename) ? { ...attachment, text: readText(leaf, troubles) } : attachment;
}

function isPatchLike(type: string, filename: string): boolean {
  const isPatchType = /^(?:text|application)\/x-(?:patch|diff)$/.test(type) || type === 'text/diff';
  return isPatchType || /\.(?:patch|diff)$/i.test(filename);
}

/** The text alone goes to mailparser, as a mail of one part: no other part can then reach its answer. */
async function htmlToText(html: string, troubles: Trouble[]): Promise<string> {
  const mail = `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${html}`;
  try {
    const parsed = await simpleParser(Buffer.from(mail), {
      skipTextToHtml: true,
      skipTextLinks: true,
      skipImageLinks: true,
      checksumAlgo: false,
      maxHtmlLengthToParse: limits.bodyBytes,
    });
    if (parsed.textConversionError) {
      troubles.push({ code: 'html-unreadable', detail: parsed.textConversionError.message });
    }
    return parsed.text ?? '';
  } catch (cause) {
    troubles.push({ code: 'html-unreadable', detail: String(cause) });
    return '';
  }
}
