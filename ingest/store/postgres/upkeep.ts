/**
 * Upkeep: sizes, and looking for damage. What is counted: ../upkeep.ts
 */
import type { StoreInfo } from '../store.ts';
import { readCounts, verifyRows } from '../upkeep.ts';
import { schemaVersion } from './migrations.ts';
import type { Session } from './session.ts';

export async function readInfo(session: Session): Promise<StoreInfo> {
  const size = await session.get<{ bytes: number }>('SELECT pg_database_size(current_database()) AS bytes');
  const counts = await session.steps(readCounts());
  return { engine: 'postgres', schema: schemaVersion, sizeBytes: size?.bytes ?? 0, ...counts };
}

/** Findings in words; empty where all is well. */
export function verifyStore(session: Session): Promise<string[]> {
  return session.steps(verifyRows('SELECT search_key FROM search_text'));
}
