/**
 * Digests on the wire: the outline of a thread as spans of its own words, and what it points to.
 *
 * Interfaces only; ./wire.ts says what they have in common and which route gives which.
 */
import type { PersonName, Why, WireEvidence } from './wire-series.ts';

export interface WireDigestItem {
  group: 'decision' | 'disagreement' | 'turning-point';
  /** `objection`, `contested`, `bug-found`, `fix-posted`, `decision`, `concession`, `applied`, `next-revision`, ... */
  kind: string;
  person: PersonName;
  atMs: number;
  /** The words and where they stand. */
  span: WireEvidence;
  /** The words that it answers; null where none are known. */
  answers: WireEvidence | null;
  /** What became of an objection; null where nothing can. */
  outcome: { status: string; why: Why } | null;
  /** For `next-revision`: points of this thread that it addresses. */
  addressed: number;
  why: Why;
}

export interface WireDigestLink {
  kind: 'mail' | 'commit';
  /** The mail; null for a commit that no mail held is known to have become. */
  messageId: string | null;
  /** As written, where the archive masked the address; else empty. */
  masked: string;
  sha: string;
  /** Subject of the mail, or title of the commit as written; may be empty. */
  title: string;
  isHeld: boolean;
  isFixes: boolean;
  /** The series that the mail is a posting of. */
  series: string | null;
  /** Every place that names it. */
  places: WireEvidence[];
}

export interface ThreadDigest {
  id: string;
  subject: string;
  mails: number;
  people: number;
  firstMs: number;
  lastMs: number;
  /** In order of time. */
  items: WireDigestItem[];
  /** Those named most often first. */
  links: WireDigestLink[];
}
