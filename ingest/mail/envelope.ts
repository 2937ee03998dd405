/**
 * Envelope: all that a mail's own headers say, taken together.
 *
 * In: the header block. Out: the fields of a Message that need no body.
 * In-Reply-To and References keep several ids, of all headers of that name: which one is the parent is
 * decided by ../link/thread.ts. The header grammars: ./message-id.ts, ./date.ts, ./address.ts,
 * ./header-text.ts
 */
import { createHash } from 'node:crypto';
import { limits } from '../model/limits.ts';
import type { Address, Message, Trouble } from '../model/message.ts';
import { parseAddresses } from './address.ts';
import { parseMailDate } from './date.ts';
import { decodeHeaderText, unfold } from './header-text.ts';
import type { HeaderIndex } from './headers.ts';
import { parseMessageIds, parseOwnMessageId } from './message-id.ts';

export type Envelope = Omit<Message, 'headers' | 'body' | 'isFlowed' | 'attachments' | 'troubles'>;

const dayMs = 86_400_000;

/** Reads the headers; `raw` is only hashed, for a mail that has no Message-ID. */
export function readEnvelope(index: HeaderIndex, raw: Uint8Array, troubles: Trouble[]): Envelope {
  const people = {
    from: readFrom(index, troubles),
    replyTo: parseAddresses(index.get('reply-to') ?? [], troubles),
    to: parseAddresses(index.get('to') ?? [], troubles),
    cc: parseAddresses(index.get('cc') ?? [], troubles),
  };
  const addresses = new Set([people.from, ...people.to, ...people.cc].map((one) => one.address));
  return {
    ...readMessageId(index, raw, troubles),
    subject: readSubject(index, troubles),
    ...people,
    ...readTimes(index, troubles),
    inReplyTo: readIds(index.get('in-reply-to') ?? [], addresses),
    references: readIds(index.get('references') ?? [], addresses),
    listIds: readListIds(index.get('list-id') ?? []),
  };
}

function readMessageId(
  index: HeaderIndex,
  raw: Uint8Array,
  troubles: Trouble[],
): Pick<Message, 'messageId' | 'hasMadeUpId'> {
  const values = index.get('message-id') ?? [];
  const ids = new Set(values.map(parseOwnMessageId).filter((id) => id !== undefined));
  const [messageId] = ids;
  if (ids.size > 1) troubles.push({ code: 'message-id-several', detail: [...ids].join(' ') });
  if (messageId !== undefined) return { messageId, hasMadeUpId: false };
  troubles.push({
    code: values.length ? 'message-id-unusable' : 'message-id-missing',
    detail: values[0] ?? '',
  });
  const hash = createHash('sha1').update(raw).digest('hex');
  return { messageId: `${hash}@patchtrail.invalid`, hasMadeUpId: true };
}

function readSubject(index: HeaderIndex, troubles: Trouble[]): string {
  const subject = decodeHeaderText(index.get('subject')?.[0] ?? '');
  if (subject.length <= limits.subjectBytes) return subject;
  troubles.push({ code: 'subject-long', detail: `${subject.length} characters` });
  return subject.slice(0, limits.subjectBytes);
}

function readFrom(index: HeaderIndex, troubles: Trouble[]): Address {
  const from = parseAddresses(index.get('from') ?? [], troubles)[0];
  if (from) return from;
  troubles.push({ code: 'from-missing', detail: '' });
  return { name: '', address: '' };
}

/** A mail waits days for a moderator, never weeks at its sender's own server: then the sender's clock was wrong. */
const onTheWayMs = 14 * dayMs;

function readTimes(
  index: HeaderIndex,
  troubles: Trouble[],
): Pick<Message, 'dateMs' | 'receivedMs' | 'sortMs'> {
  const value = index.get('date')?.[0];
  const dateMs = parseMailDate(decodeHeaderText(value ?? ''))?.ms ?? null;
  if (dateMs === null) {
    troubles.push({ code: value ? 'date-unreadable' : 'date-missing', detail: value ?? '' });
  }
  const received = index.get('received') ?? [];
  const receivedMs = readReceived(received);
  const firstReceivedMs = readReceived(received.toReversed());
  const isClockWrong =
    receivedMs !== null &&
    (dateMs === null || dateMs > receivedMs + dayMs || dateMs < (firstReceivedMs ?? receivedMs) - onTheWayMs);
  return { dateMs, receivedMs, sortMs: (isClockWrong ? receivedMs : dateMs) ?? 0 };
}

/** The topmost Received header is the newest and the one that its reader's own server wrote. */
function readReceived(values: readonly string[]): number | null {
  for (const value of values) {
    const date = parseMailDate(unfold(value.slice(value.lastIndexOf(';') + 1)));
    if (date) return date.ms;
  }
  return null;
}

/** Each id once, at its last place: the nearest ancestor stands at the end. */
function readIds(values: readonly string[], addresses: ReadonlySet<string>): string[] {
  const ids = new Set<string>();
  for (const value of values) {
    for (const id of parseMessageIds(value, addresses)) {
      ids.delete(id);
      ids.add(id);
    }
  }
  return [...ids].slice(-limits.references);
}

/** `Linux API <linux-api.vger.kernel.org>` (RFC 2919) or the bare name. */
function readListIds(values: readonly string[]): string[] {
  const ids = new Set<string>();
  for (const value of values) {
    const text = decodeHeaderText(value);
    const close = text.lastIndexOf('>');
    const open = text.lastIndexOf('<', close);
    const id = open >= 0 && close > open ? text.slice(open + 1, close) : text;
    if (id && !id.includes(' ')) ids.add(id.toLowerCase());
  }
  return [...ids];
}
