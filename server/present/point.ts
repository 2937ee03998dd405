/**
 * Points and stances: what reviewers said, with their words and the words they answer.
 */
import type { Point, Stance } from '../../ingest/model/review.ts';
import type { MessageEntry, StoredFact } from '../../ingest/store/store.ts';
import type { PersonName, WirePoint, WireStance } from '../wire.ts';
import { personName } from './person-name.ts';
import { bodyLines, type Mails, presentWhy } from './why.ts';

export interface PointContext {
  readonly mails: Mails;
  readonly entries: ReadonlyMap<string, MessageEntry>;
  /** Label of the revision that a posting is in. */
  labelOf(messageId: string): string | undefined;
}

/** A report of a bug has thousands of lines of a log: its mail has the rest. */
const wordLines = 40;
/** The line that is answered is the last; some before it say where it stands. */
const anchorLines = 12;

/** Status that a reader has to act on first, then the oldest. */
const openFirst: Readonly<Record<string, number>> = { open: 0, contested: 0 };

export function presentPoint(point: Point, context: PointContext): WirePoint {
  const { mails, entries } = context;
  const said = mails.get(point.messageId);
  const answered = mails.get(point.anchorMessage);
  return {
    id: point.id,
    messageId: point.messageId,
    author: authorOf(point, entries),
    atMs: entries.get(point.messageId)?.sortMs ?? 0,
    kind: point.kind,
    status: point.status.value,
    statusWhy: presentWhy(point.status, mails),
    words: said ? bodyLines(said, point.start, Math.min(point.end, point.start + wordLines)) : [],
    moreLines: Math.max(0, point.end - point.start - wordLines),
    anchorMessage: point.anchorMessage,
    anchorStart: point.anchorStart,
    anchorEnd: point.anchorEnd,
    anchorWords: answered
      ? bodyLines(answered, Math.max(point.anchorStart, point.anchorEnd - anchorLines), point.anchorEnd)
      : [],
    posting: point.posting,
    on: point.posting === null ? null : (context.labelOf(point.posting) ?? null),
  };
}

/** Open ones first, then in order of time. */
export function presentPoints(points: readonly Point[], context: PointContext): WirePoint[] {
  const rank = (point: WirePoint) => openFirst[point.status] ?? 1;
  return points
    .map((point) => presentPoint(point, context))
    .sort((a, b) => rank(a) - rank(b) || a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
}

export function presentStance(fact: StoredFact, mails: Mails): WireStance {
  const stance = fact.value as Stance;
  return {
    person: personName(stance.personName, stance.person),
    kind: stance.kind,
    atMs: stance.atMs,
    messageId: stance.messageId,
    posting: stance.posting,
    isConditional: stance.isConditional,
    why: presentWhy(fact, mails),
  };
}

function authorOf(point: Point, entries: ReadonlyMap<string, MessageEntry>): PersonName {
  const entry = entries.get(point.messageId);
  if (entry) return personName(entry.fromName, entry.fromAddress);
  return point.author.includes('@') ? { name: '', address: point.author } : personName(point.author, '');
}
