/**
 * Records: what goes into a store and comes out of it, whatever the engine.
 *
 * Plain data with readonly fields. What can be done with them is the Store interface (./store.ts).
 */
import type { Basis } from '../model/fact.ts';
import type { MessageHead, RawMail, Trouble } from '../model/message.ts';
import type { Posting } from '../model/posting.ts';
import type { SearchText } from '../model/query.ts';
import type { WaitingTurn } from '../model/review.ts';
import type { GhostVersion, SeriesState } from '../model/series.ts';
import type { Cursor, SourceKind } from '../source/source.ts';

/**
 * Work that waits, by stage; owners are message ids for `parse`, `thread`, `link`, `review` and series ids for `series`.
 * `parse`: the shown copy must be parsed again and given to rewriteMails, which makes it wait for the next stages.
 */
export type Stage = 'parse' | 'thread' | 'link' | 'review' | 'series';

export interface MailToStore {
  readonly message: MessageHead;
  readonly mail: RawMail;
  /** Of the raw bytes; made by the engine where it is not given. */
  readonly sha256?: Uint8Array;
  readonly posting: Posting | PackedPosting | null;
  /** Keys under which ../link/ finds neighbours of the posting; none where it is packed. */
  readonly linkKeys: readonly string[];
  readonly search: SearchText;
  /** A posting's subject as trackers show it, and Patchwork's hash of its diff. */
  readonly patchName?: string;
  readonly patchHash?: string | null;
}

/** A posting as an engine writes it, made by packPosting (./posting-pack.ts) where there is time for it. */
export interface PackedPosting {
  readonly isPacked: true;
  readonly sentMs: number;
  readonly authorAddress: string;
  readonly isCover: boolean;
  readonly hasDiff: boolean;
  readonly isRfc: boolean;
  readonly isResend: boolean;
  readonly patchId: Uint8Array | null;
  readonly changeId: string | null;
  /** Names of the trailers in the patch itself, each between blanks. */
  readonly trailerNames: string;
  readonly linkHashes: readonly number[];
  readonly lineHashes: Uint8Array;
  readonly wordHashes: Uint8Array;
  /** All the rest, as packJson makes it. */
  readonly data: string | Uint8Array;
}

export interface PutResult {
  /** Mails that were not held before. */
  readonly added: number;
  /** Held already, byte for byte, from this list. */
  readonly known: number;
  /** Held already; now also on another list or with other bytes. */
  readonly joined: number;
}

/** How a message came: once for each list (and each differing copy). */
export interface Appearance {
  readonly list: string;
  readonly source: string;
  readonly arrivedMs: number | null;
  readonly rawSha256: string;
}

/** A message without its text, as lists and threads need it. */
export interface MessageEntry {
  readonly messageId: string;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly sortMs: number;
  readonly dateMs: number | null;
  readonly sizeBytes: number;
  readonly isPosting: boolean;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** Held or ghost parent; null for a root. */
  readonly parent: string | null;
  readonly parentIsGuess: boolean;
  readonly thread: string;
  readonly lists: readonly string[];
}

export interface ThreadPlace {
  readonly messageId: string;
  readonly parent: string | null;
  readonly parentIsGuess: boolean;
  readonly thread: string;
}

/** Postings with one link key, sent before or after a time. */
export interface NeighbourQuery {
  readonly key: string;
  readonly direction: 'older' | 'newer';
  readonly atMs: number;
  /** Only postings within this span of `atMs`; without it there is no bound. */
  readonly withinMs?: number;
  readonly limit: number;
}

/** A fact as stored. Facts are replaced by owner: all of one kind that an owner's derivation gave before. */
export interface StoredFact extends Basis {
  readonly kind: string;
  /** Message or series whose derivation gave it. */
  readonly owner: string;
  /** Message or series it speaks of. */
  readonly subject: string;
  /** JSON value, shaped by kind (see model/). */
  readonly value: unknown;
}

/** The facts of one kind from one owner as an engine writes them, made by packFacts (./fact-pack.ts). */
export interface PackedFacts {
  readonly isPacked: true;
  readonly kind: string;
  readonly owner: string;
  readonly count: number;
  /** As packJson makes it. */
  readonly data: string | Uint8Array;
  /** What they speak of, but for the owner. */
  readonly subjects: readonly string[];
  /** Of trailers given: what they are found by. */
  readonly trailers: readonly {
    readonly subject: string;
    readonly place: number;
    readonly name: string;
    readonly address: string;
  }[];
}

/** What the queue orders and filters by; made anew whenever anything of the series changes. */
export interface SeriesRow {
  readonly id: string;
  readonly title: string;
  /** Lower-case titles of all its patches and covers, in every version: what a search for the series looks in. */
  readonly titleWords: string;
  readonly authorAddress: string;
  readonly authorName: string;
  readonly lists: readonly string[];
  readonly firstMs: number;
  readonly lastMs: number;
  readonly latestRevision: string;
  readonly version: number;
  readonly total: number;
  readonly isRfc: boolean;
  readonly state: SeriesState;
  readonly stateBasis: Basis;
  readonly turn: WaitingTurn;
  readonly waitingPerson: string;
  readonly waitingSinceMs: number;
  readonly waitingWhy: string;
  readonly waitingBasis: Basis;
  readonly openPoints: number;
  readonly acked: number;
  readonly reviewed: number;
  readonly tested: number;
  readonly ghosts: readonly GhostVersion[];
}

export interface SeriesFilter {
  readonly list?: string;
  readonly author?: string;
  /** Who has the turn, or any part in it; with `role` only that part. */
  readonly person?: string;
  /** The part that `person` has: wrote it, reviewed it or is asked to, looks after its files. */
  readonly role?: 'author' | 'reviewer' | 'maintainer';
  readonly turn?: WaitingTurn;
  readonly states?: readonly SeriesState[];
  /** Words that the titles of its patches contain. */
  readonly title?: string;
  /** Number of an account that looks after a patch of its newest sending. */
  readonly delegate?: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Give it back to go on; null at the end. */
  readonly next: string | null;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** A message that answers a query, with what a row of results shows of it. */
export interface SearchHit {
  readonly messageId: string;
  /** Higher fits better; 0 where hits stand in order of time. */
  readonly score: number;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly sortMs: number;
}

/** What a person said against or beside the rules. Kept for ever; outranks rules; undone by a later one. */
export interface Correction {
  readonly id: number;
  readonly atMs: number;
  readonly by: string;
  /** `link`, `unlink`, `state`, `identity`, `undo` … */
  readonly kind: string;
  readonly subject: string;
  readonly value: unknown;
  readonly reason: string;
  /** The id of the correction that took this one back; null while it holds. */
  readonly undoneBy: number | null;
}

export interface SourceRow {
  readonly location: string;
  readonly kind: SourceKind;
  readonly list: string;
  readonly cursor: Cursor | null;
  readonly mails: number;
  /** When it was last read to its end. */
  readonly lastPulledMs: number | null;
  /** When that was last tried. */
  readonly lastTriedMs: number | null;
  /** Tries in a row that failed. */
  readonly failures: number;
  readonly lastError: string;
  /** Arrival of its newest mail, where the source knows arrivals. */
  readonly newestMs: number | null;
  /** How long that mail had been there before it was held; null where it was there before the source was. */
  readonly lagMs: number | null;
}

export interface ListRow {
  readonly name: string;
  readonly messages: number;
  readonly postings: number;
  readonly series: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface ListRemoval {
  /** Mails that it no longer has. */
  readonly removed: number;
  /** Mails that it still has. */
  readonly left: number;
}

export interface PersonRow {
  readonly address: string;
  readonly name: string;
  readonly messages: number;
  readonly postings: number;
  readonly series: number;
  readonly trailersGiven: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** A mail that was kept although something was wrong with it. */
export interface TroubleRow extends Trouble {
  readonly messageId: string;
  readonly source: string;
  readonly place: string;
}

/** What costs little to tell, however much is held. */
export interface StoreLoad {
  readonly engine: 'sqlite' | 'postgres';
  readonly schema: number;
  readonly sizeBytes: number;
  readonly waiting: Readonly<Record<Stage, number>>;
}

export interface StoreInfo extends StoreLoad {
  readonly messages: number;
  readonly rawMails: number;
  readonly postings: number;
  readonly series: number;
  readonly facts: number;
}

/** Something changed: for live pages. `sequence` grows by one each time. */
export interface ChangeEvent {
  readonly sequence: number;
  readonly atMs: number;
  /** `message`, `series`, `report`, `source`, `correction`. */
  readonly kind: string;
  readonly subject: string;
}

export interface RawCopy {
  readonly sha256: string;
  readonly raw: Uint8Array;
}
