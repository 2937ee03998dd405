/** Tracked loader: reads what ../present/tracked.ts counts. */
import type { Store } from '../../ingest/store/store.ts';
import type { Tracked } from '../present/tracked.ts';
import { listAccounts } from '../rights/accounts.ts';

/** What people and machines said of these patches. */
export async function loadTracked(
  { tracker }: Pick<Store, 'tracker'>,
  ids: readonly string[],
): Promise<Tracked> {
  const [checks, marks] = await Promise.all([tracker.getChecks(ids), tracker.getPatchMarks(ids)]);
  const isDelegated = [...marks.values()].some(({ delegate }) => delegate !== null);
  const accounts = isDelegated ? await listAccounts(tracker) : [];
  return { checks, marks, names: new Map(accounts.map(({ number, name }) => [number, name])) };
}
