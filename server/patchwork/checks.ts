/**
 * Checks: what machines say of a patch; they are added and never changed.
 */
import { checkStates } from '../../ingest/store/tracker.ts';
import type { PatchworkRoute, Reply } from './answer.ts';
import { type Asked, filterValues, readBody, textField } from './asked.ts';
import { checkShape } from './check-shape.ts';
import { isAccount, timeFilter } from './filters.ts';
import { answerRows } from './list-answer.ts';
import { loadSite, numberIn, requirePatch } from './loader.ts';
import { requireWriter } from './patches.ts';
import { badField, notAllowed, notFound, Refusal } from './refusal.ts';

/** Patchwork's numbers of states, which is what it filters by. */
const stateNumbers = { pending: 0, success: 1, warning: 2, fail: 3 } as const;

export const checkRoutes: readonly PatchworkRoute[] = [
  { path: '/patches/:id/checks', methods: { GET: list, POST: add } },
  { path: '/patches/:id/checks/:check', methods: { GET: show } },
];

async function list(asked: Asked): Promise<Reply> {
  const row = await requirePatch(asked, asked.ids[0] ?? '', false);
  const site = await loadSite(asked);
  const [users, states, contexts] = ['user', 'state', 'context'].map((name) => filterValues(asked, name));
  const { fromMs = Number.NEGATIVE_INFINITY, beforeMs = Number.POSITIVE_INFINITY } = timeFilter(asked);
  const checks = (await asked.parts.store.tracker.getChecks([row.messageId])).filter((check) => {
    const account = site.accounts.find(({ name }) => name === check.by);
    return (
      (!users || users.some((value) => (account ? isAccount(account, value) : value === check.by))) &&
      (!states ||
        states.some((value) => value === check.state || value === String(stateNumbers[check.state]))) &&
      (!contexts || contexts.some((value) => value.toLowerCase() === check.context.toLowerCase())) &&
      check.at >= fromMs &&
      check.at < beforeMs
    );
  });
  return answerRows(asked, checks, (rows) =>
    rows.map((check) => checkShape(asked.links, site, row.number, check)),
  );
}

async function show(asked: Asked): Promise<Reply> {
  const [id = '', number = ''] = asked.ids;
  const row = await requirePatch(asked, id, false);
  const checks = await asked.parts.store.tracker.getChecks([row.messageId]);
  const check = checks.find((one) => one.number === numberIn(number));
  if (!check) throw notFound();
  return { body: checkShape(asked.links, await loadSite(asked), row.number, check) };
}

async function add(asked: Asked): Promise<Reply> {
  const { parts, links, asker } = asked;
  const row = await requirePatch(asked, asked.ids[0] ?? '', false);
  if (asker.kind === 'nobody' || asker.kind === 'owner') throw notAllowed();
  const account = await requireWriter(asked, row, 'check');
  const body = await readBody(asked);
  const given = textField(body, 'state');
  if (given == null) throw new Refusal(400, { state: ['A check must have a state.'] });
  const state = checkStates.find((one) => one === given.toLowerCase());
  if (!state) throw badField('state', `"${given.slice(0, 50)}" is not a valid choice.`);
  const context = textField(body, 'context') ?? 'default';
  if (!/^[-\w]+$/.test(context)) {
    throw badField('context', 'Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.');
  }
  const url = textField(body, 'target_url') ?? '';
  if (url !== '' && !/^https?:\/\/\S+$/.test(url)) throw badField('target_url', 'Enter a valid URL.');
  const description = textField(body, 'description', 10_000) ?? '';
  const check = {
    message: row.messageId,
    context,
    state,
    description,
    url,
    at: parts.nowMs(),
    by: account.name,
  };
  const [number = 0] = await parts.store.tracker.putChecks([check]);
  const shape = checkShape(links, await loadSite(asked), row.number, { ...check, number });
  return { status: 201, body: shape, headers: { Location: shape.url } };
}
