/**
 * Readable store: the store as somebody sees it who may not read some lists. What stands on hidden lists only does not
 * exist for them: not as mail, not in counts, and not as a fact that was drawn from it.
 *
 * Every method of Store is here, so a new one does not compile before somebody has thought about it. Writing is not
 * limited here: routes find what they change by reading. Lists are read on until a page is full, so that a short page
 * betrays nothing. Facts: ./readable-facts.ts, series: ./readable-series.ts, tracker: ./readable-tracker.ts
 */
import type { Query } from '../../ingest/model/query.ts';
import type { Placement, Revision } from '../../ingest/model/series.ts';
import type {
  Appearance,
  ChangeEvent,
  Correction,
  ListRow,
  MessageEntry,
  NeighbourQuery,
  Page,
  PageRequest,
  RawCopy,
  SearchHit,
  SeriesFilter,
  SeriesRow,
  Store,
  StoredFact,
} from '../../ingest/store/store.ts';
import { limitFacts, namedMessages } from './readable-facts.ts';
import { fillPage, listOpenEvents, listOpenIds } from './readable-page.ts';
import { listOpenPeople, readOpenPerson } from './readable-people.ts';
import { readOpenCopies, readOpenRaw } from './readable-raw.ts';
import { limitRevisions, limitSeries, listOpenSeries } from './readable-series.ts';
import { countOpen, listOpenTroubles } from './readable-status.ts';
import { readableTracker } from './readable-tracker.ts';

export class ReadableStore implements Store {
  readonly location = null; // opened again it would show all
  readonly tracker: Store['tracker'];
  /** Of repositories, not of mail; which posting one holds is a fact, and those are limited. */
  readonly commits: Store['commits'];
  readonly #whole: Store;
  readonly #hidden: ReadonlySet<string>;

  constructor(whole: Store, hidden: ReadonlySet<string>) {
    this.#whole = whole;
    this.#hidden = hidden;
    this.commits = whole.commits;
    const seen = (ids: readonly string[]) => this.seen(ids);
    this.tracker = readableTracker(whole.tracker, () => this.#openLists(), seen);
  }

  /** Those of the messages that may be read. Ids that are not held are not among them. */
  async seen(messageIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.getEntries([...new Set(messageIds)])).keys());
  }

  isOpenList = (list: string): boolean => !this.#hidden.has(list);
  info = () => countOpen(this.#whole, this);
  close = () => this.#whole.close();

  // --- mail
  putMails: Store['putMails'] = (...given) => this.#whole.putMails(...given);
  rewriteMails: Store['rewriteMails'] = (...given) => this.#whole.rewriteMails(...given);
  removeMails: Store['removeMails'] = (...given) => this.#whole.removeMails(...given);
  removeList: Store['removeList'] = (...given) => this.#whole.removeList(...given);
  joinPrint: Store['joinPrint'] = (...given) => this.#whole.joinPrint(...given);
  putSource: Store['putSource'] = (...given) => this.#whole.putSource(...given);
  putTrouble: Store['putTrouble'] = (...given) => this.#whole.putTrouble(...given);

  getSources = async () => (await this.#whole.getSources()).filter(({ list }) => this.isOpenList(list));

  getTroubles = (page: PageRequest) => listOpenTroubles(this.#whole, this, page);

  async getEntries(messageIds: readonly string[]): Promise<ReadonlyMap<string, MessageEntry>> {
    const entries = this.#openEntries([...(await this.#whole.getEntries(messageIds)).values()]);
    return new Map(entries.map((entry) => [entry.messageId, entry]));
  }

  async findMessageIds(start: string, limit: number): Promise<readonly string[]> {
    const found = await this.#whole.findMessageIds(start, limit);
    const seen = await this.seen(found);
    return found.filter((id) => seen.has(id));
  }

  getRaw = (messageIds: readonly string[]) => readOpenRaw(this.#whole, this, messageIds);

  async getRawCopies(messageId: string): Promise<readonly RawCopy[]> {
    const open = new Set((await this.getAppearances(messageId)).map(({ rawSha256 }) => rawSha256));
    return (await this.#whole.getRawCopies(messageId)).filter(({ sha256 }) => open.has(sha256));
  }

  getCopies: Store['getCopies'] = (ids, lists) => readOpenCopies(this.#whole, this, ids, lists);

  async getAppearances(messageId: string): Promise<readonly Appearance[]> {
    return (await this.#whole.getAppearances(messageId)).filter(({ list }) => this.isOpenList(list));
  }

  listMessageIds: Store['listMessageIds'] = (after, limit) =>
    listOpenIds(this.#whole, (ids) => this.seen(ids), after, limit);

  async listMessages(
    filter: { readonly list?: string; readonly person?: string },
    page: PageRequest,
  ): Promise<Page<MessageEntry>> {
    if (filter.list !== undefined && !this.isOpenList(filter.list)) return { items: [], next: null };
    return fillPage(page, async (request) => {
      const found = await this.#whole.listMessages(filter, request);
      return { ...found, items: this.#openEntries(found.items) };
    });
  }

  // --- stages
  takeWaiting: Store['takeWaiting'] = (...given) => this.#whole.takeWaiting(...given);
  takeWaitingThreads: Store['takeWaitingThreads'] = (...given) => this.#whole.takeWaitingThreads(...given);
  markWaiting: Store['markWaiting'] = (...given) => this.#whole.markWaiting(...given);
  clearWaiting: Store['clearWaiting'] = (...given) => this.#whole.clearWaiting(...given);
  together: Store['together'] = (work) => this.#whole.together(work);

  // --- threads
  async getThreadNeighbours(messageIds: readonly string[]): Promise<readonly MessageEntry[]> {
    return this.#openEntries(await this.#whole.getThreadNeighbours(messageIds));
  }

  async getThread(thread: string): Promise<readonly MessageEntry[]> {
    return this.#openEntries(await this.#whole.getThread(thread));
  }

  async getThreadsOf(messageIds: readonly string[]): Promise<readonly MessageEntry[]> {
    return this.#openEntries(await this.#whole.getThreadsOf([...(await this.seen(messageIds))]));
  }

  putThreads: Store['putThreads'] = (...given) => this.#whole.putThreads(...given);

  // --- postings, revisions, series
  getPostings = async (messageIds: readonly string[]) =>
    this.#whole.getPostings([...(await this.seen(messageIds))]);

  async findPostings(queries: readonly NeighbourQuery[]): Promise<readonly (readonly string[])[]> {
    const found = await this.#whole.findPostings(queries);
    const seen = await this.seen(found.flat());
    return found.map((ids) => ids.filter((id) => seen.has(id)));
  }

  async getPlacements(messageIds: readonly string[]): Promise<ReadonlyMap<string, Placement>> {
    return this.#whole.getPlacements([...(await this.seen(messageIds))]);
  }

  async getRevisions(ids: readonly string[]): Promise<ReadonlyMap<string, Revision>> {
    const found = await this.#limitRevisions([...(await this.#whole.getRevisions(ids)).values()]);
    return new Map(found.map((revision) => [revision.id, revision]));
  }

  async getRevisionsOfSeries(series: readonly string[]): Promise<readonly Revision[]> {
    return this.#limitRevisions(await this.#whole.getRevisionsOfSeries(series));
  }

  async getLineages(lineages: readonly string[]): Promise<ReadonlyMap<string, readonly Placement[]>> {
    const found = [...(await this.#whole.getLineages(lineages))];
    const seen = await this.seen(found.flatMap(([, placements]) => placements.map((one) => one.messageId)));
    const open = found.map(
      ([id, placements]) => [id, placements.filter((one) => seen.has(one.messageId))] as const,
    );
    return new Map(open.filter(([, placements]) => placements.length > 0));
  }

  putLinks: Store['putLinks'] = (...given) => this.#whole.putLinks(...given);
  putSeries: Store['putSeries'] = (...given) => this.#whole.putSeries(...given);

  async getSeries(ids: readonly string[]): Promise<ReadonlyMap<string, SeriesRow>> {
    const rows = await limitSeries(this.#whole, this, [...(await this.#whole.getSeries(ids)).values()]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  async listSeries(
    filter: SeriesFilter,
    order: 'waiting' | 'newest' | 'oldest',
    page: PageRequest,
  ): Promise<Page<SeriesRow>> {
    if (filter.list !== undefined && !this.isOpenList(filter.list)) return { items: [], next: null };
    return listOpenSeries(this.#whole, this, filter, order, page);
  }

  // --- statistics
  putActivity: Store['putActivity'] = (...given) => this.#whole.putActivity(...given);

  readStatistics: Store['readStatistics'] = async (filter, nowMs, reviewers) => {
    const open = await this.#openLists();
    const lists = open.filter((list) => filter.lists?.includes(list) ?? true);
    return this.#whole.readStatistics({ ...filter, lists }, nowMs, reviewers);
  };

  putMaintainers: Store['putMaintainers'] = (...given) => this.#whole.putMaintainers(...given);
  getMaintainers = () => this.#whole.getMaintainers();

  // --- facts and corrections
  putFacts: Store['putFacts'] = (...given) => this.#whole.putFacts(...given);

  async getFacts(filter: Parameters<Store['getFacts']>[0]): Promise<readonly StoredFact[]> {
    return this.#limitFacts(await this.#whole.getFacts(filter));
  }

  async getFactOwners(...given: Parameters<Store['getFactOwners']>): Promise<readonly string[]> {
    return [...(await this.seen(await this.#whole.getFactOwners(...given)))];
  }

  listFacts(kind: string, page: PageRequest): Promise<Page<StoredFact>> {
    return fillPage(page, async (request) => {
      const found = await this.#whole.listFacts(kind, request);
      return { ...found, items: await this.#limitFacts(found.items) };
    });
  }

  addCorrection: Store['addCorrection'] = (...given) => this.#whole.addCorrection(...given);
  undoCorrection: Store['undoCorrection'] = (...given) => this.#whole.undoCorrection(...given);

  async getCorrections(filter: { readonly kind?: string; readonly subject?: string }) {
    const found = await this.#whole.getCorrections(filter);
    const named = ({ subject, value }: Correction) => [
      subject,
      ...(typeof value === 'string' ? [value] : []),
    ];
    const hidden = await this.#hiddenAmong(found.flatMap(named));
    return found.filter((correction) => !named(correction).some((id) => hidden.has(id)));
  }

  // --- search and lists
  async search(query: Query, order: 'newest' | 'relevance', page: PageRequest): Promise<Page<SearchHit>> {
    return this.#whole.search(await this.#limitQuery(query), order, page);
  }

  countSearch = async (query: Query, most: number) =>
    this.#whole.countSearch(await this.#limitQuery(query), most);

  getLists = async (): Promise<readonly ListRow[]> =>
    (await this.#whole.getLists()).filter(({ name }) => this.isOpenList(name));

  getPerson = (address: string) => readOpenPerson(this.#whole, this, address);
  listPeople: Store['listPeople'] = (filter, page) => listOpenPeople(this.#whole, this, filter, page);

  // --- kernels
  putReport: Store['putReport'] = (...given) => this.#whole.putReport(...given);
  getReports: Store['getReports'] = (...given) => this.#whole.getReports(...given);
  getReport: Store['getReport'] = (...given) => this.#whole.getReport(...given);

  // --- live
  getEvents = (afterSequence: number, limit: number) =>
    listOpenEvents(this.#whole, (events) => this.openEvents(events), afterSequence, limit);

  changeMark = () => this.#whole.changeMark();

  /** Those of the events that tell of nothing hidden. */
  async openEvents(events: readonly ChangeEvent[]): Promise<readonly ChangeEvent[]> {
    const hidden = await this.#hiddenAmong(events.map(({ subject }) => subject));
    const sources = new Set((await this.getSources()).map(({ location }) => location));
    return events.filter(({ kind, subject }) =>
      kind === 'source' ? sources.has(subject) : !hidden.has(subject),
    );
  }

  // --- upkeep
  resetDerived = () => this.#whole.resetDerived();
  verify = () => this.#whole.verify();

  /** Entries on a list that may be read, without the names of the others. */
  #openEntries(entries: readonly MessageEntry[]): MessageEntry[] {
    return entries.flatMap((entry) => {
      const lists = entry.lists.filter(this.isOpenList);
      return lists.length === 0 && entry.lists.length > 0 ? [] : [{ ...entry, lists }];
    });
  }

  /** Held messages among the ids that may not be read; ids of anything else are not hidden. */
  async #hiddenAmong(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const held = [...(await this.#whole.getEntries([...new Set(ids)])).keys()];
    const seen = await this.seen(held);
    return new Set(held.filter((id) => !seen.has(id)));
  }

  async #limitFacts(facts: readonly StoredFact[]): Promise<StoredFact[]> {
    return limitFacts(facts, await this.#hiddenAmong(facts.flatMap(namedMessages)));
  }

  async #limitRevisions(revisions: readonly Revision[]): Promise<Revision[]> {
    return limitRevisions(revisions, await this.seen(revisions.flatMap(({ postings }) => postings)));
  }

  async #openLists(): Promise<readonly string[]> {
    return (await this.getLists()).map(({ name }) => name);
  }

  /** A hit must be on a list that may be read: a mail on both kinds of lists still is. */
  async #limitQuery(query: Query): Promise<Query> {
    const onOpen: Query[] = (await this.#openLists()).map((value) => ({ op: 'value', field: 'list', value }));
    return { op: 'and', items: [query, { op: 'or', items: onOpen }] };
  }
}
