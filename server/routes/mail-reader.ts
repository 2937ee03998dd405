/**
 * Mail reader: messages parsed again from their raw bytes, some of them kept in memory.
 *
 * The store holds no bodies, only raw mail. A page asks for the same mails several times (details, evidence, anchors),
 * so the newest are kept for half a minute: longer could show a copy that a later pull has replaced.
 */
import { parseMessage } from '../../ingest/mail/mime.ts';
import { limits } from '../../ingest/model/limits.ts';
import type { Message } from '../../ingest/model/message.ts';
import type { Store } from '../../ingest/store/store.ts';

const keepMs = 30_000;
/** What a parsed mail takes in memory beside its text, roughly. */
const baseBytes = 4096;

interface Kept {
  readonly message: Message;
  readonly untilMs: number;
  readonly bytes: number;
}

export class MailReader {
  readonly #store: Pick<Store, 'getRaw'>;
  readonly #nowMs: () => number;
  /** In order of use, the oldest first: a Map keeps the order of insertion. */
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  constructor(store: Pick<Store, 'getRaw'>, nowMs: () => number) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  /** The messages that are held, by id. */
  async read(messageIds: readonly string[]): Promise<ReadonlyMap<string, Message>> {
    const found = new Map<string, Message>();
    const missing: string[] = [];
    for (const id of new Set(messageIds)) {
      const message = this.#take(id);
      if (message) found.set(id, message);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    for (const [id, raw] of await this.#store.getRaw(missing)) {
      const message = await parseMessage(raw);
      this.#keep(id, message);
      found.set(id, message);
    }
    return found;
  }

  #take(id: string): Message | undefined {
    const kept = this.#kept.get(id);
    if (!kept) return undefined;
    this.#drop(id, kept);
    if (kept.untilMs < this.#nowMs()) return undefined;
    this.#kept.set(id, kept);
    this.#bytes += kept.bytes;
    return kept.message;
  }

  #keep(id: string, message: Message): void {
    const bytes = baseBytes + message.body.length * 2;
    if (bytes > limits.bodyCacheBytes / 4) return;
    const before = this.#kept.get(id);
    if (before) this.#drop(id, before);
    this.#kept.set(id, { message, bytes, untilMs: this.#nowMs() + keepMs });
    this.#bytes += bytes;
    for (const [oldest, kept] of this.#kept) {
      if (this.#bytes <= limits.bodyCacheBytes) break;
      this.#drop(oldest, kept);
    }
  }

  #drop(id: string, kept: Kept): void {
    this.#kept.delete(id);
    this.#bytes -= kept.bytes;
  }
}
