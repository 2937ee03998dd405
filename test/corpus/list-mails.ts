/**
 * The mails of a corpus list, ready to be analysed without a store.
 */
import { parseMessage } from '../../ingest/mail/mime.ts';
import type { Message } from '../../ingest/model/message.ts';
import { senderOf } from '../../ingest/patch/identity.ts';
import { readPosting } from '../../ingest/patch/posting.ts';
import type { ThreadText } from '../../ingest/reply/read-reply.ts';
import { signOf } from '../../ingest/stage/thread-mails.ts';
import { corpusMails } from '../support/corpora.ts';

/** A mail as read, and as the analysis of replies takes it. */
export interface ListMail {
  readonly message: Message;
  readonly text: ThreadText;
}

export type ListMails = Map<string, ListMail>;

const listsRead = new Map<string, Promise<ListMails>>();

/** Every mail of a list, ready to be analysed; read once for all files of labels. */
export function readList(list: string): Promise<ListMails> {
  const reading = listsRead.get(list) ?? parseList(list);
  listsRead.set(list, reading);
  return reading;
}

async function parseList(list: string): Promise<ListMails> {
  const mails: ListMails = new Map();
  for (const raw of corpusMails(`${list}.mbox.gz`)) {
    const message = await parseMessage(raw);
    const posting = readPosting(message);
    const { messageId, subject, sortMs, body } = message;
    const text = {
      messageId,
      subject,
      from: senderOf(message),
      sentMs: sortMs,
      lines: body.split('\n'),
      posting: posting && signOf(posting),
    };
    if (!mails.has(messageId)) mails.set(messageId, { message, text });
  }
  return mails;
}

/** Held mails above one, nearest first. */
export function ancestorsOf(messageId: string, mails: ReadonlyMap<string, ListMail>): ThreadText[] {
  const chain: ThreadText[] = [];
  const seen = new Set([messageId]);
  for (let at = mails.get(messageId); at; ) {
    const { inReplyTo, references } = at.message;
    const parent = [...inReplyTo, ...references.toReversed()].find((id) => mails.has(id) && !seen.has(id));
    at = parent === undefined ? undefined : mails.get(parent);
    if (at) chain.push(at.text);
    if (parent !== undefined) seen.add(parent);
  }
  return chain;
}
