/**
 * Waiting rows: what waits for stages, marked for batches. The rest: ../waiting-rows.ts
 */
import type { Stage } from '../store.ts';
import { makeKeys } from './keys.ts';
import type { Session } from './session.ts';

export async function markKeys(session: Session, stage: Stage, keys: readonly number[]): Promise<void> {
  if (keys.length === 0) return;
  await session.all(
    `INSERT INTO waiting (stage, owner_key) SELECT ?, key FROM unnest(?::bigint[]) AS given (key) ORDER BY key
     ON CONFLICT (stage, owner_key) DO NOTHING`,
    stage,
    keys,
  );
}

export async function markAll(session: Session, stage: Stage, owners: readonly string[]): Promise<void> {
  await markKeys(session, stage, [...(await makeKeys(session, owners)).values()]);
}
