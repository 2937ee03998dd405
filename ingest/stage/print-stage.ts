/**
 * Print stage: puts a mail that came as a web archive's text on the message that it is, once that is held.
 *
 * Runs over messages that wait for threading, before they are threaded. A print leaves a note under a key that its
 * original shares (author and title), so whichever comes second finds the other. What is compared: ../link/print-match.ts
 */
import { isPrintId, matchPrint, printKey } from '../link/print-match.ts';
import { parseMessage } from '../mail/mime.ts';
import { headerEvidence } from '../model/fact.ts';
import type { Message } from '../model/message.ts';
import type { MessageEntry, Store, StoredFact } from '../store/store.ts';

/** Notes about prints that wait for their originals. */
const noteKind = 'print';
/** Delivery may lag; mails of a busy half hour on all lists of a store stay below `nearMost`. */
const spanMs = 15 * 60_000;
const nearMost = 200;

/** Joins prints among these messages, or waiting for one of these, with their originals. */
export async function joinPrints(store: Store, messageIds: readonly string[], nowMs: number): Promise<void> {
  const entries = [...(await store.getEntries(messageIds)).values()];
  const notes = await notesOf(
    store,
    entries.filter((entry) => isPrintId(entry.messageId)),
  );
  await store.putFacts(
    notes.map((note) => note.owner),
    [noteKind],
    notes,
  );
  const keys = [...new Set(entries.map((entry) => printKey(entry.fromName, entry.subject)))];
  for (const note of await store.getFacts({ kinds: [noteKind], subjects: keys })) {
    const [print] = await parse(store, [note.owner]);
    const original = print && (await findOriginal(store, print, note.subject));
    if (print && original) await store.joinPrint(print.messageId, original.messageId, nowMs);
  }
}

async function notesOf(store: Store, entries: readonly MessageEntry[]): Promise<StoredFact[]> {
  const prints = (
    await parse(
      store,
      entries.map((entry) => entry.messageId),
    )
  ).filter(isPrint);
  return prints.map(({ messageId, from, subject }) => ({
    kind: noteKind,
    owner: messageId,
    subject: printKey(from.name, subject),
    value: null,
    rule: 'printed',
    confidence: 1,
    evidence: [headerEvidence(messageId, 'subject')],
    by: 'rule',
  }));
}

/** Made-up ids are shared with mails that came without one; the source's mark tells prints. */
function isPrint(message: Message): boolean {
  return message.headers.some(
    ({ name, value }) => name.toLowerCase() === 'x-patchtrail-source' && value.trim() === 'web-archive',
  );
}

async function findOriginal(store: Store, print: Message, key: string): Promise<Message | undefined> {
  if (print.dateMs === null) return undefined;
  const range = { op: 'date', fromMs: print.dateMs - spanMs, toMs: print.dateMs + spanMs } as const;
  const near = await store.search(range, 'newest', { limit: nearMost });
  const entries = await store.getEntries(near.items.map((hit) => hit.messageId));
  const alike = [...entries.values()].filter(
    ({ messageId, fromName, subject }) => !isPrintId(messageId) && printKey(fromName, subject) === key,
  );
  const messages = await parse(
    store,
    alike.map((entry) => entry.messageId),
  );
  return messages.find((message) => matchPrint(print, message) !== null);
}

async function parse(store: Store, messageIds: readonly string[]): Promise<Message[]> {
  const raws = await store.getRaw(messageIds);
  return Promise.all(
    [...raws].map(async ([messageId, raw]) => ({ ...(await parseMessage(raw)), messageId })),
  );
}
