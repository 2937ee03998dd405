/**
 * Readable store: the store as somebody sees it who may not read some lists. What stands on hidden lists only does not
 * exist for them: not as mail, not in counts, and not as a fact that was drawn from it.
 *
 * Every method of Store is here, so a new one does not compile before somebody has thought about it. Writing is not
 * limited here: routes find what they change by reading. Lists are read on until a page is full, so that a short page
 * betrays nothing. What the engine lists, counts and searches it does through a sight (./readable-sight.ts). Facts:
 * ./readable-facts.ts, links: ./readable-links.ts, tracker: ./readable-tracker.ts
 */
import type { SeenStore } from '../../ingest/store/sight.ts';
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
  Store,
} from '../../ingest/store/store.ts';
import { ReadableDerived } from './readable-derived.ts';
import { listOpenEvents, listOpenIds } from './readable-page.ts';
import { readOpenCopies, readOpenRaw } from './readable-raw.ts';
import { ReadableSight } from './readable-sight.ts';
import { countOpen, listOpenTroubles, readOpenLoad } from './readable-status.ts';
import { readableTracker } from './readable-tracker.ts';

export class ReadableStore implements Store {
  readonly location = null; // opened again it would show all
  readonly tracker: Store['tracker'];
  /** Of repositories, not of mail; which posting one holds is a fact, and those are limited. */
  readonly commits: Store['commits'];
  readonly #whole: Store;
  readonly #hidden: ReadonlySet<string>;
  readonly #derived: ReadableDerived;

  constructor(whole: Store, hidden: ReadonlySet<string>, isForSight = false) {
    this.#whole = whole;
    this.#hidden = hidden;
    const sight = isForSight
      ? null
      : new ReadableSight(whole, [...hidden], new ReadableStore(whole, hidden, true));
    this.#derived = new ReadableDerived(whole, this, sight);
    this.commits = whole.commits;
    this.tracker = readableTracker(whole.tracker, {
      openLists: () => this.#openLists(),
      seen: (ids) => this.seen(ids),
      store: () => this.#derived.store(),
      names: () => this.#derived.names(),
    });
  }

  /** Gives back what it holds open; the store itself stays open. */
  leave = () => this.#derived.close();

  /** Those of the messages that may be read. Ids that are not held are not among them. */
  async seen(messageIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.getEntries([...new Set(messageIds)])).keys());
  }

  isOpenList = (list: string): boolean => !this.#hidden.has(list);
  info = () => countOpen(this.#whole, this);
  load = () => readOpenLoad(this.#whole);
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
    const entries = await this.#openEntries([...(await this.#whole.getEntries(messageIds)).values()]);
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
    const found = await (await this.#derived.store()).listMessages(filter, page);
    return { ...found, items: await this.#openEntries(found.items) };
  }

  // --- stages
  takeWaiting: Store['takeWaiting'] = (...given) => this.#whole.takeWaiting(...given);
  takeWaitingThreads: Store['takeWaitingThreads'] = (...given) => this.#whole.takeWaitingThreads(...given);
  markWaiting: Store['markWaiting'] = (...given) => this.#whole.markWaiting(...given);
  clearWaiting: Store['clearWaiting'] = (...given) => this.#whole.clearWaiting(...given);
  together: Store['together'] = (work) => this.#whole.together(work);
  alone: Store['alone'] = (...given) => this.#whole.alone(...given);

  // --- threads
  async getThreadNeighbours(messageIds: readonly string[]): Promise<readonly MessageEntry[]> {
    return await this.#openEntries(await this.#whole.getThreadNeighbours(messageIds));
  }

  async getThread(thread: string): Promise<readonly MessageEntry[]> {
    // The name of a hidden thread was given as that of one of its mails.
    const held = (await this.#whole.getEntries([thread])).get(thread);
    return this.#openEntries(await this.#whole.getThread(held?.thread ?? thread));
  }

  async getThreadsOf(messageIds: readonly string[]): Promise<readonly MessageEntry[]> {
    return await this.#openEntries(await this.#whole.getThreadsOf([...(await this.seen(messageIds))]));
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

  getRevisionsOf: Store['getRevisionsOf'] = (...given) => this.#derived.getPlacements(...given);
  getPlacements: Store['getPlacements'] = (...given) => this.#derived.getPlacements(...given);
  getRevisions: Store['getRevisions'] = (...given) => this.#derived.getRevisions(...given);
  getRevisionsOfSeries: Store['getRevisionsOfSeries'] = (...given) =>
    this.#derived.getRevisionsOfSeries(...given);
  getLineages: Store['getLineages'] = (...given) => this.#derived.getLineages(...given);
  putLinks: Store['putLinks'] = (...given) => this.#whole.putLinks(...given);
  putSeries: Store['putSeries'] = (...given) => this.#whole.putSeries(...given);

  getSeries: Store['getSeries'] = (...given) => this.#derived.getSeries(...given);
  listSeries: Store['listSeries'] = (...given) => this.#derived.listSeries(...given);

  // --- statistics
  putActivity: Store['putActivity'] = (...given) => this.#whole.putActivity(...given);

  readStatistics: Store['readStatistics'] = async (filter, nowMs, reviewers) => {
    const open = await this.#openLists();
    const lists = open.filter((list) => filter.lists?.includes(list) ?? true);
    return (await this.#derived.store()).readStatistics({ ...filter, lists }, nowMs, reviewers);
  };

  putMaintainers: Store['putMaintainers'] = (...given) => this.#whole.putMaintainers(...given);
  getMaintainers = () => this.#whole.getMaintainers();

  // --- facts and corrections
  putFacts: Store['putFacts'] = (...given) => this.#whole.putFacts(...given);

  getFacts: Store['getFacts'] = (...given) => this.#derived.getFacts(...given);
  listFacts: Store['listFacts'] = (...given) => this.#derived.listFacts(...given);

  async getFactOwners(...given: Parameters<Store['getFactOwners']>): Promise<readonly string[]> {
    return [...(await this.seen(await this.#whole.getFactOwners(...given)))];
  }

  addCorrection: Store['addCorrection'] = (...given) => this.#whole.addCorrection(...given);
  undoCorrection: Store['undoCorrection'] = (...given) => this.#whole.undoCorrection(...given);

  async getCorrections(filter: { readonly kind?: string; readonly subject?: string }) {
    const found = await this.#whole.getCorrections(filter);
    const named = ({ subject, value }: Correction) => [
      subject,
      ...(typeof value === 'string' ? [value] : []),
    ];
    const hidden = await this.hiddenAmong(found.flatMap(named));
    return found.filter((correction) => !named(correction).some((id) => hidden.has(id)));
  }

  // --- search and lists
  search: Store['search'] = (...given) => this.#derived.search(...given);
  countSearch: Store['countSearch'] = (...given) => this.#derived.countSearch(...given);
  getLists = async (): Promise<readonly ListRow[]> => (await this.#derived.store()).getLists();
  getPerson = async (address: string) => (await this.#derived.store()).getPerson(address);
  listPeople: Store['listPeople'] = async (...asked) => (await this.#derived.store()).listPeople(...asked);

  // --- kernels
  putReport: Store['putReport'] = (...given) => this.#whole.putReport(...given);
  getReports: Store['getReports'] = (...given) => this.#whole.getReports(...given);
  getReport: Store['getReport'] = (...given) => this.#whole.getReport(...given);

  // --- live
  getEvents = (afterSequence: number, limit: number) =>
    listOpenEvents(this.#whole, (events) => this.openEvents(events), afterSequence, limit);

  watchEvents: Store['watchEvents'] = (wake) => this.#whole.watchEvents(wake);
  changeMark = () => this.#whole.changeMark();
  countChanges = () => this.#whole.countChanges();
  seeing: Store['seeing'] = (changes, work) => this.#whole.seeing(changes, work);
  getHiddenSubjects: Store['getHiddenSubjects'] = (lists) => this.#whole.getHiddenSubjects(lists);

  /** Its sight would be another one's. */
  openSeen(): SeenStore {
    throw new Error('a store of which somebody sees a part is not looked at through another sight');
  }

  /** Those of the events that tell of nothing hidden. */
  async openEvents(events: readonly ChangeEvent[]): Promise<readonly ChangeEvent[]> {
    const hidden = await this.hiddenAmong(events.map(({ subject }) => subject));
    const sources = new Set((await this.getSources()).map(({ location }) => location));
    return events.filter(({ kind, subject }) =>
      kind === 'source' ? sources.has(subject) : !hidden.has(subject),
    );
  }

  // --- upkeep
  resetDerived = () => this.#whole.resetDerived();
  verify = () => this.#whole.verify();

  /** Entries on a list that may be read, without the names of the others. */
  async #openEntries(entries: readonly MessageEntry[]): Promise<MessageEntry[]> {
    const open = entries.filter(this.#isOpen);
    const named = await this.#whole.getEntries(open.flatMap(guessedMessages));
    const isHidden = (id: string | null) => {
      const entry = id === null ? undefined : named.get(id);
      return entry !== undefined && !this.#isOpen(entry);
    };
    return open.map((entry) => ({
      ...entry,
      lists: entry.lists.filter(this.isOpenList),
      ...(isHidden(entry.parent) ? { parent: null, parentIsGuess: false } : {}),
      ...(isHidden(entry.thread) ? { thread: entry.messageId } : {}),
    }));
  }

  #isOpen = ({ lists }: MessageEntry): boolean => lists.length === 0 || lists.some(this.isOpenList);

  /** Held messages among the ids that may not be read; ids of anything else are not hidden. */
  async hiddenAmong(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const held = [...(await this.#whole.getEntries([...new Set(ids)])).keys()];
    const seen = await this.seen(held);
    return new Set(held.filter((id) => !seen.has(id)));
  }

  async #openLists(): Promise<readonly string[]> {
    return (await this.#whole.getLists()).map(({ name }) => name).filter(this.isOpenList);
  }
}

/** Messages that an entry names although its mail does not: what a mail says itself, its reader may know. */
function guessedMessages({ messageId, parent, thread, references, inReplyTo }: MessageEntry): string[] {
  const said = new Set([messageId, ...references, ...inReplyTo]);
  return [parent ?? messageId, thread].filter((id) => !said.has(id));
}
