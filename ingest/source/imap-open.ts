/**
 * IMAP open folder: a folder being read, over as many connections as that takes.
 *
 * In: where it is. Out: its UIDs, and its mails (./imap-fetch.ts). A mail that is too long ends the connection, since
 * the client will not hold it; then a new one asks for the sizes and passes over those.
 */
import type { ImapFlow, MailboxObject } from 'imapflow';
import { type FetchedMail, fetchMails, type LongMail, sortOutLong, TooLong } from './imap-fetch.ts';
import { connectImap, type ImapOptions, type ImapPlace } from './imap-login.ts';
import { Patience } from './patience.ts';
import type { Cursor, DateRange } from './source.ts';

export interface FolderReading {
  readonly place: ImapPlace;
  readonly list: string;
  readonly options: ImapOptions;
  readonly cursor: Cursor | null;
  readonly signal: AbortSignal | undefined;
  readonly range: DateRange | undefined;
}

/** SEARCH knows days alone, in the server's own zone. */
const dayMs = 86_400_000;

export class OpenFolder {
  readonly reading: FolderReading;
  #client: ImapFlow | undefined;
  #patience: Patience | undefined;

  constructor(reading: FolderReading) {
    this.reading = reading;
  }

  /** True once the server was given up. */
  get isSlow(): boolean {
    return this.#patience?.isOver ?? false;
  }

  async open(): Promise<MailboxObject> {
    const { place, options } = this.reading;
    const client = await connectImap(place, options);
    this.#client = client;
    this.#patience = new Patience({
      ...options,
      received: () => client.stats().received,
      giveUp: () => client.close(),
    });
    return this.#patience.wait(client.mailboxOpen(place.folder, { readOnly: true }));
  }

  /** UIDs behind `lastUid`, in order. `n:*` also gives the last mail where it lies before n (RFC 3501 6.4.8). */
  async findUids(lastUid: number, range: DateRange | undefined): Promise<number[]> {
    const { client, patience } = this.#opened();
    const { fromMs = null, toMs = null } = range ?? {};
    const query = {
      uid: `${lastUid + 1}:*`,
      ...(fromMs === null ? {} : { since: new Date(fromMs - dayMs) }),
      ...(toMs === null ? {} : { before: new Date(toMs + dayMs) }),
    };
    const found = await patience.wait(client.search(query, { uid: true }));
    if (!found) throw new Error('the server does not search');
    return found.filter((uid) => uid > lastUid).sort((a, b) => a - b);
  }

  /** Mails with these UIDs, as the server gives them. */
  async *readMails(uids: readonly number[]): AsyncGenerator<FetchedMail | LongMail> {
    const left = new Set(uids);
    try {
      yield* this.#fetch(left);
    } catch (cause) {
      if (!(cause instanceof TooLong)) throw cause;
      this.close();
      await this.open();
      const { client, patience } = this.#opened();
      const { fitting, long } = await sortOutLong(client, [...left], patience);
      yield* long;
      yield* this.#fetch(new Set(fitting));
    }
  }

  async *#fetch(left: Set<number>): AsyncGenerator<FetchedMail> {
    const { client, patience } = this.#opened();
    for await (const mail of fetchMails(client, [...left], patience)) {
      left.delete(mail.uid);
      yield mail;
    }
  }

  /** Says goodbye. */
  async end(): Promise<void> {
    const { client, patience } = this.#opened();
    await patience.wait(client.logout());
  }

  close(): void {
    this.#client?.close();
  }

  #opened(): { client: ImapFlow; patience: Patience } {
    if (!this.#client || !this.#patience) throw new Error('the folder is not open');
    return { client: this.#client, patience: this.#patience };
  }
}
