/**
 * Seen parts: what every engine reads alike through a sight, made of the steps that all share.
 */
import type { Dialect } from './dialect.ts';
import { listPeople, readPerson } from './person-rows.ts';
import { listSeries } from './series-queue.ts';
import type { SeenStore } from './sight.ts';
import { readLists } from './source-rows.ts';
import { readStatistics } from './statistics-rows.ts';
import { makeTracker, type Run } from './tracker-parts.ts';

type SeenParts = Pick<
  SeenStore,
  'tracker' | 'listSeries' | 'getLists' | 'getPerson' | 'listPeople' | 'readStatistics'
>;

export function makeSeenParts(dialect: Dialect, ask: Run): SeenParts {
  return {
    tracker: makeTracker(dialect, ask, ask),
    listSeries: (...asked) => ask(listSeries(dialect, ...asked)),
    getLists: () => ask(readLists()),
    getPerson: (address) => ask(readPerson(address)),
    listPeople: (...asked) => ask(listPeople(dialect, ...asked)),
    readStatistics: (...asked) => ask(readStatistics(dialect, ...asked)),
  };
}
