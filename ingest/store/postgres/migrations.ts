/**
 * Migrations: makes the tables, or brings those of an older program up to this one, in one transaction.
 *
 * PostgreSQL makes tables within transactions, so a migration that is interrupted left nothing, and the next one begins
 * anew. Forward only, as with SQLite (../migrations.ts); the version stands in the table `patchtrail`.
 */
import { StoreError } from '../../model/errors.ts';
import { changeTable, copiedColumn, schemaSql } from './schema.ts';
import type { Session } from './session.ts';

/** Each brings the tables from one version to the next; written once, never changed. */
const migrationSteps: readonly string[] = [changeTable, copiedColumn];

/** The schema version that this program writes. */
export const schemaVersion = 1 + migrationSteps.length;

/** Held while tables are made, so that two programs that open a new store at once make them once. */
const migrationLock = 0x5054726c;

/**
 * Makes or updates the tables; does nothing where they are as this program makes them.
 * @param session within a transaction
 * @throws StoreError `store-newer`, or `store-failed` where it may only read
 */
export async function migrate(session: Session, location: string, isReadOnly: boolean): Promise<void> {
  if ((await readVersion(session, location)) === schemaVersion) return;
  if (isReadOnly) {
    throw new StoreError(
      'store-failed',
      'The store has no tables of this version and was opened for reading only',
      {
        subject: location,
        remedy: 'Open it once for writing, such as with `patchtrail doctor`.',
      },
    );
  }
  await checkEncoding(session, location);
  await session.all('SELECT pg_advisory_xact_lock(?)', migrationLock);
  const version = await readVersion(session, location);
  if (version === schemaVersion) return;
  if (version === 0) {
    await session.script(
      `CREATE TABLE patchtrail (version integer NOT NULL); INSERT INTO patchtrail VALUES (0)`,
    );
    await session.script(schemaSql);
  } else for (const step of migrationSteps.slice(version - 1)) await session.script(step);
  await session.all('UPDATE patchtrail SET version = ?', schemaVersion);
}

/** The version of the tables; 0 where there are none. */
async function readVersion(session: Session, location: string): Promise<number> {
  const table = await session.get<{ found: string | null }>(
    `SELECT to_regclass('patchtrail')::text AS found`,
  );
  if (table?.found == null) return 0;
  const version = (await session.get<{ version: number }>('SELECT version FROM patchtrail'))?.version ?? 0;
  if (version <= schemaVersion) return version;
  throw new StoreError(
    'store-newer',
    `The store was written by a newer Patchtrail (its tables are version ${version}, this program knows ${schemaVersion})`,
    { subject: location, remedy: 'Update Patchtrail, or give --store another database.' },
  );
}

async function checkEncoding(session: Session, location: string): Promise<void> {
  const row = await session.get<{ server_encoding: string }>('SHOW server_encoding');
  if (row?.server_encoding === 'UTF8') return;
  throw new StoreError('store-failed', `The database keeps text as ${row?.server_encoding}, not as UTF8`, {
    subject: location,
    remedy: 'Make one with: createdb --encoding=UTF8 --template=template0 NAME.',
  });
}
