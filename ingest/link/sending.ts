/**
 * Sendings: postings that were sent together, one revision of a series.
 *
 * In: postings of one neighbourhood, in any order. Out: sendings; each posting is in exactly one.
 * Same sender, total and version; joined by what ties mails of one `git send-email` run: the stem of their
 * Message-IDs, one replying to the other, one parent in common, or (unthreaded series) a few minutes. A number
 * that occurs twice is a second sending: that, not the clock, tells a resend from its original.
 * Linking sendings to their predecessors: ./predecessor.ts
 */
import type { Posting } from '../model/posting.ts';
import type { Revision } from '../model/series.ts';

/** A revision before it is linked, with its postings at hand. */
export interface Sending extends Omit<Revision, 'series' | 'previous' | 'link' | 'postings'> {
  /** In order of position, then time, then id. */
  readonly parts: readonly Posting[];
  readonly titleKey: string;
}

const day = 86_400_000;
/** Mails of one sending lie within this span (b4, patchwork and git send-email all send in one go). */
export const sendingSpanMs = 2 * day;
/** Unthreaded mails of one sending follow each other this closely (Patchwork's SERIES_DELAY_INTERVAL). */
const looseGapMs = 10 * 60_000;

/** What all postings of one sending have in common; null for a patch that stands alone. */
export function sendingKey(posting: Posting): string | null {
  const { total, version } = posting.subject;
  if (total === null || posting.subject.position === null) return null;
  return `${posting.senderAddress}|${total}|${version ? `${version.major}.${version.minor}` : '1.0'}`;
}

/** Groups postings into sendings. The result does not depend on the order of `postings`. */
export function assembleSendings(postings: readonly Posting[]): Sending[] {
  const byKey = new Map<string, Posting[]>();
  const sendings: Sending[] = [];
  for (const posting of postings) {
    const key = sendingKey(posting);
    if (key === null) sendings.push(makeSending([posting]));
    else byKey.set(key, [...(byKey.get(key) ?? []), posting]);
  }
  for (const group of byKey.values()) for (const parts of clusters(group)) sendings.push(makeSending(parts));
  return sendings.sort((a, b) => a.sentMs - b.sentMs || compareText(a.id, b.id));
}

/** The part of a Message-ID that all mails of one `git send-email` or `b4 send` run share; empty if none shows. */
export function messageIdStem(messageId: string): string {
  const at = messageId.lastIndexOf('@');
  const local = at < 0 ? messageId : messageId.slice(0, at);
  const domain = at < 0 ? '' : messageId.slice(at);
  // git: 20200629190036.26982-3-me@host; b4: 20250916-name-v2-1-d594dc7486f0@host; cover.1729073310.git.me@host
  const git = /^(\d{14}\.\d+-)\d+-/.exec(local);
  if (git) return `${git[1]}${domain}`;
  const b4 = /^(\d{8}-.{1,200}-v\d+-)\d+-([0-9a-f]{12})$/.exec(local);
  if (b4) return `${b4[1]}${b4[2]}${domain}`;
  const hashed = /^(?:cover|[0-9a-f]{40})(\.\d{6,}\.git\.)/.exec(local);
  return hashed ? `${hashed[1]}${local.slice(hashed[0].length)}${domain}` : '';
}

interface Tie {
  readonly a: number;
  readonly b: number;
  readonly strength: number;
  readonly gapMs: number;
}

/** Kruskal's way: strongest ties first, never joining two clusters that hold the same number. */
function clusters(group: Posting[]): Posting[][] {
  const ordered = [...group].sort((a, b) => a.sentMs - b.sentMs || compareText(a.messageId, b.messageId));
  const cluster = ordered.map((_, index) => [index]);
  const of = ordered.map((_, index) => index);
  for (const tie of ties(ordered)) {
    const left = of[tie.a] ?? 0;
    const right = of[tie.b] ?? 0;
    if (left === right || !canJoin(ordered, cluster[left] ?? [], cluster[right] ?? [])) continue;
    for (const index of cluster[right] ?? []) of[index] = left;
    cluster[left] = [...(cluster[left] ?? []), ...(cluster[right] ?? [])];
    cluster[right] = [];
  }
  return cluster
    .filter((members) => members.length > 0)
    .map((members) => members.flatMap((index) => ordered[index] ?? []));
}

function canJoin(ordered: readonly Posting[], left: readonly number[], right: readonly number[]): boolean {
  const numbers = new Set(left.map((index) => ordered[index]?.subject.position));
  if (right.some((index) => numbers.has(ordered[index]?.subject.position))) return false;
  const times = [...left, ...right].map((index) => ordered[index]?.sentMs ?? 0);
  return Math.max(...times) - Math.min(...times) <= sendingSpanMs;
}

function ties(ordered: readonly Posting[]): Tie[] {
  const found: Tie[] = [];
  const index = new Map(ordered.map((posting, place) => [posting.messageId, place]));
  const gap = (a: number, b: number) => Math.abs((ordered[a]?.sentMs ?? 0) - (ordered[b]?.sentMs ?? 0));
  const add = (a: number, b: number, strength: number) => {
    if (a !== b && gap(a, b) <= sendingSpanMs) {
      found.push({ a: Math.min(a, b), b: Math.max(a, b), strength, gapMs: gap(a, b) });
    }
  };
  /** Ties each mail of a bucket to the one before it: enough to join the bucket, and linear. */
  const chain = (keyOf: (posting: Posting) => string, strength: number) => {
    const last = new Map<string, number>();
    ordered.forEach((posting, place) => {
      const key = keyOf(posting);
      if (key === '') return;
      const before = last.get(key);
      if (before !== undefined) add(before, place, strength);
      last.set(key, place);
    });
  };
  chain((posting) => messageIdStem(posting.messageId), 4);
  ordered.forEach((posting, place) => {
    const parent = index.get(posting.replyChain[0] ?? '');
    if (parent !== undefined) add(parent, place, 3);
    for (const ancestor of posting.replyChain.slice(1)) {
      const held = index.get(ancestor);
      if (held !== undefined) add(held, place, 2);
    }
  });
  chain((posting) => posting.replyChain[0] ?? '', 2);
  chain((posting) => posting.replyChain.at(-1) ?? '', 1);
  let before = -1;
  ordered.forEach((_, place) => {
    if (before >= 0 && gap(before, place) <= looseGapMs) add(before, place, 0);
    before = place;
  });
  return found.sort((x, y) => y.strength - x.strength || x.gapMs - y.gapMs || x.a - y.a || x.b - y.b);
}

/** The sending that consists of these postings. */
export function makeSending(postings: readonly Posting[]): Sending {
  const parts = [...postings].sort(
    (a, b) =>
      (a.subject.position ?? 1) - (b.subject.position ?? 1) ||
      a.sentMs - b.sentMs ||
      compareText(a.messageId, b.messageId),
  );
  const first = parts[0];
  if (!first) throw new RangeError('a sending holds one posting at least');
  const patches = parts.filter((part) => !part.isCover);
  return {
    id: first.messageId,
    version: first.subject.version?.major ?? 1,
    minor: first.subject.version?.minor ?? 0,
    isRfc: parts.some((part) => part.subject.isRfc),
    isResend: parts.some((part) => part.subject.isResend),
    total: first.subject.total ?? 1,
    held: patches.length,
    hasCover: first.isCover,
    title: first.subject.title,
    titleKey: first.subject.titleKey,
    authorAddress: first.senderAddress,
    authorName: first.senderName,
    sentMs: Math.min(...parts.map((part) => part.sentMs)),
    parts,
  };
}

/** Plain code unit order: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
