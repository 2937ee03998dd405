/**
 * IMAP fetch: the mails with some UIDs, as a stream.
 *
 * In: a client with an open folder, UIDs in order. Out: each mail as it comes, or that it is too long. One command for
 * many mails, so that neither side waits for the other; sizes are only asked for where one was too long, since some
 * servers open each mail to know its size. What was asked for and did not come is asked for again, once: a mail that
 * another client deleted is then gone from the search, too.
 */
import type { ImapFlow } from 'imapflow';
import { limits } from '../model/limits.ts';
import type { Patience } from './patience.ts';

export interface FetchedMail {
  readonly uid: number;
  readonly raw: Uint8Array;
  readonly arrivedMs: number | undefined;
}

export interface LongMail {
  readonly uid: number;
  readonly sizeBytes: number;
}

/** An answer that the client would not take ended the connection: a mail is too long. */
export class TooLong extends Error {}

/** Mails with these UIDs, each once, in the order of the server. @throws TooLong */
export async function* fetchMails(
  client: ImapFlow,
  uids: readonly number[],
  patience: Patience,
): AsyncGenerator<FetchedMail> {
  const left = new Set(uids);
  yield* fetchOnce(client, left, patience);
  if (left.size === 0) return;
  const found = await patience.wait(client.search({ uid: [...left].join(',') }, { uid: true }));
  const still = new Set((found || []).filter((uid) => left.has(uid)));
  yield* fetchOnce(client, still, patience);
  if (still.size > 0) throw new Error(`the server names mail that it does not give, UID ${[...still][0]}`);
}

/** Fetches and takes out of `left` what came. */
async function* fetchOnce(
  client: ImapFlow,
  left: Set<number>,
  patience: Patience,
): AsyncGenerator<FetchedMail> {
  if (left.size === 0) return;
  let isTooLong = false;
  const note = (error: Error & { code?: string }) => {
    isTooLong ||= error.code === 'LiteralTooLarge' || error.code === 'ResponseTooLarge';
  };
  client.on('error', note);
  const query = { uid: true, source: true, internalDate: true };
  const coming = client.fetch([...left], query, { uid: true })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value: mail, done } = await patience.wait(coming.next());
      if (done || !mail) return;
      // Servers also tell of flags that changed meanwhile, without the mail.
      if (!mail.source || !left.delete(mail.uid)) continue;
      const arrivedMs = mail.internalDate ? new Date(mail.internalDate).getTime() : undefined;
      yield { uid: mail.uid, raw: mail.source, arrivedMs };
    }
  } catch (cause) {
    note(cause as Error);
    if (isTooLong) throw new TooLong();
    throw cause;
  } finally {
    client.off('error', note);
  }
}

/** UIDs apart: those that may be fetched, and mails that are too long. */
export async function sortOutLong(
  client: ImapFlow,
  uids: readonly number[],
  patience: Patience,
): Promise<{ readonly fitting: readonly number[]; readonly long: readonly LongMail[] }> {
  const sizes = await patience.wait(client.fetchAll([...uids], { uid: true, size: true }, { uid: true }));
  const long = sizes.flatMap(({ uid, size = 0 }) =>
    size > limits.mailBytes ? [{ uid, sizeBytes: size }] : [],
  );
  const passed = new Set(long.map(({ uid }) => uid));
  return { fitting: uids.filter((uid) => !passed.has(uid)), long };
}
