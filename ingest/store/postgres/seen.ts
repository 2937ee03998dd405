/**
 * Seen: the queries of the engine as a sight shows the store.
 */
import { makeSeenParts } from '../seen-parts.ts';
import type { SeenStore, Sight } from '../sight.ts';
import { postgresDialect } from './dialect.ts';
import { listMessages } from './entry-rows.ts';
import { asSearchError } from './errors.ts';
import { listFacts } from './fact-rows.ts';
import { countMessages, searchMessages } from './search-rows.ts';
import type { SeenAccess } from './seen-access.ts';
import type { Session } from './session.ts';

/** @param searchBudgetMs how long a search may take; 0: any time */
export function openPostgresSeen(access: SeenAccess, searchBudgetMs: number): SeenStore {
  let shown: Sight | null = null;
  const read = async <T>(action: (session: Session) => Promise<T>, budgetMs = 0): Promise<T> => {
    // Without a sight nothing is shown: it would be everything.
    if (!shown) throw new Error('a store is looked at before somebody said what is seen');
    return access.read(shown, action, budgetMs);
  };
  const search = async <T>(action: (session: Session) => Promise<T>): Promise<T> => {
    try {
      return await read(action, searchBudgetMs);
    } catch (cause) {
      throw asSearchError(cause, searchBudgetMs);
    }
  };
  return {
    ...makeSeenParts(postgresDialect, (steps) => read((session) => session.steps(steps))),
    async putSight(sight) {
      if (shown?.mark !== sight.mark) shown = sight;
    },
    // The connections are those of all who see a part of the store.
    close: async () => undefined,
    search: (...asked) => search((session) => searchMessages(session, ...asked)),
    countSearch: (...asked) => search((session) => countMessages(session, ...asked)),
    listMessages: (...asked) => read((session) => listMessages(session, ...asked)),
    listFacts: (...asked) => read((session) => listFacts(session, ...asked)),
  };
}
