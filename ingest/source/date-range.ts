/**
 * Date range: a source of which only the mails of some time are wanted.
 *
 * In: a source and a span. Out: a source that passes over all other mail. A mail's time is its arrival where the
 * source knows it (git, IMAP), else its own date; mail without either is wanted. Where the source was pulled
 * before, this is a look back: all of it is read again, and where the next pull goes on stays as it is. A first
 * pull without an end leaves the place behind its last mail, so that later pulls do not bring the older mail.
 * With an end it leaves none: the mail behind the end was never read.
 */
import { openMail } from '../mail/plain.ts';
import type { Cursor, DateRange, Source, SourceEvent } from './source.ts';

export function withinRange(source: Source, range: DateRange): Source {
  return { ...source, read: (cursor, signal) => readRange(source, range, cursor, signal) };
}

async function* readRange(
  source: Source,
  range: DateRange,
  cursor: Cursor | null,
  signal: AbortSignal | undefined,
): AsyncGenerator<SourceEvent> {
  const movesOn = cursor === null && range.toMs === null;
  for await (const event of source.read(null, signal, range)) {
    if (event.type === 'progress' || event.type === 'trouble') yield event;
    else if (event.type === 'mail' && isWithin(event.mail.arrivedMs ?? dateOf(event.mail.raw), range)) {
      yield movesOn ? event : { ...event, cursor: null };
    } else if (event.type === 'removed') {
      // What was taken back must go, whenever it came.
      yield movesOn ? event : { ...event, cursor: null };
    } else if (movesOn && event.cursor !== null) yield { type: 'passed', cursor: event.cursor };
  }
}

function isWithin(ms: number | null, { fromMs, toMs }: DateRange): boolean {
  return (
    ms === null || (ms >= (fromMs ?? Number.NEGATIVE_INFINITY) && ms < (toMs ?? Number.POSITIVE_INFINITY))
  );
}

function dateOf(raw: Uint8Array): number | null {
  return openMail(raw).envelope.dateMs;
}
