/**
 * Delegates: who looks after patches. Kept as corrections of each patch, so that each can be taken back.
 */
import { z } from 'zod';
import { NotFoundError, PatchtrailError, UsageError } from '../../ingest/model/errors.ts';
import type { Correction, Store } from '../../ingest/store/store.ts';
import type { PatchRow } from '../../ingest/store/tracker.ts';
import { correctionSchema } from '../openapi-review-schema.ts';
import { delegateRequestSchema, delegateSchema } from '../openapi-tracker-schema.ts';
import { changePatch } from '../patchwork/patch-change.ts';
import { presentCorrection } from '../present/correction.ts';
import { listAccounts, ownAccount } from '../rights/accounts.ts';
import { type Account, nobody } from '../rights/asker.ts';
import { currentAsker } from '../rights/current.ts';
import { mayBeDelegate, mayChangePatch } from '../rights/patch-rights.ts';
import type { WireDelegate } from '../wire.ts';
import { changes, noQuery, reads } from './json-route.ts';
import { requirePatches } from './tracked-patches.ts';

export const delegateRoutes = [
  reads({
    name: 'GET /api/v1/delegates',
    says: 'Who may be made to look after patches: the maintainers of the lists.',
    query: noQuery,
    gives: z.object({ items: z.array(delegateSchema) }),
    async answer({ store: { tracker } }) {
      const lists = [...(await tracker.getListNumbers()).keys()];
      const accounts = (await listAccounts(tracker)).filter((account) => mayBeDelegate(account, lists));
      return { items: accounts.map((account) => presentDelegate(account, lists)) };
    },
  }),
  changes({
    name: 'POST /api/v1/delegates',
    says: 'Makes somebody look after patches, or nobody: all are changed, or none.',
    body: delegateRequestSchema,
    gives: z.object({ items: z.array(correctionSchema) }),
    isForOwnPage: false,
    async answer({ store, nowMs }, { body, by }) {
      const rows = await requirePatches(store, body);
      const asker = currentAsker() ?? nobody;
      const account = (await ownAccount(store.tracker, asker)) ?? null;
      if (rows.some((row) => !mayChangePatch(asker, account, row, 'write'))) {
        throw new PatchtrailError('forbidden', 'This user may not change all of these patches', {
          remedy: 'Maintainers of their lists, their delegates and their senders may.',
        });
      }
      const chosen = body.delegate === '' ? null : await requireDelegate(store, body.delegate, rows);
      const kept = await store.together(async () => {
        const corrections: Correction[] = [];
        for (const row of rows)
          corrections.push(...(await changePatch(store, row, { delegate: chosen }, by, nowMs())));
        return corrections;
      });
      return { items: kept.map(presentCorrection) };
    },
  }),
];

function presentDelegate(account: Account, lists: readonly string[]): WireDelegate {
  const { name, fullName, isAdmin } = account;
  return { name, fullName, lists: isAdmin ? null : lists.filter((list) => mayBeDelegate(account, [list])) };
}

/** Number of the account. @throws NotFoundError, UsageError */
async function requireDelegate(
  { tracker }: Pick<Store, 'tracker'>,
  name: string,
  rows: readonly PatchRow[],
): Promise<number> {
  const account = (await listAccounts(tracker)).find((one) => one.name === name);
  if (!account) {
    throw new NotFoundError('Nobody signs in by this name', {
      remedy: 'See /api/v1/delegates for who does.',
    });
  }
  if (rows.some(({ lists }) => !mayBeDelegate(account, lists))) {
    throw new UsageError('They are no maintainer of the list of one of these patches', {
      remedy: 'Choose somebody else, or fewer patches.',
    });
  }
  return account.number;
}
