/** Bundle records: bundles as the store keeps them, read with those of their patches that the asker may read. */
import { z } from 'zod';
import type { Store } from '../../ingest/store/store.ts';
import type { PatchRow } from '../../ingest/store/tracker.ts';
import { ownAccount } from '../rights/accounts.ts';
import type { Account, Asker } from '../rights/asker.ts';
import { listPatches } from '../routes/tracked-patches.ts';

const bundleValue = z.object({
  name: z.string(),
  owner: z.number(),
  list: z.string(),
  isPublic: z.boolean(),
  /** Numbers of patches, in order. */
  patches: z.array(z.number()),
});
export type BundleValue = z.infer<typeof bundleValue>;

export interface Bundle extends BundleValue {
  readonly number: number;
  readonly rows: readonly PatchRow[];
}

/** Bundles that the asker may see. */
export async function loadBundles(store: Store, asker: Asker): Promise<Bundle[]> {
  const records = await store.tracker.getRecords('bundle');
  if (records.length === 0) return [];
  const own = (await ownAccount(store.tracker, asker))?.number;
  const values = records
    .map(({ number, value }) => ({ number, ...bundleValue.parse(value) }))
    .filter(({ isPublic, owner }) => isPublic || owner === own);
  const rows = await listPatches(store, { numbers: [...new Set(values.flatMap(({ patches }) => patches))] });
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return values
    .map((value) => ({ ...value, rows: value.patches.flatMap((number) => byNumber.get(number) ?? []) }))
    .filter((bundle) => bundle.rows.length > 0 || bundle.owner === own);
}

/** The list that all these patches are on; undefined where they have none in common. */
export function commonList(rows: readonly PatchRow[]): string | undefined {
  return rows[0]?.lists.find((list) => rows.every(({ lists }) => lists.includes(list)));
}

/** Names of bundles are unique for each owner. */
export function recordName(account: Account, name: string): string {
  return `${account.number}/${name}`;
}
