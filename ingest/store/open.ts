/**
 * Open: a store by its location.
 */
import { UsageError } from '../model/errors.ts';
import { SqliteStore } from './sqlite.ts';
import type { SqliteOptions } from './sqlite-access.ts';
import type { Store } from './store.ts';

/**
 * Opens the store at a path, made where there is none (unless only for reading).
 * @throws UsageError for a location that no engine knows
 * @throws StoreError where it cannot be opened
 */
export async function openStore(location: string, options: SqliteOptions = {}): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(location)) {
    throw new UsageError('A store in PostgreSQL is not built yet', {
      remedy: 'Give --store a path: the store is then one SQLite file.',
    });
  }
  return new SqliteStore(location, options);
}
