/**
 * Upkeep: sizes, and looking for damage. What is counted: ../upkeep.ts
 */
import type { StoreInfo, StoreLoad } from '../store.ts';
import { readCounts, verifyRows } from '../upkeep.ts';
import { countWaiting } from '../waiting-rows.ts';
import { schemaVersion } from './migrations.ts';
import type { Session } from './session.ts';

export async function readInfo(session: Session): Promise<StoreInfo> {
  return { ...(await readLoad(session)), ...(await session.steps(readCounts())) };
}

export async function readLoad(session: Session): Promise<StoreLoad> {
  const size = await session.get<{ bytes: number }>('SELECT pg_database_size(current_database()) AS bytes');
  const waiting = await session.steps(countWaiting());
  return { engine: 'postgres', schema: schemaVersion, sizeBytes: size?.bytes ?? 0, waiting };
}

/** Findings in words; empty where all is well. */
export function verifyStore(session: Session): Promise<string[]> {
  return session.steps(verifyRows('SELECT search_key FROM search_text'));
}
