/**
 * File lock: one program at a time does something with a store; others wait for their turn.
 *
 * The lock is the system's own, on an empty file beside the store, so it ends with the program that holds it, however
 * that ends, and no clock decides.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { asStoreError } from './connection.ts';
import type { Patience } from './store.ts';

const lookEveryMs = 50;

/**
 * Work that reads, thinks, and writes: two programs that did so at once could each write what the other made stale. All
 * else meets in the store itself, which has one writer at a time.
 */
const lockedWork: ReadonlySet<string> = new Set(['derive']);

/**
 * Does `work` while no other program does; undefined where another one does and it may not wait, or was told to stop
 * meanwhile. A store in memory (null) has nobody beside it.
 * @throws StoreError
 */
export async function aloneInFile<T>(
  location: string | null,
  name: string,
  { isPatient, signal }: Patience,
  work: () => Promise<T>,
): Promise<T | undefined> {
  if (location === null || !lockedWork.has(name)) return work();
  const path = `${location}-${name}`;
  const lock = openLock(path);
  try {
    while (!tryLock(lock, path)) {
      if (!isPatient || signal?.aborted) return undefined;
      await sleep(lookEveryMs);
    }
    return await work();
  } finally {
    lock.close();
  }
}

function openLock(path: string): Database.Database {
  try {
    return new Database(path, { timeout: 0 });
  } catch (cause) {
    throw asStoreError(cause, path);
  }
}

/** True once the lock is ours. */
function tryLock(lock: Database.Database, path: string): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (cause) {
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')) return false;
    throw asStoreError(cause, path);
  }
}
