/**
 * Comments: lists under a patch or cover, one of them, and whether it was dealt with.
 */
import { roleOn } from '../rights/asker.ts';
import type { PatchworkRoute, Reply } from './answer.ts';
import { type Asked, readBody, requireAccount } from './asked.ts';
import { loadComments, shapeComments } from './comment-shape.ts';
import { orderAsked } from './filters.ts';
import { answerRows } from './list-answer.ts';
import { numberIn, requirePatch } from './loader.ts';
import { badField, notAllowed, notFound } from './refusal.ts';
import { parseFieldFlag } from './words.ts';

const orders = ['id', 'subject', 'date', 'submitter'] as const;

export const commentRoutes: readonly PatchworkRoute[] = [
  { path: '/patches/:id/comments', since: 1, methods: { GET: (asked) => list(asked, false) } },
  { path: '/patches/:id/comments/:comment', since: 3, methods: methodsOfOne(false) },
  { path: '/covers/:id/comments', since: 1, methods: { GET: (asked) => list(asked, true) } },
  { path: '/covers/:id/comments/:comment', since: 3, methods: methodsOfOne(true) },
];

async function list(asked: Asked, isCover: boolean): Promise<Reply> {
  const posting = await requirePatch(asked, asked.ids[0] ?? '', isCover);
  const { store } = asked.parts;
  const entries = await loadComments(store, posting.messageId);
  const numbers = await store.tracker.getNumbers(entries.map(({ messageId }) => messageId));
  const { by, isDescending } = orderAsked(asked, orders, { by: 'id', isDescending: false });
  const rankOf = {
    id: (at: number) => numbers.get(entries[at]?.messageId ?? '') ?? 0,
    subject: (at: number) => entries[at]?.subject ?? '',
    date: (at: number) => entries[at]?.sortMs ?? 0,
    submitter: (at: number) => entries[at]?.fromName.toLowerCase() ?? '',
  }[by];
  const ordered = [...entries.keys()].sort((a, b) => {
    const [left, right] = [rankOf(a), rankOf(b)];
    return (left < right ? -1 : left > right ? 1 : a - b) * (isDescending ? -1 : 1);
  });
  const rows = ordered.flatMap((at) => entries[at] ?? []);
  return answerRows(asked, rows, (page) => shapeComments(asked, posting, page));
}

function methodsOfOne(isCover: boolean): PatchworkRoute['methods'] {
  const change = (asked: Asked) => changeOne(asked, isCover);
  return {
    GET: async (asked) => {
      const { posting, entry } = await requireComment(asked, isCover);
      return { body: (await shapeComments(asked, posting, [entry]))[0] };
    },
    PATCH: change,
    PUT: change,
  };
}

async function requireComment(asked: Asked, isCover: boolean) {
  const [id = '', comment = ''] = asked.ids;
  const posting = await requirePatch(asked, id, isCover);
  const { store } = asked.parts;
  const messageId = (await store.tracker.getIds([numberIn(comment)])).get(numberIn(comment));
  const entry = (await loadComments(store, posting.messageId)).find((one) => one.messageId === messageId);
  if (!entry) throw notFound();
  return { posting, entry };
}

/** Its author may say that it was dealt with, the patch's sender and delegate, and maintainers. */
async function changeOne(asked: Asked, isCover: boolean): Promise<Reply> {
  const { posting, entry } = await requireComment(asked, isCover);
  const account = await requireAccount(asked, 'write');
  const isOwn = account.addresses.some(
    (one) => one === entry.fromAddress || one === posting.submitter.address,
  );
  const isMaintainer = posting.lists.some((name) => roleOn(asked.asker, name) === 'maintainer');
  if (!isOwn && !isMaintainer && posting.delegate !== account.number) throw notAllowed();
  const body = await readBody(asked);
  if (body.has('addressed')) {
    const given = body.get('addressed');
    const value = given === null || given === '' ? null : parseFieldFlag(given);
    if (value === undefined) throw badField('addressed', 'Must be a valid boolean.');
    const { store, nowMs } = asked.parts;
    const said = { kind: 'comment-addressed', subject: entry.messageId, value, reason: '' };
    await store.addCorrection({ atMs: nowMs(), by: account.name, ...said });
  }
  return { body: (await shapeComments(asked, posting, [entry]))[0] };
}
