/**
 * Derive lock: one program at a time derives in a store; others wait for their turn.
 *
 * A stage reads a neighbourhood, thinks, and writes: two that did so at once could each write what the other made stale.
 * The lock is the system's own, on an empty file beside the store, so it ends with the program that holds it, however
 * that ends, and no clock decides. A store in memory has nobody beside it; an engine that serves several programs has
 * locks of its own.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { asStoreError } from './connection.ts';

const lookEveryMs = 50;

/** Does `work` alone; undefined where it was asked to stop before its turn came. @throws StoreError */
export async function deriveAlone<T>(
  location: string | null,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T | undefined> {
  if (location === null || location.includes('://')) return work();
  const lock = openLock(`${location}-derive`, location);
  try {
    while (!tryLock(lock, location)) {
      if (signal?.aborted) return undefined;
      await sleep(lookEveryMs);
    }
    return await work();
  } finally {
    lock.close();
  }
}

function openLock(path: string, location: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 });
  } catch (cause) {
    throw asStoreError(cause, location);
  }
}

/** True once the lock is ours. */
function tryLock(lock: Database.Database, location: string): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (cause) {
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')) return false;
    throw asStoreError(cause, location);
  }
}
