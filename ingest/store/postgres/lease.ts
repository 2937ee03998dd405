/**
 * Lease: the right to do one thing alone for a while, among all programs that use the store.
 *
 * Whoever holds one renews it while it works; a program that died or hangs loses it when its time is over. Each holder
 * has a higher token than the one before, and every transaction of its work asks for it before it is committed: what a
 * program wrote that came back too late is taken back. Times are the database's, so clocks of machines may differ.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../../model/errors.ts';
import type { Patience } from '../store.ts';
import type { Session } from './session.ts';

/** How long a lease holds after its holder was last heard of. */
export const leaseMs = 30_000;
/** How often one that is held is asked for again. */
const askAgainMs = 200;

export interface Lease {
  readonly name: string;
  readonly token: number;
}

const now = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** Takes a lease that nobody holds, or whose time is over; undefined where somebody holds it. */
async function takeLease(session: Session, name: string, forMs: number): Promise<Lease | undefined> {
  const row = await session.get<{ token: number }>(
    `INSERT INTO lease (name, holder, token, until_ms) VALUES (?, ?, 1, ${now} + ?)
     ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, token = lease.token + 1, until_ms = excluded.until_ms
     WHERE lease.until_ms < ${now} RETURNING token`,
    name,
    randomUUID(),
    forMs,
  );
  return row && { name, token: row.token };
}

/** The same, but patient it waits until it is free, or until it is told to stop. */
export async function awaitLease(
  session: Session,
  name: string,
  forMs: number,
  { isPatient, signal }: Patience,
): Promise<Lease | undefined> {
  for (;;) {
    const lease = await takeLease(session, name, forMs);
    if (lease || !isPatient || signal?.aborted) return lease;
    await wait(askAgainMs);
  }
}

/** False where another one has it by now. */
export async function renewLease(session: Session, { name, token }: Lease, forMs: number): Promise<boolean> {
  const rows = await session.all(
    `UPDATE lease SET until_ms = ${now} + ? WHERE name = ? AND token = ? RETURNING name`,
    forMs,
    name,
    token,
  );
  return rows.length > 0;
}

export async function returnLease(session: Session, { name, token }: Lease): Promise<void> {
  await session.all('UPDATE lease SET until_ms = 0 WHERE name = ? AND token = ?', name, token);
}

/** Keeps everybody from taking the lease until the transaction ends. @throws StoreError where it was lost */
export async function checkLease(session: Session, { name, token }: Lease): Promise<void> {
  const row = await session.get('SELECT 1 FROM lease WHERE name = ? AND token = ? FOR SHARE', name, token);
  if (row) return;
  throw new StoreError(
    'store-busy',
    'Another program took this work over; what was done last was taken back',
    {
      subject: name,
      remedy: 'Nothing is lost: the other one goes on with it.',
    },
  );
}
