/**
 * SQLite: the embedded engine of the store, on one connection.
 *
 * Every call runs whole and alone (./sqlite-access.ts). The work of each group of tables is done in its own `*-rows.ts` file.
 */
import type { Report } from '../model/kernel.ts';
import type { Query } from '../model/query.ts';
import { readMaintainers, writeActivity, writeMaintainers } from './activity-rows.ts';
import type { Connection } from './connection.ts';
import { readCopies } from './copy-rows.ts';
import { addCorrection, readCorrections, undoCorrection } from './correction-rows.ts';
import { sqliteDialect } from './dialect.ts';
import * as entries from './entry-rows.ts';
import { readEvents } from './event-rows.ts';
import * as facts from './fact-rows.ts';
import { aloneInFile } from './file-lock.ts';
import * as links from './link-rows.ts';
import { removeList } from './list-removal.ts';
import { joinPrint } from './mail-join.ts';
import { removeMails } from './mail-removal.ts';
import { putMails, rewriteMails } from './mail-rows.ts';
import { listPeople, readPerson } from './person-rows.ts';
import { findNeighbours, readPostings } from './posting-rows.ts';
import { readAppearances, readRaw, readRawCopies } from './raw-rows.ts';
import { readReport, readReports, writeReport } from './report-rows.ts';
import { SearchProcesses } from './search-process.ts';
import { countMessages, searchMessages } from './search-rows.ts';
import { listSeries, type SeriesOrder } from './series-queue.ts';
import { readSeries, writeSeries } from './series-rows.ts';
import type { SeenStore } from './sight.ts';
import { readHiddenSubjects } from './sight-rows.ts';
import { noteSource, readLists, readSources, readTroubles, writeTroubles } from './source-rows.ts';
import { SqliteAccess, type SqliteOptions } from './sqlite-access.ts';
import { removalParts } from './sqlite-removal.ts';
import { openSqliteSeen } from './sqlite-seen.ts';
import { sqliteTables } from './sqlite-tables.ts';
import { readStatistics } from './statistics-rows.ts';
import type * as store from './store.ts';
import { makeCommits, makeTracker, type Run } from './tracker-parts.ts';
import { readInfo, readLoad, resetDerived, verifyStore } from './upkeep.ts';
import { clearAll, markAll, takeWaiting, takeWaitingThreads } from './waiting-rows.ts';

export class SqliteStore implements store.MovableStore {
  readonly location: string | null;
  readonly #access: SqliteAccess;
  readonly #searches: SearchProcesses | null;
  readonly #seen = new Set<SeenStore>();
  readonly #ask: Run = (steps) => this.#read((connection) => connection.steps(steps));
  readonly #tell: Run = (steps) => this.#write((connection) => connection.steps(steps));
  readonly tracker = makeTracker(sqliteDialect, this.#ask, this.#tell);
  readonly commits = makeCommits(sqliteDialect, this.#ask, this.#tell);
  readonly tables = sqliteTables(this.#ask, this.#tell, (action) => this.#write(action));

  constructor(location: string, options: SqliteOptions = {}) {
    this.location = location === ':memory:' ? null : location;
    this.#access = new SqliteAccess(location, options);
    const { searchBudgetMs = 0 } = options;
    const isBounded = searchBudgetMs > 0 && this.location !== null;
    this.#searches = isBounded ? new SearchProcesses(location, searchBudgetMs) : null;
  }

  info = () => this.#read(readInfo);
  load = () => this.#read(readLoad);

  async close() {
    this.#searches?.close();
    for (const seen of this.#seen) await seen.close();
    await this.#access.close();
  }

  // --- mail
  putMails(batch: readonly store.MailToStore[], source: store.SourceRow, nowMs: number) {
    return this.#access.joined(() => putMails(this.#access, batch, source, nowMs));
  }

  rewriteMails(batch: readonly store.MailToStore[]) {
    return this.#write((connection) => rewriteMails(connection, batch));
  }

  removeMails(messageIds: readonly string[], source: store.SourceRow, nowMs: number) {
    return this.#write((connection) =>
      connection.steps(removeMails(removalParts(connection), messageIds, source, nowMs)),
    );
  }

  removeList(list: string, most: number) {
    return this.#write((connection) => connection.steps(removeList(removalParts(connection), list, most)));
  }

  joinPrint(print: string, original: string, nowMs: number) {
    return this.#write((connection) =>
      connection.steps(joinPrint(removalParts(connection), print, original, nowMs)),
    );
  }

  async putSource(source: store.SourceRow) {
    await this.#tell(noteSource(source));
  }

  putTrouble: store.Store['putTrouble'] = (rows) => this.#tell(writeTroubles(rows));

  getSources = () => this.#ask(readSources());

  getTroubles = (page: store.PageRequest) => this.#ask(readTroubles(page));

  getEntries(messageIds: readonly string[]) {
    return this.#read((connection) => entries.readEntries(connection, messageIds));
  }

  findMessageIds = (start: string, limit: number) =>
    this.#read((connection) => entries.findMessageIds(connection, start, limit));

  getRaw = (messageIds: readonly string[]) => this.#read((connection) => readRaw(connection, messageIds));

  getRawCopies = (messageId: string) => this.#read((connection) => readRawCopies(connection, messageId));

  getCopies(messageIds: readonly string[], lists: readonly string[] | null) {
    return this.#read((connection) => readCopies(connection, messageIds, lists));
  }

  getAppearances = (messageId: string) => this.#read((connection) => readAppearances(connection, messageId));

  listMessageIds(after: { readonly sortMs: number; readonly messageId: string } | null, limit: number) {
    return this.#read((connection) => entries.listMessageIds(connection, after, limit));
  }

  listMessages(filter: { readonly list?: string; readonly person?: string }, page: store.PageRequest) {
    return this.#read((connection) => entries.listMessages(connection, filter, page));
  }

  // --- stages
  takeWaiting: store.Store['takeWaiting'] = (stage, limit) => this.#ask(takeWaiting(stage, limit));

  takeWaitingThreads(stage: store.Stage, limit: number, most: number) {
    return this.#ask(takeWaitingThreads(sqliteDialect, stage, limit, most));
  }

  markWaiting: store.Store['markWaiting'] = (stage, owners) =>
    this.#write((connection) => markAll(connection, stage, owners));

  clearWaiting: store.Store['clearWaiting'] = (stage, owners) =>
    this.#tell(clearAll(sqliteDialect, stage, owners));

  together<T>(work: () => Promise<T>) {
    return this.#access.together(work);
  }

  alone: store.Store['alone'] = (...given) => aloneInFile(this.location, ...given);

  // --- threads
  getThreadNeighbours(messageIds: readonly string[]) {
    return this.#read((connection) => entries.readThreadNeighbours(connection, messageIds));
  }

  getThread: store.Store['getThread'] = (thread) =>
    this.#read((connection) => entries.readThread(connection, thread));
  getThreadsOf: store.Store['getThreadsOf'] = (messageIds) =>
    this.#read((connection) => entries.readThreadsOf(connection, messageIds));

  putThreads(places: readonly store.ThreadPlace[]) {
    return this.#write((connection) => entries.writeThreadPlaces(connection, places));
  }

  // --- postings, revisions, series
  getPostings: store.Store['getPostings'] = (messageIds) =>
    this.#read((connection) => readPostings(connection, messageIds));
  findPostings: store.Store['findPostings'] = (queries) =>
    this.#read((connection) => findNeighbours(connection, queries));
  getRevisionsOf: store.Store['getRevisionsOf'] = (messageIds) =>
    this.#ask(links.readRevisionsOf(sqliteDialect, messageIds));
  getPlacements: store.Store['getPlacements'] = (messageIds) =>
    this.#ask(links.readPlacements(sqliteDialect, messageIds));
  getRevisions: store.Store['getRevisions'] = (ids) => this.#ask(links.readRevisions(sqliteDialect, ids));
  getRevisionsOfSeries: store.Store['getRevisionsOfSeries'] = (series) =>
    this.#ask(links.readRevisionsOfSeries(sqliteDialect, series));
  getLineages: store.Store['getLineages'] = (lineages) =>
    this.#ask(links.readLineages(sqliteDialect, lineages));

  putLinks(written: links.Links) {
    return this.#write((connection) => links.writeLinks(connection, written));
  }

  putSeries(rows: readonly store.SeriesRow[], gone: readonly string[], nowMs: number) {
    return this.#write((connection) => writeSeries(connection, rows, gone, nowMs));
  }

  getSeries: store.Store['getSeries'] = (ids) => this.#ask(readSeries(sqliteDialect, ids));

  listSeries(filter: store.SeriesFilter, order: SeriesOrder, page: store.PageRequest) {
    return this.#ask(listSeries(sqliteDialect, filter, order, page));
  }

  // --- statistics
  putActivity = (rows: readonly store.SeriesActivity[], gone: readonly string[]) =>
    this.#write((connection) => writeActivity(connection, rows, gone));

  readStatistics = (filter: store.StatisticsFilter, nowMs: number, reviewers: number) =>
    this.#ask(readStatistics(sqliteDialect, filter, nowMs, reviewers));

  // --- maintainers
  putMaintainers = (file: store.MaintainersFile) => this.#tell(writeMaintainers(file));

  getMaintainers = () => this.#ask(readMaintainers());

  // --- facts and corrections
  putFacts(
    owners: readonly string[],
    kinds: readonly string[],
    written: readonly (store.StoredFact | store.PackedFacts)[],
  ) {
    return this.#write((connection) => facts.writeFacts(connection, owners, kinds, written));
  }

  getFacts(filter: facts.FactFilter) {
    return this.#read((connection) => facts.readFacts(connection, filter));
  }

  getFactOwners(kind: string, filter: facts.FactOwnerFilter) {
    return this.#read((connection) => facts.readFactOwners(connection, kind, filter));
  }

  listFacts(kind: string, page: store.PageRequest) {
    return this.#read((connection) => facts.listFacts(connection, kind, page));
  }

  addCorrection(correction: Omit<store.Correction, 'id' | 'undoneBy'>) {
    return this.#tell(addCorrection(correction));
  }

  undoCorrection(id: number, by: string, atMs: number) {
    return this.#tell(undoCorrection(id, by, atMs));
  }

  getCorrections(filter: { readonly kind?: string; readonly subject?: string }) {
    return this.#ask(readCorrections(filter));
  }

  // --- search and lists
  search(query: Query, order: 'newest' | 'relevance', page: store.PageRequest) {
    if (this.#searches) return this.#searches.search(query, order, page);
    return this.#read((connection) => searchMessages(connection, query, order, page));
  }

  countSearch(query: Query, most: number) {
    if (this.#searches) return this.#searches.count(query, most);
    return this.#read((connection) => countMessages(connection, query, most));
  }

  getLists = () => this.#ask(readLists());

  getPerson(address: string) {
    return this.#ask(readPerson(address));
  }

  listPeople(filter: { readonly text?: string }, page: store.PageRequest) {
    return this.#ask(listPeople(sqliteDialect, filter, page));
  }

  // --- kernels
  putReport = (report: Report) => this.#tell(writeReport(report));

  getReports = (filter: { readonly release?: string; readonly machine?: string }) =>
    this.#ask(readReports(filter));

  getReport = (id: string) => this.#ask(readReport(id));

  // --- live
  changeMark = () => this.#read((connection) => connection.changeMark());

  // One file: every reader sees what was committed.
  countChanges = () => Promise.resolve(0);
  seeing = <T>(_changes: number, work: () => Promise<T>) => work();

  getHiddenSubjects = (lists: readonly string[]) => this.#ask(readHiddenSubjects(sqliteDialect, lists));

  openSeen() {
    const seen = openSqliteSeen(this.location, this.#searches);
    this.#seen.add(seen);
    return seen;
  }

  getEvents(afterSequence: number, limit: number) {
    return this.#ask(readEvents(afterSequence, limit));
  }

  watchEvents = () => null;

  // --- upkeep
  resetDerived = () => this.#tell(resetDerived());
  verify = () => this.#read(verifyStore);

  #read<T>(action: (connection: Connection) => T): Promise<T> {
    return this.#access.read(action);
  }

  #write<T>(action: (connection: Connection) => T): Promise<T> {
    return this.#access.write(action);
  }
}
