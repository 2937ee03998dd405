/**
 * SQLite seen: the queries of the engine on a connection of their own, which sees what a sight shows.
 */
import { StoreError } from '../model/errors.ts';
import type { Connection } from './connection.ts';
import { sqliteDialect } from './dialect.ts';
import { listMessages } from './entry-rows.ts';
import { listFacts } from './fact-rows.ts';
import type { SearchProcesses } from './search-process.ts';
import { countMessages, searchMessages } from './search-rows.ts';
import { makeSeenParts } from './seen-parts.ts';
import type { SeenStore, Sight } from './sight.ts';
import { SqliteAccess } from './sqlite-access.ts';
import { showSight } from './sqlite-sight.ts';

/** @throws StoreError for a store in memory, which no other connection sees */
export function openSqliteSeen(location: string | null, searches: SearchProcesses | null): SeenStore {
  if (location === null) {
    throw new StoreError('store-failed', 'A store in memory cannot hide lists', {
      remedy: 'Keep the store in a file: --store PATH.',
    });
  }
  const access = new SqliteAccess(location, { readOnly: true });
  let shown: Sight | null = null;
  let isClosed = false;
  /** Without a sight nothing is shown: it would be everything. */
  const seen = (): Sight => {
    if (shown) return shown;
    throw new Error('a store is looked at before somebody said what is seen');
  };
  const read = async <T>(action: (connection: Connection) => T): Promise<T> => {
    seen();
    return access.read(action);
  };
  return {
    ...makeSeenParts(sqliteDialect, (steps) => read((connection) => connection.steps(steps))),
    async putSight(sight) {
      if (shown?.mark === sight.mark) return;
      await access.read((connection) => showSight(connection, sight));
      shown = sight;
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      await access.close();
    },
    search: async (...asked) =>
      searches
        ? searches.search(...asked, seen())
        : read((connection) => searchMessages(connection, ...asked)),
    countSearch: async (...asked) =>
      searches ? searches.count(...asked, seen()) : read((connection) => countMessages(connection, ...asked)),
    listMessages: (...asked) => read((connection) => listMessages(connection, ...asked)),
    listFacts: (...asked) => read((connection) => listFacts(connection, ...asked)),
  };
}
