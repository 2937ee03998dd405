/**
 * Transaction: work on one connection that is kept as a whole or not at all, and what becomes of the connection.
 */
import type { Pool, PoolClient } from 'pg';
import { Session } from './session.ts';

/** All writes of `work`, or none. With a budget, each of its statements may take that long. */
export async function inTransaction<T>(session: Session, work: () => Promise<T>, budgetMs = 0): Promise<T> {
  await session.script('BEGIN');
  if (budgetMs > 0) await session.script(`SET LOCAL statement_timeout = ${Math.round(budgetMs)}`);
  const result = await work();
  await session.script('COMMIT');
  return result;
}

/** The same on a connection of a pool. */
export async function onConnection<T>(
  pool: Pool,
  work: (session: Session) => Promise<T>,
  budgetMs = 0,
): Promise<T> {
  const client = await pool.connect();
  const session = new Session(client);
  return release(client, () => inTransaction(session, () => work(session), budgetMs));
}

/** Gives a connection back when `work` is done. One that cannot even roll back what failed is thrown away. */
export async function release<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work();
    client.release();
    return result;
  } catch (cause) {
    await client.query('ROLLBACK').then(
      () => client.release(),
      (failed: unknown) => client.release(failed instanceof Error ? failed : true),
    );
    throw cause;
  }
}
