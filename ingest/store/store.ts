/**
 * Store: all that Patchtrail keeps, as one asynchronous interface in batches.
 *
 * Each engine (sqlite.ts, later PostgreSQL) implements it and passes test/store/contract.ts unchanged.
 * Nothing here infers: facts come from the pure folders, by way of the pipeline.
 */
import type { Report } from '../model/kernel.ts';
import type { MaintainersFile } from '../model/maintainers.ts';
import type { Posting } from '../model/posting.ts';
import type { Query } from '../model/query.ts';
import type { Placement, Revision } from '../model/series.ts';
import type { SeriesActivity, Statistics, StatisticsFilter } from '../model/statistics.ts';
import type { CommitStore } from './commits.ts';
import type {
  Appearance,
  ChangeEvent,
  Correction,
  ListRemoval,
  ListRow,
  MailToStore,
  MessageEntry,
  NeighbourQuery,
  PackedFacts,
  Page,
  PageRequest,
  PersonRow,
  PutResult,
  RawCopy,
  SearchHit,
  SeriesFilter,
  SeriesRow,
  SourceRow,
  Stage,
  StoredFact,
  StoreInfo,
  StoreLoad,
  ThreadPlace,
  TroubleRow,
} from './records.ts';
import type { SeenStore } from './sight.ts';
import type { StoredTables } from './tables.ts';
import type { Tracker } from './tracker.ts';

export type * from '../model/maintainers.ts';
export type * from '../model/statistics.ts';
export type * from './records.ts';

/** Whether to wait for a turn, and what ends the waiting. */
export interface Patience {
  readonly isPatient: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Store {
  /** What openStore opens again, for reading from another thread; null for a store in memory. */
  readonly location: string | null;
  /** Patches by number, and what people and machines say of them. */
  readonly tracker: Tracker;
  readonly commits: CommitStore;
  info(): Promise<StoreInfo>;
  /** The part of `info` that monitoring may ask for each few seconds. */
  load(): Promise<StoreLoad>;
  close(): Promise<void>;

  // --- mail
  /** Keeps mails, all or none, with the cursor reached; marks the new ones for `thread` and postings for `link`. */
  putMails(batch: readonly MailToStore[], source: SourceRow, nowMs: number): Promise<PutResult>;
  /** Writes all rows of held messages anew from their shown copies, parsed again; marks them as new ones. */
  rewriteMails(batch: readonly MailToStore[]): Promise<void>;
  /** A source took these back: the list's appearances go, and a mail that no list holds any more goes whole. */
  removeMails(messageIds: readonly string[], source: SourceRow, nowMs: number): Promise<number>;
  /** Takes away up to `most` mails of a list, and with the last of them the list; call it until none is left. */
  removeList(list: string, most: number): Promise<ListRemoval>;
  /** Makes a web archive's print one more copy of the message that it is; the print's own message goes. */
  joinPrint(print: string, original: string, nowMs: number): Promise<void>;
  /** How a source is now: its cursor, its last pull, its last error. */
  putSource(source: SourceRow): Promise<void>;
  putTrouble(rows: readonly TroubleRow[]): Promise<void>;
  getSources(): Promise<readonly SourceRow[]>;
  getTroubles(page: PageRequest): Promise<Page<TroubleRow>>;
  getEntries(messageIds: readonly string[]): Promise<ReadonlyMap<string, MessageEntry>>;
  /** Ids of held messages that begin with `start`, in order of code units; for addresses whose end was masked. */
  findMessageIds(start: string, limit: number): Promise<readonly string[]>;
  /** The copy to show of each: where bodies differ the oldest arrival, then the longest, then the smallest hash. */
  getRaw(messageIds: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  getRawCopies(messageId: string): Promise<readonly RawCopy[]>;
  /** Copies that came through these lists (null: any) and differ below their headers, the oldest arrival first. */
  getCopies(
    messageIds: readonly string[],
    lists: readonly string[] | null,
  ): Promise<ReadonlyMap<string, readonly Uint8Array[]>>;
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
  /** The same by thread, each with all others that wait in it; `most` bounds the whole. */
  takeWaitingThreads(stage: Stage, limit: number, most: number): Promise<readonly (readonly string[])[]>;
  markWaiting(stage: Stage, owners: readonly string[]): Promise<void>;
  clearWaiting(stage: Stage, owners: readonly string[]): Promise<void>;
  /** Runs `work` in one transaction: its writes are kept together or not at all. Not nested. */
  together<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` while no other program that uses the store does what has this name; where one does, waits for it or,
   * impatient or told to stop, gives undefined. What it writes is taken back when another one had to take it over.
   */
  alone<T>(name: string, patience: Patience, work: () => Promise<T>): Promise<T | undefined>;

  // --- threads
  /** All messages of every thread that one of these belongs to, names, or is named by. */
  getThreadNeighbours(messageIds: readonly string[]): Promise<readonly MessageEntry[]>;
  getThread(thread: string): Promise<readonly MessageEntry[]>;
  /** All messages of the threads that these are in, oldest first. */
  getThreadsOf(messageIds: readonly string[]): Promise<readonly MessageEntry[]>;
  putThreads(places: readonly ThreadPlace[]): Promise<void>;

  // --- postings, revisions, series
  getPostings(messageIds: readonly string[]): Promise<ReadonlyMap<string, Posting>>;
  /** For each query the postings that carry the key, nearest to `atMs` first (then by id), `atMs` itself included. */
  findPostings(queries: readonly NeighbourQuery[]): Promise<readonly (readonly string[])[]>;
  getPlacements(messageIds: readonly string[]): Promise<ReadonlyMap<string, Placement>>;
  /** Only where each posting stands, by its id: a third of what its placement costs to read. */
  getRevisionsOf(
    messageIds: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<Placement, 'revision' | 'series'>>>;
  getRevisions(ids: readonly string[]): Promise<ReadonlyMap<string, Revision>>;
  getRevisionsOfSeries(series: readonly string[]): Promise<readonly Revision[]>;
  /** The postings of each lineage, oldest first. */
  getLineages(lineages: readonly string[]): Promise<ReadonlyMap<string, readonly Placement[]>>;
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

  // --- statistics
  /** Writes what these series give to statistics; `gone` are series that are no more. */
  putActivity(rows: readonly SeriesActivity[], gone: readonly string[]): Promise<void>;
  /** Ages of open points are those at `nowMs`; at most `reviewers` people are named. */
  readStatistics(filter: StatisticsFilter, nowMs: number, reviewers: number): Promise<Statistics>;

  // --- maintainers
  /** Keeps what a tree's MAINTAINERS file says, in place of what it said before; it stays when the rest is derived anew. */
  putMaintainers(file: MaintainersFile): Promise<void>;
  /** In order of their trees. */
  getMaintainers(): Promise<readonly MaintainersFile[]>;

  // --- facts and corrections
  /** Replaces all facts of these kinds that these owners gave. */
  putFacts(
    owners: readonly string[],
    kinds: readonly string[],
    facts: readonly (StoredFact | PackedFacts)[],
  ): Promise<void>;
  getFacts(filter: {
    readonly kinds: readonly string[];
    readonly owners?: readonly string[];
    readonly subjects?: readonly string[];
  }): Promise<readonly StoredFact[]>;
  /** Which of these owners gave facts of a kind; or, by `subjects`, who gave facts of it about others. In no order. */
  getFactOwners(
    kind: string,
    filter: { readonly owners: readonly string[] } | { readonly subjects: readonly string[] },
  ): Promise<readonly string[]>;
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
  /** Another text after each change that anybody committed; what was read under one mark holds while it stays. */
  changeMark(): Promise<string>;
  /** How many changes were committed: for `seeing`, through this program or another one. */
  countChanges(): Promise<number>;
  /** Runs `work`: what it reads holds at least so many changes, whichever server it is read from. */
  seeing<T>(changes: number, work: () => Promise<T>): Promise<T>;
  /** What mail that is on these lists only tells of: its ids, and the subjects of facts that it gave. */
  getHiddenSubjects(lists: readonly string[]): Promise<readonly string[]>;
  /** The same store as somebody sees it. @throws StoreError for a store in memory */
  openSeen(): SeenStore;
  getEvents(afterSequence: number, limit: number): Promise<readonly ChangeEvent[]>;
  /**
   * Calls with the newest sequence number when there are new events, until the returned function is called; null where
   * the engine cannot tell. A connection may hang, so ask now and then all the same.
   */
  watchEvents(wake: (newest: number) => void): (() => void) | null;

  // --- upkeep
  /** Forgets all that was derived (threads, links, facts, series) and marks every message; raw mail and corrections stay. */
  resetDerived(): Promise<void>;
  /** Findings in words; empty where all is well. */
  verify(): Promise<readonly string[]>;
}

/** What engines give: a store that can be moved into another one. */
export interface MovableStore extends Store {
  readonly tables: StoredTables;
}
