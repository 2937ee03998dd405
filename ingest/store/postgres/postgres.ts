/**
 * PostgreSQL: the engine of the store for sites with many lists and readers, on a pool of connections.
 *
 * Reads run beside each other; each write is a transaction (./access.ts). The work of each group of tables is done in
 * its own `*-rows.ts` file, or in steps that all engines share (../steps.ts).
 */

import type { Report } from '../../model/kernel.ts';
import type { Query } from '../../model/query.ts';
import { readMaintainers, writeMaintainers } from '../activity-rows.ts';
import { differingCopies } from '../copy-rows.ts';
import { addCorrection, readCorrections, undoCorrection } from '../correction-rows.ts';
import { readEvents } from '../event-rows.ts';
import type { FactFilter, FactOwnerFilter } from '../fact-rows.ts';
import * as reading from '../link-rows.ts';
import { removeList } from '../list-removal.ts';
import { joinPrint } from '../mail-join.ts';
import { removeMails } from '../mail-removal.ts';
import { listPeople, readPerson } from '../person-rows.ts';
import { readReport, readReports, writeReport } from '../report-rows.ts';
import { listSeries, type SeriesOrder } from '../series-queue.ts';
import { readSeries } from '../series-rows.ts';
import { readHiddenSubjects } from '../sight-rows.ts';
import { noteSource, readLists, readSources, readTroubles, writeTroubles } from '../source-rows.ts';
import { readStatistics } from '../statistics-rows.ts';
import type { Steps } from '../steps.ts';
import type * as store from '../store.ts';
import { makeCommits, makeTracker, type Run } from '../tracker-parts.ts';
import { resetDerived } from '../upkeep.ts';
import { clearAll, takeWaiting, takeWaitingThreads } from '../waiting-rows.ts';
import { type AccessOptions, PostgresAccess } from './access.ts';
import { postgresDialect as dialect } from './dialect.ts';
import * as entries from './entry-rows.ts';
import { asSearchError } from './errors.ts';
import { EventListener } from './event-listener.ts';
import * as facts from './fact-rows.ts';
import * as links from './link-rows.ts';
import { lockMail, putMails, rewriteMails } from './mail-rows.ts';
import { findNeighbours, readPostings } from './posting-rows.ts';
import * as raw from './raw-rows.ts';
import { removalParts } from './removal.ts';
import { countMessages, searchMessages } from './search-rows.ts';
import { openPostgresSeen } from './seen.ts';
import { SeenAccess } from './seen-access.ts';
import type { Session } from './session.ts';
import { makeTables } from './tables.ts';
import { readInfo, readLoad, verifyStore } from './upkeep.ts';
import { markAll } from './waiting-rows.ts';

export interface PostgresOptions extends AccessOptions {
  /** A search that takes longer is ended by PostgreSQL; without it none is. */
  readonly searchBudgetMs?: number;
}

type Api = store.Store;

export class PostgresStore implements store.MovableStore {
  readonly location: string;
  readonly #access: PostgresAccess;
  readonly #searchBudgetMs: number;
  readonly #events: EventListener;
  #seen: SeenAccess | null = null;

  private constructor(location: string, access: PostgresAccess, options: PostgresOptions) {
    this.location = location;
    this.#access = access;
    this.#events = new EventListener(location);
    this.#searchBudgetMs = options.searchBudgetMs ?? 0;
  }

  /** @throws StoreError where it cannot be opened */
  static async open(location: string, options: PostgresOptions): Promise<PostgresStore> {
    return new PostgresStore(location, await PostgresAccess.open(location, options), options);
  }

  readonly #read = <T>(action: (session: Session) => Promise<T>): Promise<T> => this.#access.read(action);
  readonly #write = <T>(action: (session: Session) => Promise<T>): Promise<T> => this.#access.write(action);
  /** Steps are given by a function: a write that met another one begins anew. */
  readonly #ask: Run = (steps) => this.#read((session) => session.steps(steps));
  readonly #tell = <T>(begin: () => Steps<T>): Promise<T> => this.#write((session) => session.steps(begin()));
  readonly #tellMail = <T>(begin: () => Steps<T>): Promise<T> =>
    this.#write(async (session) => {
      await lockMail(session);
      return session.steps(begin());
    });

  readonly tracker = makeTracker(dialect, this.#ask, (steps) => this.#access.once((s) => s.steps(steps)));
  readonly commits = makeCommits(dialect, this.#ask, (steps) => this.#access.once((s) => s.steps(steps)));

  readonly tables = makeTables(this.#ask, this.#write);

  info = () => this.#read(readInfo);
  load = () => this.#read(readLoad);

  async close() {
    await this.#seen?.close();
    await this.#events.close();
    await this.#access.close();
  }

  // --- mail
  putMails: Api['putMails'] = (batch, source, nowMs) =>
    this.#write((session) => putMails(session, batch, source, nowMs));
  rewriteMails: Api['rewriteMails'] = (batch) => this.#write((session) => rewriteMails(session, batch));
  removeMails: Api['removeMails'] = (ids, source, nowMs) =>
    this.#tellMail(() => removeMails(removalParts, ids, source, nowMs));
  removeList: Api['removeList'] = (list, most) => this.#tellMail(() => removeList(removalParts, list, most));
  joinPrint: Api['joinPrint'] = (print, original, nowMs) =>
    this.#tellMail(() => joinPrint(removalParts, print, original, nowMs));
  putSource: Api['putSource'] = (source) => this.#tell(() => noteSource(source));
  putTrouble: Api['putTrouble'] = (rows) => this.#tell(() => writeTroubles(rows));
  getSources = () => this.#ask(readSources());
  getTroubles: Api['getTroubles'] = (page) => this.#ask(readTroubles(page));
  getEntries: Api['getEntries'] = (ids) => this.#read((session) => entries.readEntries(session, ids));
  findMessageIds: Api['findMessageIds'] = (start, limit) =>
    this.#read((session) => entries.findMessageIds(session, start, limit));
  getRaw: Api['getRaw'] = (ids) => this.#read((session) => raw.readRaw(session, ids));
  getRawCopies: Api['getRawCopies'] = (id) => this.#read((session) => raw.readRawCopies(session, id));
  getCopies: Api['getCopies'] = async (ids, lists) =>
    differingCopies(await this.#read((session) => raw.readCopyRows(session, ids, lists)));
  getAppearances: Api['getAppearances'] = (id) => this.#read((session) => raw.readAppearances(session, id));
  listMessageIds: Api['listMessageIds'] = (after, limit) =>
    this.#read((session) => entries.listMessageIds(session, after, limit));
  listMessages: Api['listMessages'] = (filter, page) =>
    this.#read((session) => entries.listMessages(session, filter, page));

  // --- stages
  takeWaiting: Api['takeWaiting'] = (stage, limit) => this.#ask(takeWaiting(stage, limit));
  takeWaitingThreads: Api['takeWaitingThreads'] = (stage, limit, most) =>
    this.#ask(takeWaitingThreads(dialect, stage, limit, most));
  markWaiting: Api['markWaiting'] = (stage, owners) =>
    this.#write((session) => markAll(session, stage, owners));
  clearWaiting: Api['clearWaiting'] = (stage, owners) => this.#tell(() => clearAll(dialect, stage, owners));
  together: Api['together'] = (work) => this.#access.together(work);

  alone: Api['alone'] = (...given) => this.#access.alone(...given);

  // --- threads
  getThreadNeighbours: Api['getThreadNeighbours'] = (ids) =>
    this.#read((session) => entries.readThreadNeighbours(session, ids));
  getThread: Api['getThread'] = (thread) => this.#read((session) => entries.readThread(session, thread));
  getThreadsOf: Api['getThreadsOf'] = (ids) => this.#read((session) => entries.readThreadsOf(session, ids));
  putThreads: Api['putThreads'] = (places) =>
    this.#write((session) => entries.writeThreadPlaces(session, places));

  // --- postings, revisions, series
  getPostings: Api['getPostings'] = (ids) => this.#read((session) => readPostings(session, ids));
  findPostings: Api['findPostings'] = (queries) => this.#read((session) => findNeighbours(session, queries));
  getRevisionsOf: Api['getRevisionsOf'] = (ids) => this.#ask(reading.readRevisionsOf(dialect, ids));
  getPlacements: Api['getPlacements'] = (ids) => this.#ask(reading.readPlacements(dialect, ids));
  getRevisions: Api['getRevisions'] = (ids) => this.#ask(reading.readRevisions(dialect, ids));
  getRevisionsOfSeries: Api['getRevisionsOfSeries'] = (series) =>
    this.#ask(reading.readRevisionsOfSeries(dialect, series));
  getLineages: Api['getLineages'] = (lineages) => this.#ask(reading.readLineages(dialect, lineages));
  putLinks: Api['putLinks'] = (written) => this.#write((session) => links.writeLinks(session, written));
  putSeries: Api['putSeries'] = (rows, gone, nowMs) =>
    this.#write((session) => links.writeSeries(session, rows, gone, nowMs));
  getSeries: Api['getSeries'] = (ids) => this.#ask(readSeries(dialect, ids));
  listSeries = (filter: store.SeriesFilter, order: SeriesOrder, page: store.PageRequest) =>
    this.#ask(listSeries(dialect, filter, order, page));

  // --- statistics and maintainers
  putActivity: Api['putActivity'] = (rows, gone) =>
    this.#write((session) => links.writeActivity(session, rows, gone));
  readStatistics: Api['readStatistics'] = (...asked) => this.#ask(readStatistics(dialect, ...asked));
  putMaintainers: Api['putMaintainers'] = (file) => this.#tell(() => writeMaintainers(file));
  getMaintainers = () => this.#ask(readMaintainers());

  // --- facts and corrections
  putFacts: Api['putFacts'] = (owners, kinds, written) =>
    this.#write((session) => facts.writeFacts(session, owners, kinds, written));
  getFacts = (filter: FactFilter) => this.#read((session) => facts.readFacts(session, filter));
  getFactOwners = (kind: string, filter: FactOwnerFilter) =>
    this.#read((session) => facts.readFactOwners(session, kind, filter));
  listFacts: Api['listFacts'] = (kind, page) => this.#read((session) => facts.listFacts(session, kind, page));
  addCorrection: Api['addCorrection'] = (correction) => this.#tell(() => addCorrection(correction));
  undoCorrection: Api['undoCorrection'] = (id, by, atMs) => this.#tell(() => undoCorrection(id, by, atMs));
  getCorrections: Api['getCorrections'] = (filter) => this.#ask(readCorrections(filter));

  // --- search and lists
  search = (query: Query, order: 'newest' | 'relevance', page: store.PageRequest) =>
    this.#search((session) => searchMessages(session, query, order, page));
  countSearch = (query: Query, most: number) =>
    this.#search((session) => countMessages(session, query, most));
  getLists = () => this.#ask(readLists());
  getPerson = (address: string) => this.#ask(readPerson(address));
  listPeople: Api['listPeople'] = (filter, page) => this.#ask(listPeople(dialect, filter, page));

  // --- kernels
  putReport = (report: Report) => this.#tell(() => writeReport(report));
  getReports: Api['getReports'] = (filter) => this.#ask(readReports(filter));
  getReport = (id: string) => this.#ask(readReport(id));

  // --- live
  changeMark = () => this.#access.changeMark();
  countChanges = () => this.#access.countChanges();
  seeing: Api['seeing'] = (changes, work) => this.#access.seeing(changes, work);
  getHiddenSubjects: Api['getHiddenSubjects'] = (lists) => this.#ask(readHiddenSubjects(dialect, lists));
  openSeen: Api['openSeen'] = () => {
    this.#seen ??= new SeenAccess(this.location);
    return openPostgresSeen(this.#seen, this.#searchBudgetMs);
  };
  getEvents: Api['getEvents'] = (after, limit) =>
    this.#access.read((session) => session.steps(readEvents(after, limit)), true);
  watchEvents: Api['watchEvents'] = (wake) => this.#events.watch(wake);

  // --- upkeep
  resetDerived = () => this.#tell(resetDerived);
  verify = () => this.#read(verifyStore);

  async #search<T>(action: (session: Session) => Promise<T>): Promise<T> {
    try {
      return await this.#access.within(this.#searchBudgetMs, action);
    } catch (cause) {
      throw asSearchError(cause, this.#searchBudgetMs);
    }
  }
}
