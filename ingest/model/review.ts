/**
 * Review: what replies say of patches. Quotes with their true authors, points, stances, trailers given.
 */
import type { Fact } from './fact.ts';

/** Lines `start` to `end` (exclusive) of a reply's body that repeat an earlier message's own lines. */
export interface Quote {
  readonly start: number;
  readonly end: number;
  /** How many marks stand before the lines; a quote without marks (Outlook) has 1. */
  readonly depth: number;
  /** Message-ID of the mail whose own words these are; null where it is not held or not found. */
  readonly source: string | null;
  /** Lines of the source's body that are repeated; -1, -1 where unknown. */
  readonly sourceStart: number;
  readonly sourceEnd: number;
  readonly rule: string;
  readonly confidence: number;
}

export type PointStatus = 'open' | 'answered' | 'agreed' | 'addressed' | 'contested' | 'withdrawn';
export type PointKind = 'question' | 'change-requested' | 'objection' | 'nit' | 'suggested-diff' | 'remark';

/** One review comment: a reply's own words, anchored to what they answer. */
export interface Point {
  /** `<message id>#<first own line>`: stable. */
  readonly id: string;
  readonly messageId: string;
  readonly start: number;
  readonly end: number;
  readonly kind: PointKind;
  readonly author: string;
  /** Message whose words are answered, and their lines; the posting under review is found by walking up. */
  readonly anchorMessage: string;
  readonly anchorStart: number;
  readonly anchorEnd: number;
  /** The posting the thread reviews; null in a discussion without one. */
  readonly posting: string | null;
  readonly status: Fact<PointStatus>;
}

export type StanceKind =
  | 'ack'
  | 'review'
  | 'test'
  | 'objection'
  | 'change-requested'
  | 'question'
  | 'agreement'
  | 'applied';

/** What a person says of a patch at a time. */
export interface Stance {
  readonly messageId: string;
  readonly person: string;
  readonly personName: string;
  readonly posting: string;
  readonly kind: StanceKind;
  readonly atMs: number;
  readonly isConditional: boolean;
  /** `These five patches are merged`: said of one mail, meant for all; left out by older stores. */
  readonly isOfAll?: boolean;
}

/** That somebody answered a posting, whatever they said. */
export interface Reply {
  readonly messageId: string;
  readonly person: string;
  readonly personName: string;
  /** The nearest posting above. */
  readonly posting: string;
  readonly atMs: number;
  /** The author agrees to change something, or says that another version comes. */
  readonly isPromise: boolean;
  /** Somebody else is going to take it; left out by older stores. */
  readonly willTake?: boolean;
  /** Somebody else is going to read or try it; left out by older stores. */
  readonly willReview?: boolean;
  /** Somebody else thanks or agrees, and asks nothing; left out by older stores. */
  readonly isConsent?: boolean;
  /** The author says that nobody need read it; left out by older stores. */
  readonly isWithdrawal?: boolean;
}

/** A trailer given in a reply: `Reviewed-by: A B <a@b>`, on the posting it was given for. */
export interface GivenTrailer {
  readonly name: string;
  readonly value: string;
  readonly givenIn: string;
  /** The posting or cover that it is for. */
  readonly messageId: string;
  /** True where the sender of the mail is the person named. */
  readonly isOwn: boolean;
}

export type TurningKind = 'bug-found' | 'fix-posted' | 'decision' | 'disagreement' | 'concession';

/** Lines of a mail's own words by which a discussion turns. */
export interface Turning {
  readonly messageId: string;
  readonly kind: TurningKind;
  readonly start: number;
  readonly end: number;
}

/** A commit that a mail speaks of. */
export interface Mention {
  readonly messageId: string;
  /** 7 to 40 digits, lower case. */
  readonly sha: string;
  /** As written beside it; may be empty. */
  readonly title: string;
  readonly isFixes: boolean;
}

export type WaitingTurn = 'author' | 'reviewer' | 'maintainer' | 'nobody';

/** Who has the next move on a series, since when, and why in one sentence. */
export interface WaitingOn {
  readonly turn: WaitingTurn;
  readonly person: string;
  readonly sinceMs: number;
  readonly why: string;
}
