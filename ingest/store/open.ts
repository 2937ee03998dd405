/**
 * Open: a store by its location.
 */
import type { SqliteOptions } from './sqlite-access.ts';
import type { MovableStore } from './store.ts';

export type StoreOptions = SqliteOptions & {
  /** Connections to a server that this process has at once. */
  readonly connectionsMost?: number;
  /** Servers that follow it, to read from. */
  readonly replicas?: readonly string[];
};

/** True for a store on a PostgreSQL server, false for a path. */
export function isOnServer(location: string): boolean {
  return /^postgres(ql)?:\/\//.test(location);
}

/**
 * Opens the store at a path or in a database, made where there is none (unless only for reading).
 * @throws StoreError where it cannot be opened
 */
export async function openStore(location: string, options: StoreOptions = {}): Promise<MovableStore> {
  // Each engine is loaded only where it is used: a command should start at once.
  if (isOnServer(location))
    return (await import('./postgres/postgres.ts')).PostgresStore.open(location, options);
  const { SqliteStore } = await import('./sqlite.ts');
  return new SqliteStore(location, options);
}
