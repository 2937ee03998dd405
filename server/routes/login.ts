/**
 * Login: a session for a browser, by a token or by a code that was mailed to a proven address; and its end.
 *
 * The session is a random secret in a cookie that no script reads and no other site's page sends; the store has its hash.
 * Forms are taken from our own pages only. Whether an address is known here is not told, and wrong secrets slow down
 * whoever sends them. A session by a token can do no more than the token.
 */
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, setCookie } from 'hono/cookie';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import type { Tracker } from '../../ingest/store/tracker.ts';
import { type LoginPage, renderLogin } from '../present/login.ts';
import { findSecret, hashOf, listAccounts, makeSecret, type SecretValue } from '../rights/accounts.ts';
import { Attempts } from '../rights/attempts.ts';
import { askerIn, refuseWhileSlowed, remoteOf, sessionCookie } from '../rights/recognise.ts';
import { requireOwnForm } from '../security.ts';
import type { ServerParts } from './parts.ts';

const dayMs = 86_400_000;
const sessionMs = 30 * dayMs;
const codeMs = 15 * 60_000;
const formBytes = 8 * 1024;

export function addLogin(app: Hono, parts: ServerParts): void {
  const attempts = new Attempts();
  const mailings = new Attempts();
  const limit = bodyLimit({ maxSize: formBytes });
  app.get('/login', (c) => answerPage(c, parts, { isCodeSent: c.req.query('sent') === '1' }));
  app.post('/login', limit, async (c) => {
    requireOwnForm(c);
    const form = await readForm(c);
    const from = remoteOf(c, parts.access);
    refuseWhileSlowed(c, attempts, from, parts.nowMs());
    const found = await findSession(parts, form.get('secret') ?? '');
    if (!found) {
      attempts.fail(from, parts.nowMs());
      parts.log.info({ from }, 'a wrong secret at the login');
      return answerPage(c, parts, { trouble: 'That is no token or code that holds.', status: 403 });
    }
    attempts.succeed(from);
    await startSession(c, parts, found);
    return c.redirect(ownPath(form.get('next')), 303);
  });
  app.post('/login/mail', limit, async (c) => {
    requireOwnForm(c);
    const form = await readForm(c);
    const address = (form.get('address') ?? '').trim().toLowerCase();
    for (const from of [remoteOf(c, parts.access), address]) {
      refuseWhileSlowed(c, mailings, from, parts.nowMs());
      mailings.fail(from, parts.nowMs());
    }
    await mailCode(parts, address);
    return c.redirect(`/login?sent=1&next=${encodeURIComponent(ownPath(form.get('next')))}`, 303);
  });
  app.post('/logout', limit, async (c) => {
    requireOwnForm(c);
    const form = await readForm(c);
    const { csrf } = askerIn(c);
    if (csrf !== undefined && form.get('csrf') !== csrf) {
      throw new PatchtrailError('forbidden', 'The form does not carry the token of this session', {
        remedy: 'Load the page again.',
      });
    }
    await endSession(c, parts.store.tracker);
    return c.redirect('/login', 303);
  });
}

async function answerPage(
  c: Context,
  parts: ServerParts,
  more: Partial<LoginPage> & { readonly status?: number },
): Promise<Response> {
  const { name, csrf = '', kind } = askerIn(c);
  const page = {
    name: kind === 'nobody' ? '' : name,
    csrf,
    next: ownPath(c.req.query('next') ?? null),
    hasMail: parts.mail !== null,
    isCodeSent: false,
    trouble: '',
    ...more,
  };
  c.header('Cache-Control', 'no-store');
  return c.html(renderLogin(page), (more.status ?? 200) as 200);
}

async function readForm(c: Context): Promise<URLSearchParams> {
  return new URLSearchParams(await c.req.text());
}

/** What a session may do: what its token may, or for a mailed code all that its account may. */
async function findSession({ store, nowMs }: ServerParts, secret: string): Promise<SecretValue | undefined> {
  const { tracker } = store;
  const token = await findSecret(tracker, 'token', secret, nowMs());
  if (token) return { ...token, parent: token.number };
  const code = await findSecret(tracker, 'code', secret, nowMs());
  // It holds once: whoever takes it away has it.
  if (!code || !(await tracker.removeRecord(code.number))) return undefined;
  return { ...code, scopes: ['write'], lists: null, expiresMs: null };
}

async function startSession(
  c: Context,
  { store, nowMs, publicUrl }: ServerParts,
  from: SecretValue,
): Promise<void> {
  const ends = nowMs() + sessionMs;
  const { account, scopes: given, lists, expiresMs, parent } = from;
  const session = await makeSecret(store.tracker, 'session', {
    label: '',
    account,
    address: '',
    scopes: given,
    lists,
    parent: parent ?? null,
    createdMs: nowMs(),
    expiresMs: expiresMs === null ? ends : Math.min(ends, expiresMs),
    revokedMs: null,
  });
  setCookie(c, sessionCookie, session, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure: publicUrl.startsWith('https:'),
    maxAge: sessionMs / 1000,
  });
}

async function endSession(c: Context, tracker: Tracker): Promise<void> {
  const cookie = deleteCookie(c, sessionCookie, { path: '/' });
  if (cookie === undefined) return;
  const [record] = await tracker.getRecords('session', { name: hashOf(cookie) });
  if (record) await tracker.removeRecord(record.number);
}

async function mailCode({ store, mail, nowMs, log }: ServerParts, address: string): Promise<void> {
  if (mail === null) return;
  const accounts = await listAccounts(store.tracker);
  const account = accounts.find(({ addresses }) => addresses.includes(address));
  if (!account) return;
  const secret: SecretValue = {
    label: '',
    account: account.number,
    address,
    scopes: [],
    lists: null,
    createdMs: nowMs(),
    expiresMs: nowMs() + codeMs,
    revokedMs: null,
  };
  const code = await makeSecret(store.tracker, 'code', secret);
  const text = `Somebody, you we hope, wants to sign in to Patchtrail as ${account.name}.\n\nThe code, for 15 minutes and once:\n\n    ${code}\n\nIf it was not you, forget this mail.\n`;
  // Whoever asked must not learn by the time it takes whether somebody has that address.
  void mail({ to: address, subject: 'Your code for Patchtrail', text }).catch((error: unknown) =>
    log.error({ error }, 'a code could not be mailed'),
  );
}

/** A path of this server; whatever else is asked for becomes its first page. */
function ownPath(next: string | null): string {
  if (next === null || !/^\/(?![/\\])[\x21-\x7e]{0,1000}$/.test(next) || next.includes('\\')) return '/';
  return next;
}
