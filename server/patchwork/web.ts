/**
 * Web: the addresses beside the API to which its answers lead: mails for `git am`, and pages, which are ours.
 */
import type { Context, Hono } from 'hono';
import type { PatchRow } from '../../ingest/store/tracker.ts';
import type { ServerParts } from '../routes/parts.ts';
import { bundleUrl, patchUrl, seriesUrl, threadUrl, urlOf, wholeQueue } from '../urls.ts';
import { type Asked, readAsked } from './asked.ts';
import { type Bundle, loadBundles } from './bundle-records.ts';
import { loadComments } from './comment-shape.ts';
import { loadPatches, loadPostings, loadSite, numberIn } from './loader.ts';
import { type MboxMail, mboxText } from './mbox.ts';
import { splitPatch } from './patch-shape.ts';
import { asRefusal, notFound } from './refusal.ts';
import { requireSending } from './series.ts';
import { seriesName } from './shapes.ts';
import { fileName } from './words.ts';

type Page = (asked: Asked) => Promise<Response>;

/** Paths without the slash at their end; in them `/` of a Message-ID is `%2F`. */
const pages: Readonly<Record<string, Page>> = {
  '/project/:list/list': showList,
  '/project/:list/patch/:msgid': (asked) => showMail(asked, false),
  '/project/:list/patch/:msgid/mbox': patchMbox,
  '/project/:list/patch/:msgid/raw': patchRaw,
  '/project/:list/cover/:msgid': (asked) => showMail(asked, true),
  '/project/:list/cover/:msgid/mbox': coverMbox,
  '/series/:number{[0-9]+}/mbox': seriesMbox,
  '/bundle/:user/:name': showBundle,
  '/bundle/:user/:name/mbox': bundleMbox,
  '/patch/:number{[0-9]+}': (asked) => showNumber(asked, false, ''),
  '/patch/:number{[0-9]+}/mbox': (asked) => showNumber(asked, false, 'mbox/'),
  '/patch/:number{[0-9]+}/raw': (asked) => showNumber(asked, false, 'raw/'),
  '/cover/:number{[0-9]+}': (asked) => showNumber(asked, true, ''),
  '/cover/:number{[0-9]+}/mbox': (asked) => showNumber(asked, true, 'mbox/'),
  '/comment/:number{[0-9]+}': showComment,
};

export function addPatchworkPages(app: Hono, parts: ServerParts): void {
  for (const [path, page] of Object.entries(pages)) {
    const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    const run = async (c: Context) => {
      try {
        return await page(readAsked(c, parts, '', names));
      } catch (error) {
        const { status, body } = asRefusal(error, c.req.header('authorization'));
        return c.json(body as object, status as 404);
      }
    };
    app.get(path, run);
    app.get(`${path}/`, run);
  }
}

async function requireMail(asked: Asked, isCover: boolean): Promise<PatchRow> {
  const [list = '', messageId = ''] = asked.ids;
  const { items } = await asked.parts.store.tracker.listPatches(
    { isCover, lists: [list], messageIds: [messageId] },
    { by: 'id', isDescending: false },
    { offset: 0, limit: 1 },
  );
  if (!items[0]) throw notFound();
  return items[0];
}

async function showMail(asked: Asked, isCover: boolean): Promise<Response> {
  const { messageId } = await requireMail(asked, isCover);
  return asked.c.redirect(isCover ? threadUrl(messageId) : patchUrl(messageId), 302);
}

async function showList(asked: Asked): Promise<Response> {
  const number = asked.query.get('series');
  if (number !== null) {
    const { revision } = await requireSending(asked, number);
    return asked.c.redirect(seriesUrl(revision), 302);
  }
  return asked.c.redirect(urlOf({ ...wholeQueue, list: asked.ids[0] ?? '' }), 302);
}

async function showNumber(asked: Asked, isCover: boolean, form: string): Promise<Response> {
  const [row] = await loadPatches(asked, [numberIn(asked.ids[0])], isCover);
  if (!row) throw notFound();
  const kind = isCover ? 'cover' : 'patch';
  return asked.c.redirect(asked.links.mail(kind, row.lists[0] ?? '', row.messageId, form), 302);
}

async function showComment(asked: Asked): Promise<Response> {
  const number = numberIn(asked.ids[0]);
  const messageId = (await asked.parts.store.tracker.getIds([number])).get(number);
  const held = await asked.parts.store.getEntries(messageId === undefined ? [] : [messageId]);
  if (messageId === undefined || !held.has(messageId)) throw notFound();
  return asked.c.redirect(threadUrl(messageId), 302);
}

async function patchMbox(asked: Asked): Promise<Response> {
  const row = await requireMail(asked, false);
  const wanted = asked.query.get('series');
  const before = wanted === null ? [] : await lowerPatches(asked, row, wanted);
  const text = mboxText(await loadMails(asked, [...before, row]));
  return attach(asked.c, text, 'text/plain; charset=utf-8', `${fileName(row.name)}.patch`);
}

/** Patches of its series with lower numbers; `*` is whatever series it is in. @throws Refusal for another one */
async function lowerPatches(asked: Asked, row: PatchRow, wanted: string): Promise<PatchRow[]> {
  const sending = await requireSending(asked, String(row.number));
  if (wanted !== '*' && (await requireSending(asked, wanted)).number !== sending.number) throw notFound();
  const { patches = [] } = (await loadPostings(asked, [sending])).get(sending.revision) ?? {};
  return patches.filter(({ position }) => position < row.position);
}

async function patchRaw(asked: Asked): Promise<Response> {
  const row = await requireMail(asked, false);
  const message = (await asked.parts.mails.read([row.messageId])).get(row.messageId);
  return attach(asked.c, splitPatch(message).diff ?? '', 'text/x-patch', `${fileName(row.name)}.diff`);
}

async function coverMbox(asked: Asked): Promise<Response> {
  const row = await requireMail(asked, true);
  return attach(asked.c, mboxText(await loadMails(asked, [row])), 'text/plain', `${fileName(row.name)}.mbox`);
}

async function seriesMbox(asked: Asked): Promise<Response> {
  const sending = await requireSending(asked, asked.ids[0] ?? '');
  const { patches = [] } = (await loadPostings(asked, [sending])).get(sending.revision) ?? {};
  const name = seriesName(sending) ?? `Untitled series #${sending.number}`;
  return attach(asked.c, mboxText(await loadMails(asked, patches)), 'text/plain', `${fileName(name)}.patch`);
}

/** @throws Refusal */
async function requireBundle(asked: Asked): Promise<Bundle> {
  const [user = '', name = ''] = asked.ids;
  const { accounts } = await loadSite(asked);
  const owner = accounts.find((account) => account.name === user);
  const bundles = await loadBundles(asked.parts.store, asked.asker);
  const bundle = bundles.find((one) => one.owner === owner?.number && one.name === name);
  if (!bundle) throw notFound();
  return bundle;
}

async function showBundle(asked: Asked): Promise<Response> {
  return asked.c.redirect(bundleUrl((await requireBundle(asked)).number), 302);
}

async function bundleMbox(asked: Asked): Promise<Response> {
  const { number, name, rows } = await requireBundle(asked);
  const text = mboxText(await loadMails(asked, rows));
  return attach(asked.c, text, 'text/plain', `bundle-${number}-${fileName(name)}.mbox`);
}

async function loadMails(asked: Asked, rows: readonly PatchRow[]): Promise<MboxMail[]> {
  const { store, mails } = asked.parts;
  const comments = await Promise.all(
    rows.map(async ({ messageId }) => (await loadComments(store, messageId)).map((entry) => entry.messageId)),
  );
  const messages = await mails.read([...rows.map(({ messageId }) => messageId), ...comments.flat()]);
  const { accounts } = await loadSite(asked);
  return rows.flatMap((row, at) => {
    const message = messages.get(row.messageId);
    if (!message) return [];
    const delegate = accounts.find(({ number }) => number === row.delegate) ?? null;
    return [
      { row, message, delegate, comments: (comments[at] ?? []).map((id) => messages.get(id)?.body ?? '') },
    ];
  });
}

/** The name is unquoted and stands last: programs take all behind `filename=`. */
function attach(c: Context, text: string, type: string, name: string): Response {
  c.header('Content-Type', type);
  c.header('Content-Disposition', `attachment; filename=${name}`);
  c.header('Cache-Control', 'private, no-cache');
  return c.body(text);
}
