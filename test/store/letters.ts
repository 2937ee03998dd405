/**
 * Letters for store tests, written short: what is not given is plain. The store sees them parsed, so no mail grammar
 * is needed here; `raw` only has to differ where bytes shall differ.
 */

import { linkKeys } from '../../ingest/link/keys.ts';
import type { Address, Message } from '../../ingest/model/message.ts';
import { neverPulled } from '../../ingest/pipeline.ts';
import { searchText } from '../../ingest/search/search-text.ts';
import type { MailToStore, SeriesRow, SourceRow } from '../../ingest/store/store.ts';
import { type PostingShort, posting } from '../support/postings.ts';

export interface LetterShort {
  readonly id: string;
  readonly subject?: string;
  readonly from?: string;
  readonly name?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  /** Days since 2020-01-01; fractions are fine. */
  readonly day?: number;
  readonly body?: string;
  readonly raw?: string;
  readonly list?: string;
  readonly listIds?: readonly string[];
  readonly replyTo?: readonly string[];
  readonly references?: readonly string[];
  readonly receivedDay?: number;
  readonly arrivedDay?: number;
  readonly attachment?: string;
  /** Given: the letter is a posting. */
  readonly patch?: Omit<PostingShort, 'id'>;
}

export const startMs = Date.UTC(2020, 0, 1);

export function dayMs(day: number): number {
  return startMs + Math.round(day * 86_400_000);
}

export function letter(short: LetterShort): MailToStore {
  const sent = dayMs(short.day ?? short.patch?.day ?? 0);
  const person = (address: string): Address => ({ name: '', address });
  const message: Message = {
    messageId: short.id,
    hasMadeUpId: false,
    headers: [],
    subject: short.subject ?? `about ${short.id}`,
    from: { name: short.name ?? 'Ada Example', address: short.from ?? 'ada@example.org' },
    replyTo: [],
    to: (short.to ?? []).map(person),
    cc: (short.cc ?? []).map(person),
    dateMs: sent,
    receivedMs: short.receivedDay === undefined ? null : dayMs(short.receivedDay),
    sortMs: sent,
    inReplyTo: short.replyTo ?? [],
    references: short.references ?? [],
    listIds: short.listIds ?? [],
    body: short.body ?? '',
    isFlowed: false,
    attachments: short.attachment
      ? [{ filename: short.attachment, contentType: 'text/x-patch', sizeBytes: 3 }]
      : [],
    troubles: [],
  };
  const patch = short.patch
    ? posting({
        day: short.day ?? 0,
        ...(short.from ? { from: short.from } : {}),
        ...short.patch,
        id: short.id,
      })
    : null;
  return {
    message,
    mail: {
      raw: Buffer.from(short.raw ?? `Message-ID: <${short.id}>\n\n${short.body ?? ''}\n`),
      list: short.list ?? '',
      place: '',
      ...(short.arrivedDay === undefined ? {} : { arrivedMs: dayMs(short.arrivedDay) }),
    },
    posting: patch,
    linkKeys: patch ? linkKeys(patch) : [],
    search: searchText(message),
  };
}

export function source(short: Partial<SourceRow> = {}): SourceRow {
  return {
    location: 'letters.mbox',
    kind: 'mbox',
    list: '',
    ...neverPulled,
    ...short,
  };
}

const seriesBasis = { rule: 'turn', confidence: 0.9, evidence: [], by: 'rule' };

/** A row of the queue that waits for a reviewer since that day. */
export function seriesRow(id: string, day: number, more: Partial<SeriesRow> = {}): SeriesRow {
  return {
    id,
    title: `title of ${id}`,
    titleWords: `title of ${id}`,
    authorAddress: 'ada@example.org',
    authorName: 'Ada Example',
    lists: ['pets'],
    firstMs: dayMs(day),
    lastMs: dayMs(day),
    latestRevision: id,
    version: 1,
    total: 1,
    isRfc: false,
    state: 'under-review',
    stateBasis: seriesBasis,
    turn: 'reviewer',
    waitingPerson: '',
    waitingSinceMs: dayMs(day),
    waitingWhy: 'Nobody answered yet.',
    waitingBasis: seriesBasis,
    openPoints: 0,
    acked: 0,
    reviewed: 0,
    tested: 0,
    ghosts: [{ version: 2, basis: seriesBasis }],
    ...more,
  };
}
