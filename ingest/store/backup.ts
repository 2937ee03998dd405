/**
 * Backup: a whole copy of a SQLite store as it stands at one instant, while others write to it, and the way back.
 *
 * The copy is read within one transaction, so writers are neither waited for nor stopped. It is made beside its
 * place, verified, then renamed: what has the name of a backup is one. A restore over a store that is in use is one
 * transaction of SQLite: those who have it open see the old one or the new one.
 */
import { existsSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { NotFoundError, StoreError, UsageError } from '../model/errors.ts';
import { asStoreError } from './connection.ts';
import { checkReadable } from './migrations.ts';

/** Pages copied before others of this process get their turn: 16 MB of 4 kB pages. */
const pagesAtOnce = 4096;
/** How long another program may hold what is to be read or written over. */
const patienceMs = 10_000;

export interface RestoreOptions {
  /** A store that is there is written over. */
  readonly replace?: boolean;
  /** How long another program may hold the store that is written over. */
  readonly patienceMs?: number;
}

/**
 * Writes a copy of the store to `target`. An older backup there is replaced, any other file never.
 * @throws StoreError where either cannot be read or written
 */
export async function backupStore(location: string, target: string): Promise<void> {
  refuseServers(location);
  await inOurWords(target, async () => {
    if (existsSync(target)) checkFile(target);
    await withDatabase(location, async (store) => {
      checkReadable(store, location);
      await copyBeside(store, target);
    });
  });
}

/**
 * Makes the store at `location` what it was when the backup was written.
 * @throws UsageError where a store is and `replace` does not allow to lose it
 */
export async function restoreStore(
  backup: string,
  location: string,
  { replace = false, patienceMs: patience = patienceMs }: RestoreOptions = {},
): Promise<void> {
  refuseServers(location);
  if (!existsSync(backup)) throw new NotFoundError('There is no such backup', { subject: backup });
  await inOurWords(backup, () =>
    withDatabase(backup, async (copy) => {
      checkReadable(copy, backup);
      checkWhole(copy, backup);
      if (!existsSync(location)) {
        await copyBeside(copy, location);
        return;
      }
      if (!replace) {
        throw new UsageError('There is a store already', {
          subject: location,
          remedy: 'Name another with --store, or give --replace: what it holds is lost then.',
        });
      }
      await copyOver(copy, location, patience);
    }),
  );
}

async function copyBeside(from: Database.Database, target: string): Promise<void> {
  const partial = `${target}.partial`;
  const removePartial = () => {
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${partial}${end}`, { force: true });
  };
  removePartial();
  try {
    await copyPages(from, partial);
    await withDatabase(
      partial,
      async (copy) => {
        // A file in WAL mode could not be read from a folder that may not be written.
        copy.pragma('journal_mode = DELETE');
        checkWhole(copy, target);
      },
      false,
    );
    await syncPath(partial);
    // A log that a removed store left behind would be taken for one of the new file.
    for (const end of ['-wal', '-shm', '-journal']) rmSync(`${target}${end}`, { force: true });
    await rename(partial, target);
    await syncPath(dirname(target));
  } finally {
    removePartial();
  }
}

async function copyOver(from: Database.Database, location: string, patience: number): Promise<void> {
  checkFile(location);
  const store = new Database(location, { fileMustExist: true, timeout: patience });
  try {
    // Says now that another one writes; the copy itself would only try again and again.
    store.exec('BEGIN IMMEDIATE; ROLLBACK');
  } finally {
    store.close();
  }
  await copyPages(from, location);
}

/** All pages as they are now; a target that stays locked ends it. */
async function copyPages(from: Database.Database, target: string): Promise<void> {
  from.exec('BEGIN');
  try {
    // The transaction begins with its first read.
    from.prepare('SELECT count(*) FROM sqlite_master').get();
    let left = -1;
    let movedMs = performance.now();
    await from.backup(target, {
      progress: ({ remainingPages }) => {
        if (remainingPages !== left) movedMs = performance.now();
        left = remainingPages;
        if (performance.now() - movedMs < patienceMs) return pagesAtOnce;
        throw new StoreError('store-busy', 'Another program holds the store', {
          subject: target,
          remedy: 'Wait for it to end, then try again.',
        });
      },
    });
  } finally {
    from.exec('COMMIT');
  }
}

function checkFile(path: string): void {
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: patienceMs });
  try {
    checkReadable(database, path);
  } finally {
    database.close();
  }
}

function checkWhole(database: Database.Database, path: string): void {
  const line = database.pragma('quick_check(1)', { simple: true });
  if (line === 'ok') return;
  throw new StoreError('store-failed', `The copy is damaged (${line})`, {
    subject: path,
    remedy: 'Run `patchtrail doctor` on the store that it was made of.',
  });
}

async function withDatabase(
  path: string,
  work: (database: Database.Database) => Promise<void>,
  isReadOnly = true,
): Promise<void> {
  const database = new Database(path, { readonly: isReadOnly, fileMustExist: true, timeout: patienceMs });
  try {
    await work(database);
  } finally {
    database.close();
  }
}

async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function inOurWords(subject: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const error = asStoreError(cause, subject);
    if (error !== cause || !(cause instanceof Error) || !('code' in cause)) throw error;
    if (typeof cause.code !== 'string' || !/^E[A-Z]+$/.test(cause.code)) throw error;
    throw new StoreError(cause.code === 'ENOSPC' ? 'store-full' : 'store-failed', cause.message, {
      subject,
      remedy: 'Look at the path, its permissions and the room on its disk.',
      cause,
    });
  }
}

function refuseServers(location: string): void {
  if (!location.includes('://')) return;
  throw new UsageError('A store on a server is copied with its own tools', {
    remedy: 'Use pg_dump and pg_restore.',
  });
}
