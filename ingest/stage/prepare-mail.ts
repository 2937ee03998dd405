/**
 * Prepare mail: one raw mail as the store keeps it: parsed, read as a posting, with its keys and index text.
 *
 * Packed for another thread it holds no text but the index's, and no buffer larger than its bytes: what is posted
 * between threads is copied.
 */
import { createHash } from 'node:crypto';
import { linkKeys } from '../link/keys.ts';
import { parseMessage } from '../mail/mime.ts';
import type { Message, MessageHead, RawMail } from '../model/message.ts';
import { senderOf } from '../patch/identity.ts';
import { patchName } from '../patch/patch-name.ts';
import { patchworkHashOf } from '../patch/patchwork-hash.ts';
import { readPlacedPosting } from '../patch/posting.ts';
import { searchText } from '../search/search-text.ts';
import { packPosting } from '../store/posting-pack.ts';
import type { MailToStore } from '../store/store.ts';

/** A mail as the store keeps it, without its raw bytes. */
export type PreparedMail = Omit<MailToStore, 'mail'>;

/** Never throws for what a stranger wrote. */
export async function prepareMail(given: RawMail): Promise<MailToStore> {
  const parsed = await parseMessage(given.raw);
  const mail = { ...given, list: listName(parsed) || given.list };
  const placed = readPlacedPosting(parsed);
  const search = searchText(parsed);
  // Who wrote it stands in lists and has a page, not the list that put itself before him.
  const message = { ...parsed, from: senderOf(parsed) };
  if (!placed) return { message, mail, posting: null, linkKeys: [], search };
  const { posting, lines, diff } = placed;
  return {
    message,
    mail,
    posting,
    linkKeys: linkKeys(posting),
    search,
    patchName: patchName(message.subject, mail.list ?? '').name,
    patchHash: patchworkHashOf(lines, diff),
  };
}

/** The same with all work done that needs no store. */
export async function prepareWhole(given: RawMail): Promise<MailToStore> {
  const { message, posting, linkKeys, ...rest } = await prepareMail(given);
  return {
    ...rest,
    message: headOf(message),
    sha256: new Uint8Array(createHash('sha256').update(given.raw).digest()),
    posting: posting && packPosting(posting, linkKeys),
    linkKeys: [],
  };
}

function headOf(message: MessageHead): MessageHead {
  return {
    messageId: message.messageId,
    subject: message.subject,
    from: message.from,
    dateMs: message.dateMs,
    receivedMs: message.receivedMs,
    sortMs: message.sortMs,
    inReplyTo: message.inReplyTo,
    references: message.references,
    listIds: message.listIds,
    attachments: message.attachments.map(({ text: _text, ...attachment }) => attachment),
    troubles: message.troubles,
  };
}

/** The first label of List-Id, `linux-api`: it tells the list better than the file that the mail stood in. */
function listName(message: Message): string {
  return message.listIds[0]?.split('.')[0] ?? '';
}
