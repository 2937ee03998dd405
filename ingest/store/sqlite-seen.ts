/**
 * SQLite seen: the queries of the engine on a connection of their own, which sees what a sight shows.
 */
import { StoreError } from '../model/errors.ts';
import type { Query } from '../model/query.ts';
import type { Connection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { listMessages } from './entry-rows.ts';
import { listFacts } from './fact-rows.ts';
import { listPeople, readPerson } from './person-rows.ts';
import type { SearchProcesses } from './search-process.ts';
import { countMessages, searchMessages } from './search-rows.ts';
import { listSeries } from './series-queue.ts';
import type { SeenStore, Sight } from './sight.ts';
import { applySight } from './sight-views.ts';
import { readLists } from './source-rows.ts';
import { SqliteAccess } from './sqlite-access.ts';
import { readStatistics } from './statistics-rows.ts';
import type { PageRequest } from './store.ts';
import { makeTracker, type Run } from './tracker-parts.ts';

export class SqliteSeen implements SeenStore {
  readonly tracker: SeenStore['tracker'] = makeTracker(
    sqliteDialect,
    (steps) => this.#ask(steps),
    (steps) => this.#ask(steps),
  );
  readonly #access: SqliteAccess;
  readonly #searches: SearchProcesses | null;
  #sight: Sight | null = null;
  #isClosed = false;

  /** @throws StoreError for a store in memory, which no other connection sees */
  constructor(location: string | null, searches: SearchProcesses | null) {
    if (location === null) {
      throw new StoreError('store-failed', 'A store in memory cannot hide lists', {
        remedy: 'Keep the store in a file: --store PATH.',
      });
    }
    this.#access = new SqliteAccess(location, { readOnly: true });
    this.#searches = searches;
  }

  async putSight(sight: Sight): Promise<void> {
    if (this.#sight?.mark === sight.mark) return;
    await this.#access.read((connection) => applySight(connection, sight));
    this.#sight = sight;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#access.close();
  }

  search(query: Query, order: 'newest' | 'relevance', page: PageRequest) {
    if (this.#searches) return this.#searches.search(query, order, page, this.#seen());
    return this.#read((connection) => searchMessages(connection, query, order, page));
  }

  countSearch(query: Query, most: number) {
    if (this.#searches) return this.#searches.count(query, most, this.#seen());
    return this.#read((connection) => countMessages(connection, query, most));
  }

  listMessages: SeenStore['listMessages'] = (...asked) =>
    this.#read((connection) => listMessages(connection, ...asked));
  listFacts: SeenStore['listFacts'] = (...asked) =>
    this.#read((connection) => listFacts(connection, ...asked));
  listSeries: SeenStore['listSeries'] = (...asked) => this.#ask(listSeries(sqliteDialect, ...asked));
  getLists = () => this.#ask(readLists());
  getPerson = (address: string) => this.#ask(readPerson(address));
  listPeople: SeenStore['listPeople'] = (...asked) => this.#ask(listPeople(sqliteDialect, ...asked));
  readStatistics: SeenStore['readStatistics'] = (...asked) =>
    this.#ask(readStatistics(sqliteDialect, ...asked));

  #ask: Run = (steps) => this.#read((connection) => connection.steps(steps));

  async #read<T>(action: (connection: Connection) => T): Promise<T> {
    this.#seen();
    return this.#access.read(action);
  }

  /** Without a sight nothing is shown: it would be everything. */
  #seen(): Sight {
    if (this.#sight) return this.#sight;
    throw new Error('a store is looked at before somebody said what is seen');
  }
}
