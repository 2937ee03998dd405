/**
 * Bundles: patches that somebody put together under a name, such as those to be tested or applied next. Private ones exist
 * for their owner only. The same ones as at Patchwork's routes.
 */
import { z } from 'zod';
import { LimitError, NotFoundError, PatchtrailError, UsageError } from '../../ingest/model/errors.ts';
import { limits } from '../../ingest/model/limits.ts';
import type { Store } from '../../ingest/store/store.ts';
import type { PatchRow } from '../../ingest/store/tracker.ts';
import {
  bundleChangeSchema,
  bundleDetailSchema,
  bundleRequestSchema,
  bundleSchema,
} from '../openapi-tracker-schema.ts';
import { type Bundle, commonList, loadBundles, recordName } from '../patchwork/bundle-records.ts';
import { presentBundle, presentBundleDetail } from '../present/bundle.ts';
import { accountNames, ownAccount, putAccount } from '../rights/accounts.ts';
import { nobody } from '../rights/asker.ts';
import { currentAsker } from '../rights/current.ts';
import type { BundleDetail } from '../wire.ts';
import { changes, noQuery, reads } from './json-route.ts';
import { loadTracked } from './tracked-loader.ts';
import { requirePatches } from './tracked-patches.ts';

export const bundleRoutes = [
  reads({
    name: 'GET /api/v1/bundles',
    says: 'Bundles: your own, and those that others share.',
    query: noQuery,
    gives: z.object({ items: z.array(bundleSchema) }),
    async answer({ store }) {
      const { bundles, names, own } = await readBundles(store);
      return { items: bundles.map((bundle) => presentBundle(bundle, names, own)) };
    },
  }),
  reads({
    name: 'GET /api/v1/bundles/{id}',
    says: 'One bundle by its number, with its patches in order.',
    query: noQuery,
    gives: bundleDetailSchema,
    answer: ({ store }, { id }) => showBundle(store, Number(/^\d{1,15}$/.test(id) ? id : 0)),
  }),
  changes({
    name: 'POST /api/v1/bundles',
    says: 'Adds patches to a bundle of your own, which is made where there is none of that name.',
    body: bundleRequestSchema,
    gives: bundleDetailSchema,
    isForOwnPage: false,
    async answer({ store }, { body, by }) {
      const rows = await requirePatches(store, body);
      if (rows.length === 0)
        throw new UsageError('A bundle is made of patches', { remedy: 'Name a series or patch.' });
      const account =
        (await ownAccount(store.tracker, asker())) ?? (await putAccount(store.tracker, by, (value) => value));
      const bundles = await loadBundles(store, asker());
      const before = bundles.find(({ owner, name }) => owner === account.number && name === body.name);
      const all = [...new Map([...(before?.rows ?? []), ...rows].map((row) => [row.number, row])).values()];
      const value = { ...kept(all), name: body.name, owner: account.number };
      const name = recordName(account, body.name);
      if (before) {
        await store.tracker.setRecord(before.number, name, { ...value, isPublic: before.isPublic });
        return showBundle(store, before.number);
      }
      const { number } = await store.tracker.addRecord('bundle', name, { ...value, isPublic: false });
      return showBundle(store, number);
    },
  }),
  changes({
    name: 'POST /api/v1/bundles/{id}',
    says: 'Renames, shares, orders a bundle of your own, or leaves patches out of it.',
    body: bundleChangeSchema,
    gives: bundleDetailSchema,
    isForOwnPage: false,
    async answer({ store }, { id, body }) {
      const { bundle, account } = await requireOwn(store, id);
      const { name = bundle.name, isPublic = bundle.isPublic, patches } = body;
      const rows = patches ? await requirePatches(store, { series: [], patches }) : bundle.rows;
      const value = { ...kept(rows), name, isPublic, owner: bundle.owner };
      await store.tracker.setRecord(bundle.number, recordName(account, name), value);
      return showBundle(store, bundle.number);
    },
  }),
  changes({
    name: 'DELETE /api/v1/bundles/{id}',
    says: 'Takes a bundle of your own apart; its patches stay.',
    body: z.null(),
    gives: bundleDetailSchema,
    isForOwnPage: false,
    async answer({ store }, { id }) {
      const { bundle } = await requireOwn(store, id);
      const shown = await showBundle(store, bundle.number);
      await store.tracker.removeRecord(bundle.number);
      return shown;
    },
  }),
];

const asker = () => currentAsker() ?? nobody;

async function readBundles(store: Store) {
  const [bundles, names, own] = await Promise.all([
    loadBundles(store, asker()),
    accountNames(store.tracker),
    ownAccount(store.tracker, asker()),
  ]);
  return { bundles, names, own };
}

/** @throws NotFoundError */
async function showBundle(store: Store, number: number): Promise<BundleDetail> {
  const { bundles, names, own } = await readBundles(store);
  const bundle = bundles.find((one) => one.number === number);
  if (!bundle) throw noBundle();
  const tracked = await loadTracked(
    store,
    bundle.rows.map(({ messageId }) => messageId),
  );
  return presentBundleDetail(bundle, names, own, tracked);
}

/** @throws NotFoundError, PatchtrailError */
async function requireOwn(store: Store, id: string) {
  const { bundles, own } = await readBundles(store);
  const bundle = bundles.find(({ number }) => String(number) === id);
  if (!bundle) throw noBundle();
  if (!own || bundle.owner !== own.number) {
    throw new PatchtrailError('forbidden', "The bundle is somebody else's", {
      remedy: 'Make one of your own with the same patches.',
    });
  }
  return { bundle, account: own };
}

function noBundle(): NotFoundError {
  return new NotFoundError('There is no such bundle', { remedy: 'See /api/v1/bundles for those there are.' });
}

/** @throws UsageError, LimitError */
function kept(rows: readonly PatchRow[]): Pick<Bundle, 'list' | 'patches'> {
  const list = commonList(rows);
  if (list === undefined) {
    throw new UsageError('The patches of a bundle are on one list', {
      remedy: 'Put those of another list into a bundle of their own.',
    });
  }
  if (rows.length > limits.bundlePatches) {
    throw new LimitError('bundlePatches', 'The bundle would hold too many patches', {
      remedy: `A bundle holds at most ${limits.bundlePatches}.`,
    });
  }
  return { list, patches: rows.map(({ number }) => number) };
}
