/**
 * Thread mails: the mails of some threads with their words, read from the store once and only as far as they are asked for.
 */

import { parseMessage } from '../mail/mime.ts';
import { groupBy } from '../model/group-by.ts';
import type { Message } from '../model/message.ts';
import type { Posting } from '../model/posting.ts';
import { senderOf } from '../patch/identity.ts';
import { personOf } from '../patch/person.ts';
import { type PostingSign, type ReadReply, readReply, type ThreadText } from '../reply/read-reply.ts';
import type { MessageEntry, Store } from '../store/store.ts';
import { ThreadShape } from './thread-shape.ts';

export interface ThreadMail {
  readonly messageId: string;
  readonly message: Message;
  readonly posting: Posting | null;
  readonly sortMs: number;
  readonly lines: readonly string[];
}

/** What is read of a store; nothing is written. */
export type MailSource = Pick<Store, 'getRaw' | 'getPostings'>;

export class ThreadMails {
  readonly #store: MailSource;
  /** By message. */
  readonly #shapes = new Map<string, ThreadShape>();
  readonly #mails = new Map<string, ThreadMail>();
  readonly #texts = new Map<string, ThreadText>();
  readonly #replies = new Map<string, ReadReply>();

  /** @param entries those of whole threads */
  constructor(store: MailSource, entries: readonly MessageEntry[]) {
    this.#store = store;
    const threads = groupBy(entries, ({ thread }) => thread);
    for (const thread of threads.values()) {
      const shape = new ThreadShape(thread);
      for (const { messageId } of thread) this.#shapes.set(messageId, shape);
    }
  }

  /** Reads these mails and their ancestors, all at once. */
  async read(messageIds: readonly string[]): Promise<void> {
    const wanted = new Set(messageIds.flatMap((id) => [id, ...(this.#shapes.get(id)?.ancestors(id) ?? [])]));
    const missing = [...wanted].filter((id) => this.#shapes.has(id) && !this.#mails.has(id));
    const isPosting = (id: string) => this.#shapes.get(id)?.entry(id)?.isPosting ?? false;
    const postings = await this.#store.getPostings(missing.filter(isPosting));
    for (const [messageId, message] of await this.#parse(missing)) {
      const sortMs = this.#shapes.get(messageId)?.entry(messageId)?.sortMs ?? message.sortMs;
      const posting = postings.get(messageId) ?? null;
      const lines = message.body.split('\n');
      this.#mails.set(messageId, { messageId, message, posting, sortMs, lines });
    }
  }

  /** Lines of held mails, of these threads or of others. */
  async linesOf(messageIds: readonly string[]): Promise<Map<string, readonly string[]>> {
    const others = await this.#parse(messageIds.filter((id) => !this.#mails.has(id)));
    return new Map(
      messageIds.flatMap((id): [string, readonly string[]][] => {
        const lines = this.#mails.get(id)?.lines ?? others.get(id)?.body.split('\n');
        return lines ? [[id, lines]] : [];
      }),
    );
  }

  /** A mail that was read. */
  mail(messageId: string): ThreadMail | undefined {
    return this.#mails.get(messageId);
  }

  /** The ancestors of a mail that was read, nearest first. */
  ancestors(messageId: string): ThreadMail[] {
    const ids = this.#shapes.get(messageId)?.ancestors(messageId) ?? [];
    return ids.flatMap((id) => this.#mails.get(id) ?? []);
  }

  /** See ThreadShape.repliesAfter. */
  repliesAfter(messageId: string): string[] {
    return this.#shapes.get(messageId)?.repliesAfter(messageId) ?? [];
  }

  /** A mail that was read, against its ancestors; analysed once. */
  reply(mail: ThreadMail): ReadReply {
    const known = this.#replies.get(mail.messageId);
    if (known) return known;
    const ancestors = this.ancestors(mail.messageId).map((ancestor) => this.#text(ancestor));
    const reply = readReply(this.#text(mail), ancestors);
    this.#replies.set(mail.messageId, reply);
    return reply;
  }

  async #parse(messageIds: readonly string[]): Promise<Map<string, Message>> {
    const messages = new Map<string, Message>();
    if (messageIds.length === 0) return messages;
    for (const [id, raw] of await this.#store.getRaw(messageIds)) messages.set(id, await parseMessage(raw));
    return messages;
  }

  #text(mail: ThreadMail): ThreadText {
    const known = this.#texts.get(mail.messageId);
    if (known) return known;
    const text = threadText(mail);
    this.#texts.set(mail.messageId, text);
    return text;
  }
}

function threadText({ messageId, message, posting, sortMs, lines }: ThreadMail): ThreadText {
  const sign = posting && signOf(posting);
  const { subject } = message;
  return { messageId, subject, from: senderOf(message), sentMs: sortMs, lines, posting: sign };
}

const helping = /^(?:co-developed-by|signed-off-by)$/i;

/** What the analysis of replies has to know of a posting. */
export function signOf({ isCover, authorName, authorAddress, trailers }: Posting): PostingSign {
  const helpers = trailers.flatMap(({ name, value }) => (helping.test(name) ? (personOf(value) ?? []) : []));
  return { isCover, author: { name: authorName, address: authorAddress }, helpers };
}
