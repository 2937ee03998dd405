/**
 * Messages: one mail for a page: its text by lines, who is quoted where, what it says of patches.
 *
 * Text goes out as text, line by line; HTML parts are never among it (ingest/mail/mime.ts has chosen the words).
 */
import type { Message } from '../../ingest/model/message.ts';
import type { GivenTrailer, Point, Quote } from '../../ingest/model/review.ts';
import type { Appearance, MessageEntry } from '../../ingest/store/store.ts';
import type { MessageDetail, MessageSummary, WireQuote } from '../wire.ts';
import { personName, personOf } from './person-name.ts';
import { type PointContext, presentPoint } from './point.ts';

/** What is held about one message, beside its text. */
export interface MessageRecords {
  readonly entry: MessageEntry;
  readonly message: Message;
  readonly appearances: readonly Appearance[];
  readonly quotes: readonly Quote[];
  readonly trailers: readonly GivenTrailer[];
  readonly points: readonly Point[];
  readonly series: string | null;
  readonly revision: string | null;
  readonly diff: { readonly start: number; readonly end: number } | null;
}

export function presentMessageSummary(entry: MessageEntry): MessageSummary {
  return {
    messageId: entry.messageId,
    subject: entry.subject,
    from: personName(entry.fromName, entry.fromAddress),
    sortMs: entry.sortMs,
    lists: [...entry.lists],
    thread: entry.thread,
    parent: entry.parent,
    parentIsGuess: entry.parentIsGuess,
    isPosting: entry.isPosting,
    sizeBytes: entry.sizeBytes,
  };
}

export function presentMessage(records: MessageRecords, context: PointContext): MessageDetail {
  const { entry, message } = records;
  return {
    ...presentMessageSummary(entry),
    to: message.to.map(personOf),
    cc: message.cc.map(personOf),
    dateText: headerText(message, 'date'),
    body: message.body.split('\n'),
    quotes: records.quotes.map((quote) => presentQuote(quote, context)),
    diff: records.diff && { start: records.diff.start, end: records.diff.end },
    attachments: message.attachments.map(({ filename, contentType, sizeBytes, text }) => ({
      filename,
      contentType,
      sizeBytes,
      text: text ?? null,
    })),
    troubles: message.troubles.map(({ code, detail }) => ({ code, detail })),
    appearances: records.appearances.map(({ list, source, arrivedMs }) => ({ list, source, arrivedMs })),
    copies: Math.max(0, new Set(records.appearances.map(({ rawSha256 }) => rawSha256)).size - 1),
    series: records.series,
    revision: records.revision,
    trailersGiven: records.trailers.map(({ name, value, messageId }) => ({ name, value, messageId })),
    points: records.points.map((point) => presentPoint(point, context)),
    headers: message.headers.map(({ name, value }) => ({ name, value })),
  };
}

function presentQuote(quote: Quote, { entries }: PointContext): WireQuote {
  const { start, end, depth, source, sourceStart, sourceEnd, confidence } = quote;
  const author = source === null ? undefined : entries.get(source);
  return {
    start,
    end,
    depth,
    source,
    sourceStart,
    sourceEnd,
    author: author ? personName(author.fromName, author.fromAddress) : null,
    confidence,
  };
}

function headerText(message: Message, name: string): string {
  const header = message.headers.find((one) => one.name.toLowerCase() === name);
  return header?.value.replace(/\s+/g, ' ').trim() ?? '';
}
