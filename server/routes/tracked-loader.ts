/** Tracked loader: reads what ../present/tracked.ts counts. */
import { groupBy } from '../../ingest/model/group-by.ts';
import type { Store } from '../../ingest/store/store.ts';
import { newestChecks, type Tracked } from '../present/tracked.ts';
import { accountNames } from '../rights/accounts.ts';

/** What people and machines said of these patches. */
export async function loadTracked(
  { tracker }: Pick<Store, 'tracker'>,
  ids: readonly string[],
): Promise<Tracked> {
  const [checks, marks] = await Promise.all([tracker.getChecks(ids), tracker.getPatchMarks(ids)]);
  const isDelegated = [...marks.values()].some(({ delegate }) => delegate !== null);
  return {
    checks: groupBy(newestChecks(checks), ({ message }) => message),
    marks,
    names: isDelegated ? await accountNames(tracker) : new Map(),
  };
}
