/**
 * Change mark: a text that is another one after each commit that changed the store.
 *
 * Each transaction that wrote counts itself in one of some rows, last of all, so that writers hardly wait for each other.
 * PostgreSQL's own numbers of transactions would do without, but temporary tables, leases and other databases count there.
 */
import type { Session } from './session.ts';

/** Counts the transaction in hand, where it wrote something. */
export async function noteChange(session: Session): Promise<void> {
  await session.all(
    `UPDATE change_total SET changes = changes + 1
     WHERE shard = pg_backend_pid() % 16 AND pg_current_xact_id_if_assigned() IS NOT NULL`,
  );
}

/** How many changes a server holds. */
export async function readChanges(session: Session): Promise<number> {
  const row = await session.get<{ changes: number }>('SELECT sum(changes) AS changes FROM change_total');
  return row?.changes ?? 0;
}
