/**
 * Migrations: brings a store of an older program up to this one, one numbered step (./migration-steps.ts) after the other.
 *
 * Forward only: a store that a newer program wrote is refused in words, since nobody can know what it means. The
 * number stands in SQLite's user_version; application_id tells our files from other SQLite files.
 */
import type { Database } from 'better-sqlite3';
import { StoreError } from '../model/errors.ts';
import { migrationSteps } from './migration-steps.ts';
import { schemaSql } from './schema.ts';

/** `PTrl` in ASCII. */
const applicationId = 0x5054726c;

/** The schema version that this program writes. */
export const schemaVersion = 1 + migrationSteps.length;

/**
 * Makes or updates the tables; does nothing where they are as this program makes them.
 * @throws StoreError `store-newer`, or `store-failed` where the file is not ours.
 */
export function migrate(database: Database, location: string, isReadOnly: boolean): void {
  // One look at the file: another program may be making its tables right now.
  const version = database.transaction(() => checkReadable(database, location)).deferred();
  if (version === schemaVersion) return;
  if (isReadOnly) {
    throw new StoreError('store-failed', 'The store has older tables and was opened for reading only', {
      subject: location,
      remedy: 'Open it once for writing, such as with `patchtrail doctor`.',
    });
  }
  database
    .transaction(() => {
      // Another program may have brought the file up to date while this one waited for it.
      const now = checkReadable(database, location);
      if (now === schemaVersion) return;
      if (now === 0) database.exec(schemaSql);
      else for (const step of migrationSteps.slice(now - 1)) database.exec(step.sql);
      database.pragma(`application_id = ${applicationId}`);
      database.pragma(`user_version = ${schemaVersion}`);
    })
    .immediate();
}

/**
 * The version of a file's tables; 0 for an empty one.
 * @throws StoreError `store-newer`, or `store-failed` where the file is not ours.
 */
export function checkReadable(database: Database, location: string): number {
  const version = Number(database.pragma('user_version', { simple: true }));
  checkOwner(database, location, version);
  if (version <= schemaVersion) return version;
  throw new StoreError(
    'store-newer',
    `The store was written by a newer Patchtrail (its tables are version ${version}, this program knows ${schemaVersion})`,
    { subject: location, remedy: 'Update Patchtrail, or give --store another path.' },
  );
}

function checkOwner(database: Database, location: string, version: number): void {
  const owner = Number(database.pragma('application_id', { simple: true }));
  if (owner === applicationId) return;
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_master').get() as { count: number };
  if (version === 0 && tables.count === 0) return;
  throw new StoreError('store-failed', 'This is a SQLite file of another program', {
    subject: location,
    remedy: 'Give --store another path.',
  });
}
