/**
 * Digest: the outline of a thread with its words, for pages and programs.
 *
 * Pure. Reading what it needs: ../routes/digest.ts. What belongs into an outline: ../../ingest/analyse/digest.ts
 */
import type { DigestItem } from '../../ingest/analyse/digest.ts';
import type { DigestLink } from '../../ingest/analyse/digest-links.ts';
import type { Landing } from '../../ingest/model/landing.ts';
import type { Placement } from '../../ingest/model/series.ts';
import type { MessageEntry } from '../../ingest/store/store.ts';
import type { ThreadDigest, WireDigestItem, WireDigestLink } from '../wire.ts';
import { personName } from './person-name.ts';
import { type Mails, presentEvidence, presentWhy } from './why.ts';

export interface DigestRecords {
  /** The message that was asked for. */
  readonly entry: MessageEntry;
  readonly thread: readonly MessageEntry[];
  readonly items: readonly DigestItem[];
  readonly links: readonly DigestLink[];
  /** As written, by the id that a masked one stands for. */
  readonly masks: ReadonlyMap<string, string>;
  readonly landings: readonly Landing[];
  /** Messages named by any of it. */
  readonly entries: ReadonlyMap<string, MessageEntry>;
  /** Of the mails that are linked to. */
  readonly placements: ReadonlyMap<string, Placement>;
  readonly mails: Mails;
}

export function presentDigest(records: DigestRecords): ThreadDigest {
  const { entry, thread, items, links } = records;
  const times = thread.map(({ sortMs }) => sortMs);
  return {
    id: entry.thread,
    subject: thread.find(({ messageId }) => messageId === entry.thread)?.subject ?? entry.subject,
    mails: thread.length,
    people: new Set(thread.map(({ fromAddress }) => fromAddress)).size,
    firstMs: Math.min(...times),
    lastMs: Math.max(...times),
    items: items.map((item) => presentItem(item, records)),
    links: links.map((link) => presentLink(link, records)),
  };
}

function presentItem(item: DigestItem, { entries, mails }: DigestRecords): WireDigestItem {
  const { group, kind, atMs, span, answers, outcome, addressed } = item;
  const sender = entries.get(span.messageId);
  return {
    group,
    kind,
    person: personName(sender?.fromName ?? '', sender?.fromAddress ?? ''),
    atMs,
    span: presentEvidence(span, mails),
    answers: answers && presentEvidence(answers, mails),
    outcome: outcome && { status: outcome.value, why: presentWhy(outcome, mails) },
    addressed,
    why: presentWhy(item, mails),
  };
}

function presentLink({ target, places }: DigestLink, records: DigestRecords): WireDigestLink {
  const { entries, masks, mails, placements, landings } = records;
  const words = places.map((place) => presentEvidence(place, mails));
  const none = { masked: '', sha: '', isFixes: false, series: null, places: words };
  if (target.kind === 'mail') {
    const { messageId } = target;
    const held = entries.get(messageId);
    return {
      ...none,
      kind: 'mail',
      messageId,
      masked: masks.get(messageId) ?? '',
      title: held?.subject ?? '',
      isHeld: held !== undefined,
      series: placements.get(messageId)?.series ?? null,
    };
  }
  const { sha, title, isFixes } = target;
  const landing = landings.find(
    (one) => one.sha !== '' && (one.sha.startsWith(sha) || sha.startsWith(one.sha)),
  );
  const messageId = landing?.messageId ?? null;
  return {
    ...none,
    kind: 'commit',
    messageId,
    sha,
    title: title || (landing?.title ?? ''),
    isFixes,
    isHeld: messageId !== null,
  };
}
