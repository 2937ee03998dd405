/**
 * Digest: the outline of a discussion as spans of its own words: what was decided, what was disputed, where it turned.
 *
 * In: what was inferred about the mails of one thread, and the revisions of its series. Out: items in order of time, each
 * a span with its basis; no sentence is made up. An objection brings what became of it; a later revision is what answers.
 * Where several rules name the same lines, the one that knows most (a point with its anchor) is kept.
 */
import { type Basis, bodyEvidence, type Evidence, type Fact, headerEvidence } from '../model/fact.ts';
import type { Landing } from '../model/landing.ts';
import { limits } from '../model/limits.ts';
import type { Point, PointStatus, Stance, Turning, TurningKind } from '../model/review.ts';

export type DigestGroup = 'decision' | 'disagreement' | 'turning-point';

export interface DigestItem extends Basis {
  readonly group: DigestGroup;
  /** A kind of turning, stance or notice, `objection`, `contested`, `revision` or `next-revision`. */
  readonly kind: string;
  /** Where the words stand. */
  readonly span: Evidence;
  readonly atMs: number;
  /** The words that it answers; null where none are known. */
  readonly answers: Evidence | null;
  /** What became of an objection, and the words for it. */
  readonly outcome: Fact<PointStatus> | null;
  /** For `next-revision`: points of this thread that it addresses. */
  readonly addressed: number;
}

/** A revision of a series that the thread is about. */
export interface DigestRevision {
  readonly id: string;
  readonly sentMs: number;
  /** True where it was sent in this thread. */
  readonly isHere: boolean;
}

export interface DiscussedThread {
  /** When each mail of the thread was sent. */
  readonly times: ReadonlyMap<string, number>;
  readonly turnings: readonly Fact<Turning>[];
  readonly points: readonly Fact<Point>[];
  readonly stances: readonly Fact<Stance>[];
  readonly landings: readonly Fact<Landing>[];
  readonly revisions: readonly DigestRevision[];
}

const groupOfTurning: Readonly<Record<TurningKind, DigestGroup>> = {
  'bug-found': 'turning-point',
  'fix-posted': 'turning-point',
  decision: 'decision',
  disagreement: 'disagreement',
  concession: 'decision',
};

const decidingStances: ReadonlySet<string> = new Set(['applied', 'review', 'ack']);

/** In order of time; the surest where there are more than a reader looks at. */
export function makeDigest(thread: DiscussedThread): DigestItem[] {
  const items = [
    ...thread.points.flatMap((fact) => pointItem(fact, thread)),
    ...thread.turnings.map((fact) => turningItem(fact, thread)),
    ...stanceItems(thread.stances),
    ...thread.landings.flatMap((fact) => landingItem(fact, thread)),
    ...revisionItems(thread),
  ];
  return withoutDoubles(items)
    .sort((a, b) => b.confidence - a.confidence || compare(a, b))
    .slice(0, limits.digestItems)
    .sort(compare);
}

function pointItem({ value: point, ...basis }: Fact<Point>, { times }: DiscussedThread): DigestItem[] {
  const { messageId, start, end, kind, status, anchorMessage, anchorStart, anchorEnd } = point;
  const isContested = status.value === 'contested';
  if (kind !== 'objection' && !isContested) return [];
  return [
    item({
      ...basis,
      group: 'disagreement',
      kind: kind === 'objection' ? kind : 'contested',
      span: basis.evidence[0] ?? bodyEvidence(messageId, start, end),
      atMs: times.get(messageId) ?? 0,
      answers: anchorStart < 0 ? null : bodyEvidence(anchorMessage, anchorStart, anchorEnd),
      outcome: status,
    }),
  ];
}

function turningItem({ value, ...basis }: Fact<Turning>, { times }: DiscussedThread): DigestItem {
  const { messageId, kind, start, end } = value;
  return item({
    ...basis,
    group: groupOfTurning[kind],
    kind,
    span: bodyEvidence(messageId, start, end),
    atMs: times.get(messageId) ?? 0,
  });
}

/** What somebody says of the whole once; the second approval of one person says nothing new. */
function stanceItems(stances: readonly Fact<Stance>[]): DigestItem[] {
  const seen = new Set<string>();
  return stances.flatMap(({ value, ...basis }) => {
    const { messageId, person, kind, atMs } = value;
    const isObjection = kind === 'objection';
    const key = `${person} ${kind}`;
    if (!isObjection && (!decidingStances.has(kind) || value.isConditional || seen.has(key))) return [];
    seen.add(key);
    const span = basis.evidence[0] ?? headerEvidence(messageId, 'subject');
    return [item({ ...basis, group: isObjection ? 'disagreement' : 'decision', kind, span, atMs })];
  });
}

/** Of a notice with a hundred patches the first says it. */
function landingItem({ value, ...basis }: Fact<Landing>, { times }: DiscussedThread): DigestItem[] {
  const { notice, kind, atMs } = value;
  const span = basis.evidence[0];
  const group = kind === 'mended' ? 'turning-point' : 'decision';
  return times.has(notice) && span ? [item({ ...basis, group, kind, span, atMs })] : [];
}

/** Revisions sent in the thread after its first, and the one that came next, elsewhere. */
function revisionItems({ revisions, points, times }: DiscussedThread): DigestItem[] {
  const ordered = [...revisions].sort((a, b) => a.sentMs - b.sentMs || (a.id < b.id ? -1 : 1));
  const lastHere = ordered.findLastIndex(({ isHere }) => isHere);
  const firstHere = ordered.findIndex(({ isHere }) => isHere);
  const addressed = points.filter(
    ({ value }) => value.status.value === 'addressed' && times.has(value.messageId),
  ).length;
  return ordered.flatMap(({ id, sentMs, isHere }, at) => {
    const isNext = lastHere >= 0 && at === lastHere + 1;
    if (!isNext && !(isHere && at > firstHere)) return [];
    return [
      item({
        group: 'turning-point',
        kind: isNext ? 'next-revision' : 'revision',
        span: headerEvidence(id, 'subject'),
        atMs: sentMs,
        addressed: isNext ? addressed : 0,
        rule: isNext ? 'revision-after-thread' : 'revision-in-thread',
        confidence: 0.95,
        evidence: [headerEvidence(id, 'subject')],
        by: 'rule',
      }),
    ];
  });
}

function item(
  given: Omit<DigestItem, 'answers' | 'outcome' | 'addressed'> & Partial<DigestItem>,
): DigestItem {
  return { answers: null, outcome: null, addressed: 0, ...given };
}

/** Items come in with those that know most first; a later one on the same lines and of the same group goes. */
function withoutDoubles(items: readonly DigestItem[]): DigestItem[] {
  const kept: DigestItem[] = [];
  const byMail = new Map<string, DigestItem[]>();
  for (const one of items) {
    const near = byMail.get(one.span.messageId) ?? [];
    if (near.some((other) => other.group === one.group && overlap(other.span, one.span))) continue;
    byMail.set(one.span.messageId, [...near, one]);
    kept.push(one);
  }
  return kept;
}

function overlap(a: Evidence, b: Evidence): boolean {
  return a.part === b.part && (a.part !== 'body' || (a.start < b.end && b.start < a.end));
}

function compare(a: DigestItem, b: DigestItem): number {
  const one = a.span.messageId;
  const other = b.span.messageId;
  return a.atMs - b.atMs || (one < other ? -1 : one > other ? 1 : a.span.start - b.span.start);
}
