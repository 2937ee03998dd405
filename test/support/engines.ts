/**
 * Engines: those that a store can be kept by, for tests which run on each.
 */
import { type PostgresServer, postgresOptions, startPostgres } from './postgres.ts';

export interface Engine {
  readonly name: string;
  /** Of many requests that are alike one in so many is enough: each costs some ways to a server and back. */
  readonly each: number;
  /** For `describe`: why it is left out. */
  readonly options: { readonly skip: boolean | string };
  /** To be stopped when the tests have ended. */
  start(): Promise<RunningEngine>;
}

export interface RunningEngine {
  /** Location of a new store; `path` is one in a folder of the test's own. */
  locate(path: string): Promise<string>;
  stop(): void;
}

export const engines: readonly Engine[] = [
  {
    name: 'SQLite',
    each: 1,
    options: { skip: false },
    start: async () => ({ locate: async (path) => path, stop: () => undefined }),
  },
  {
    name: 'PostgreSQL',
    each: 29,
    options: postgresOptions,
    start: async () => {
      const server: PostgresServer = await startPostgres();
      let made = 0;
      return { locate: () => server.makeDatabase(`store_${++made}`), stop: () => server.stop() };
    },
  },
];
