/**
 * Patches and covers: lists, one of them, and what may be changed of a patch.
 */
import { patchStates } from '../../ingest/store/patch-state.ts';
import type { PatchMark, PatchRow } from '../../ingest/store/tracker.ts';
import type { Account, Scope } from '../rights/asker.ts';
import { mayBeDelegate, mayChangePatch } from '../rights/patch-rights.ts';
import type { PatchworkRoute, Reply } from './answer.ts';
import { type Asked, type Body, readBody, requireAccount, textField } from './asked.ts';
import { orderAsked, patchFilter } from './filters.ts';
import { answerList } from './list-answer.ts';
import { loadSite, numberIn, requirePatch } from './loader.ts';
import { changePatch, tellSeries } from './patch-change.ts';
import { shapeCoverDetail, shapeCovers, shapePatchDetail, shapePatches } from './patch-shape.ts';
import { badField, notAllowed } from './refusal.ts';
import { changeRelated } from './related.ts';
import { parseFieldFlag } from './words.ts';

const usual = { by: 'id', isDescending: false } as const;
const patchOrders = ['id', 'name', 'project', 'date', 'state', 'archived', 'submitter', 'check'] as const;
const coverOrders = ['id', 'name', 'date', 'submitter'] as const;

export const patchRoutes: readonly PatchworkRoute[] = [
  { path: '/patches', methods: { GET: (asked) => list(asked, false) } },
  {
    path: '/patches/:id',
    methods: {
      GET: async (asked) => ({
        body: await shapePatchDetail(asked, await requirePatch(asked, asked.ids[0] ?? '', false)),
      }),
      PATCH: change,
      PUT: change,
    },
  },
  { path: '/covers', methods: { GET: (asked) => list(asked, true) } },
  {
    path: '/covers/:id',
    methods: {
      GET: async (asked) => ({
        body: await shapeCoverDetail(asked, await requirePatch(asked, asked.ids[0] ?? '', true)),
      }),
    },
  },
];

async function list(asked: Asked, isCover: boolean): Promise<Reply> {
  const filter = patchFilter(asked, await loadSite(asked), isCover);
  const order = orderAsked(asked, isCover ? coverOrders : patchOrders, usual);
  return answerList(
    asked,
    (page) => asked.parts.store.tracker.listPatches(filter, order, page),
    (rows) => (isCover ? shapeCovers(asked, rows) : shapePatches(asked, rows)),
  );
}

/** Maintainers, the delegate and the sender may change a patch; for checks bots and reviewers, too. @throws Refusal */
export async function requireWriter(asked: Asked, row: PatchRow, scope: Scope): Promise<Account> {
  const account = await requireAccount(asked, scope);
  if (!mayChangePatch(asked.asker, account, row, scope)) throw notAllowed();
  return account;
}

async function change(asked: Asked): Promise<Reply> {
  const { parts, ids } = asked;
  const row = await requirePatch(asked, ids[0] ?? '', false);
  const account = await requireWriter(asked, row, 'write');
  const body = await readBody(asked);
  const wanted = { ...(await readChange(asked, row, body)) };
  const { store, nowMs, wake } = parts;
  await changePatch(store, row, wanted, account.name, nowMs());
  const isToldSeries = wanted.state !== undefined && (await tellSeries(store, row, account.name, nowMs()));
  const isRelated =
    body.has('related') && (await changeRelated(asked, row, body.get('related'), account.name));
  if (isToldSeries || isRelated) wake();
  return { body: await shapePatchDetail(asked, await requirePatch(asked, ids[0] ?? '', false)) };
}

/** Fields that nobody knows, or that cannot be changed, are overlooked. @throws Refusal */
async function readChange(asked: Asked, row: PatchRow, body: Body): Promise<Partial<PatchMark>> {
  const commitRef = textField(body, 'commit_ref');
  const pullUrl = textField(body, 'pull_url');
  return {
    ...(commitRef === undefined ? {} : { commitRef }),
    ...(pullUrl === undefined ? {} : { pullUrl: checkUrl(pullUrl) }),
    ...(body.has('state') ? { state: readState(body.get('state')) } : {}),
    ...(body.has('archived') ? { isArchived: readFlag(body.get('archived')) } : {}),
    ...(body.has('delegate') ? { delegate: await readDelegate(asked, row, body.get('delegate')) } : {}),
  };
}

function readState(value: unknown): string {
  const slug =
    typeof value === 'string'
      ? value
          .trim()
          .toLowerCase()
          .replace(/[\s_]+/g, '-')
      : '';
  if (patchStates.some((state) => state.slug === slug)) return slug;
  const known = patchStates.map((state) => state.slug).join(', ');
  throw badField('state', `Invalid state ${String(value).slice(0, 50)}. Expected one of: ${known}`);
}

function readFlag(value: unknown): boolean {
  const flag = parseFieldFlag(value);
  if (flag === undefined) throw badField('archived', 'Must be a valid boolean.');
  return flag;
}

function checkUrl(value: string | null): string | null {
  if (value !== null && !/^(?:https?|git|ssh):\/\//.test(value))
    throw badField('pull_url', 'Enter a valid URL.');
  return value;
}

/** A maintainer of the patch's list, by number. */
async function readDelegate(asked: Asked, row: PatchRow, value: unknown): Promise<number | null> {
  if (value === null || value === '') return null;
  const { accounts } = await loadSite(asked);
  const account = accounts.find(({ number }) => number === numberIn(value));
  if (!account)
    throw badField('delegate', `Invalid pk "${String(value).slice(0, 50)}" - object does not exist.`);
  if (!mayBeDelegate(account, row.lists)) {
    throw badField(
      'delegate',
      `User '${account.name}' is not a maintainer for project '${row.lists[0] ?? ''}'`,
    );
  }
  return account.number;
}
