/**
 * Loader: what the shapes of a page need beside its rows, in a handful of batch reads.
 */
import { groupBy } from '../../ingest/model/group-by.ts';
import type { PatchRow, SendingRow, StoredCheck } from '../../ingest/store/tracker.ts';
import { listAccounts } from '../rights/accounts.ts';
import { listPatches } from '../routes/tracked-patches.ts';
import type { Asked } from './asked.ts';
import { notFound } from './refusal.ts';
import type { Site } from './shapes.ts';

const byId = { by: 'id', isDescending: false } as const;
const every = { offset: 0, limit: Number.MAX_SAFE_INTEGER };

export async function loadSite({ parts }: Asked): Promise<Site> {
  const { tracker } = parts.store;
  return { lists: await tracker.getListNumbers(), accounts: await listAccounts(tracker) };
}

/** Patches and covers by number; `isCover` undefined for both. */
export async function loadPatches(
  asked: Asked,
  numbers: readonly number[],
  isCover?: boolean,
): Promise<PatchRow[]> {
  const kinds = isCover === undefined ? [false, true] : [isCover];
  const { store } = asked.parts;
  return (await Promise.all(kinds.map((kind) => listPatches(store, { numbers }, kind)))).flat();
}

/** @throws Refusal where there is none of that number */
export async function requirePatch(asked: Asked, id: string, isCover: boolean): Promise<PatchRow> {
  const [row] = await loadPatches(asked, [numberIn(id)], isCover);
  if (!row) throw notFound();
  return row;
}

/** Sendings by the numbers of any of their mails. */
export async function loadSendings(
  asked: Asked,
  numbers: readonly number[],
): Promise<Map<number, SendingRow>> {
  const { items } = await asked.parts.store.tracker.listSendings({ numbers }, byId, every);
  return new Map(items.map((row) => [row.number, row]));
}

export async function loadSendingsOf(
  asked: Asked,
  rows: readonly PatchRow[],
): Promise<Map<number, SendingRow>> {
  return loadSendings(
    asked,
    rows.flatMap(({ revisionNumber }) => revisionNumber ?? []),
  );
}

/** Patches and cover of each sending, in order. */
export async function loadPostings(
  asked: Asked,
  sendings: readonly SendingRow[],
): Promise<Map<string, { cover: PatchRow | null; patches: PatchRow[] }>> {
  const numbers = sendings.map(({ number }) => number);
  const [covers, patches] = await Promise.all(
    [true, false].map((isCover) => listPatches(asked.parts.store, { sendings: numbers }, isCover)),
  );
  return new Map(
    sendings.map(({ revision }) => {
      const own = (rows: readonly PatchRow[] = []) => rows.filter((row) => row.revision === revision);
      const ordered = own(patches).sort((a, b) => a.position - b.position || a.number - b.number);
      return [revision, { cover: own(covers)[0] ?? null, patches: ordered }];
    }),
  );
}

/** Checks of each message, oldest first. */
export async function loadChecks(
  asked: Asked,
  rows: readonly PatchRow[],
): Promise<Map<string, StoredCheck[]>> {
  const checks = await asked.parts.store.tracker.getChecks(rows.map(({ messageId }) => messageId));
  return groupBy(checks, ({ message }) => message);
}

/** The same patch in other versions, by lineage. */
export async function loadRelated(asked: Asked, rows: readonly PatchRow[]): Promise<Map<string, PatchRow[]>> {
  const { store } = asked.parts;
  const lineages = await store.getLineages([...new Set(rows.flatMap(({ lineage }) => lineage ?? []))]);
  const ids = [...lineages.values()].flat().map(({ messageId }) => messageId);
  const { items } = await store.tracker.listPatches({ isCover: false, messageIds: ids }, byId, every);
  return groupBy(items, ({ lineage }) => lineage ?? '');
}

/** A number in a path or body; 0, which nothing has, for anything else. */
export function numberIn(text: unknown): number {
  return /^\d{1,15}$/.test(String(text)) ? Number(text) : 0;
}
