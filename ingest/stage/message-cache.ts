/**
 * Message cache: parsed messages by id, so that a thread's mails are read from raw once while its replies are reviewed.
 *
 * Bounded by bytes of text, least recently used first out: whole lists pass through it.
 */
import { parseMessage } from '../mail/mime.ts';
import type { Message } from '../model/message.ts';
import type { Store } from '../store/store.ts';

/** Enough for the longest threads in flight; small beside what the engine itself takes. */
const mostBytes = 48 * 1024 * 1024;

export class MessageCache {
  readonly #messages = new Map<string, Message>();
  #bytes = 0;

  /** The held ones of these messages, by id. */
  async get(store: Store, messageIds: readonly string[]): Promise<Map<string, Message>> {
    const missing = [...new Set(messageIds)].filter((id) => !this.#messages.has(id));
    const found = new Map<string, Message>();
    for (const id of messageIds) {
      const message = this.#messages.get(id);
      if (message) found.set(id, this.#touch(id, message));
    }
    if (missing.length > 0) {
      for (const [id, raw] of await store.getRaw(missing)) {
        found.set(id, this.#keep(id, await parseMessage(raw)));
      }
    }
    return found;
  }

  #touch(id: string, message: Message): Message {
    this.#messages.delete(id);
    this.#messages.set(id, message);
    return message;
  }

  #keep(id: string, message: Message): Message {
    this.#messages.set(id, message);
    this.#bytes += message.body.length;
    for (const [oldest, { body }] of this.#messages) {
      if (this.#bytes <= mostBytes || oldest === id) break;
      this.#messages.delete(oldest);
      this.#bytes -= body.length;
    }
    return message;
  }
}
