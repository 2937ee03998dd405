/**
 * Store: all that Patchtrail keeps, as one asynchronous interface in batches.
 *
 * Each engine (sqlite.ts, later PostgreSQL) implements it and passes test/store/contract.ts unchanged.
 * Nothing here infers: facts come from the pure folders, by way of the pipeline.
 */
import type { Basis } from '../model/fact.ts';
import type { Report } from '../model/kernel.ts';
import type { Message, RawMail, Trouble } from '../model/message.ts';
import type { Posting } from '../model/posting.ts';
import type { Query, SearchText } from '../model/query.ts';
import type { WaitingTurn } from '../model/review.ts';
import type { GhostVersion, Placement, Revision, SeriesState } from '../model/series.ts';
import type { Cursor, SourceKind } from '../source/source.ts';

/**
 * Work that waits, by stage; owners are message ids for `parse`, `thread`, `link`, `review` and series ids for `series`.
 * `parse`: the shown copy must be parsed again and given to rewriteMails, which makes it wait for the next stages.
 */
export type Stage = 'parse' | 'thread' | 'link' | 'review' | 'series';

export interface MailToStore {
  readonly message: Message;
  readonly mail: RawMail;
  readonly posting: Posting | null;
  /** Keys under which ../link/ finds neighbours of the posting. */
  readonly linkKeys: readonly string[];
  readonly search: SearchText;
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
  /** Who has the turn, or any part in it. */
  readonly person?: string;
  readonly turn?: WaitingTurn;
  readonly states?: readonly SeriesState[];
  /** Words that the titles of its patches contain. */
  readonly title?: string;
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

export interface SearchHit {
  readonly messageId: string;
  readonly score: number;
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
  readonly lastPulledMs: number | null;
  readonly lastError: string;
}

export interface ListRow {
  readonly name: string;
  readonly messages: number;
  readonly postings: number;
  readonly series: number;
  readonly firstMs: number;
  readonly lastMs: number;
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

export interface StoreInfo {
  readonly engine: 'sqlite' | 'postgres';
  readonly schema: number;
  readonly messages: number;
  readonly rawMails: number;
  readonly postings: number;
  readonly series: number;
  readonly facts: number;
  readonly sizeBytes: number;
  readonly waiting: Readonly<Record<Stage, number>>;
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

export interface Store {
  info(): Promise<StoreInfo>;
  close(): Promise<void>;

  // --- mail
  /** Keeps mails, all or none, with the cursor reached; marks the new ones for `thread` and postings for `link`. */
  putMails(batch: readonly MailToStore[], source: SourceRow, nowMs: number): Promise<PutResult>;
  /** Writes all rows of held messages anew from their shown copies, parsed again; marks them as new ones. */
  rewriteMails(batch: readonly MailToStore[]): Promise<void>;
  /** A source took these back: the list's appearances go, and a mail that no list holds any more goes whole. */
  removeMails(messageIds: readonly string[], source: SourceRow, nowMs: number): Promise<number>;
  /** Makes a web archive's print one more copy of the message that it is; the print's own message goes. */
  joinPrint(print: string, original: string, nowMs: number): Promise<void>;
  /** Trouble of a source that belongs to no mail. */
  putSource(source: SourceRow): Promise<void>;
  putTrouble(rows: readonly TroubleRow[]): Promise<void>;
  getSources(): Promise<readonly SourceRow[]>;
  getTroubles(page: PageRequest): Promise<Page<TroubleRow>>;
  getEntries(messageIds: readonly string[]): Promise<ReadonlyMap<string, MessageEntry>>;
  /** The copy to show of each: where bodies differ the oldest arrival, then the smallest hash. */
  getRaw(messageIds: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  getRawCopies(messageId: string): Promise<readonly RawCopy[]>;
  getAppearances(messageId: string): Promise<readonly Appearance[]>;
  /** Every held message id, in order of (sortMs, id), after `after`; for rebuild and export. */
  listMessageIds(
    after: { readonly sortMs: number; readonly messageId: string } | null,
    limit: number,
  ): Promise<readonly { readonly messageId: string; readonly sortMs: number }[]>;
  /** Newest first, of one list or all. */
  listMessages(
    filter: { readonly list?: string; readonly person?: string },
    page: PageRequest,
  ): Promise<Page<MessageEntry>>;

  // --- stages
  takeWaiting(stage: Stage, limit: number): Promise<readonly string[]>;
  markWaiting(stage: Stage, owners: readonly string[]): Promise<void>;
  clearWaiting(stage: Stage, owners: readonly string[]): Promise<void>;
  /** Runs `work` in one transaction: its writes are kept together or not at all. Not nested. */
  together<T>(work: () => Promise<T>): Promise<T>;

  // --- threads
  /** All messages of every thread that one of these belongs to, names, or is named by. */
  getThreadNeighbours(messageIds: readonly string[]): Promise<readonly MessageEntry[]>;
  getThread(thread: string): Promise<readonly MessageEntry[]>;
  putThreads(places: readonly ThreadPlace[]): Promise<void>;

  // --- postings, revisions, series
  getPostings(messageIds: readonly string[]): Promise<ReadonlyMap<string, Posting>>;
  /** For each query the postings that carry the key, nearest to `atMs` first (then by id), `atMs` itself included. */
  findPostings(queries: readonly NeighbourQuery[]): Promise<readonly (readonly string[])[]>;
  getPlacements(messageIds: readonly string[]): Promise<ReadonlyMap<string, Placement>>;
  getRevisions(ids: readonly string[]): Promise<ReadonlyMap<string, Revision>>;
  getRevisionsOfSeries(series: readonly string[]): Promise<readonly Revision[]>;
  getLineage(lineage: string): Promise<readonly Placement[]>;
  /** Writes revisions and placements; `gone` are ids of revisions that are no more. */
  putLinks(links: {
    readonly revisions: readonly Revision[];
    readonly placements: readonly Placement[];
    readonly gone: readonly string[];
  }): Promise<void>;
  putSeries(rows: readonly SeriesRow[], gone: readonly string[], nowMs: number): Promise<void>;
  getSeries(ids: readonly string[]): Promise<ReadonlyMap<string, SeriesRow>>;
  listSeries(
    filter: SeriesFilter,
    order: 'waiting' | 'newest' | 'oldest',
    page: PageRequest,
  ): Promise<Page<SeriesRow>>;

  // --- facts and corrections
  /** Replaces all facts of these kinds that these owners gave. */
  putFacts(owners: readonly string[], kinds: readonly string[], facts: readonly StoredFact[]): Promise<void>;
  getFacts(filter: {
    readonly kinds: readonly string[];
    readonly owners?: readonly string[];
    readonly subjects?: readonly string[];
  }): Promise<readonly StoredFact[]>;
  /** All of one kind in order of (owner, position), for export and plots. */
  listFacts(kind: string, page: PageRequest): Promise<Page<StoredFact>>;
  addCorrection(correction: Omit<Correction, 'id' | 'undoneBy'>): Promise<Correction>;
  undoCorrection(id: number, by: string, atMs: number): Promise<Correction>;
  getCorrections(filter: {
    readonly kind?: string;
    readonly subject?: string;
  }): Promise<readonly Correction[]>;

  // --- search and lists
  search(query: Query, order: 'newest' | 'relevance', page: PageRequest): Promise<Page<SearchHit>>;
  countSearch(query: Query, most: number): Promise<number>;
  getLists(): Promise<readonly ListRow[]>;
  getPerson(address: string): Promise<PersonRow | undefined>;
  listPeople(filter: { readonly text?: string }, page: PageRequest): Promise<Page<PersonRow>>;

  // --- kernels
  putReport(report: Report): Promise<void>;
  getReports(filter: { readonly release?: string; readonly machine?: string }): Promise<readonly Report[]>;
  getReport(id: string): Promise<Report | undefined>;

  // --- live
  getEvents(afterSequence: number, limit: number): Promise<readonly ChangeEvent[]>;

  // --- upkeep
  /** Forgets all that was derived (threads, links, facts, series) and marks every message; raw mail and corrections stay. */
  resetDerived(): Promise<void>;
  /** Findings in words; empty where all is well. */
  verify(): Promise<readonly string[]>;
}
