/**
 * Parts: every part of a mail by its place, with its decoded bytes. For those who want an attachment as it was sent;
 * what a mail says is ./mime.ts.
 */
import { findLeaves } from './mime-tree.ts';
import { openMail } from './plain.ts';
import { decodeTransfer } from './transfer.ts';

export interface MailPart {
  /** `1`, `2.1`: as public-inbox counts. */
  readonly place: string;
  readonly filename: string;
  readonly contentType: string;
  readonly charset: string;
  readonly bytes: Uint8Array;
}

/** All parts that hold something, in order. */
export function readParts(raw: Uint8Array): MailPart[] {
  const mail = openMail(raw);
  return findLeaves(mail.content, mail.bodyBytes, []).map(({ content, bytes, place }) => ({
    place,
    filename: content.filename,
    contentType: content.type,
    charset: content.charset,
    bytes: decodeTransfer(bytes, content.encoding),
  }));
}
