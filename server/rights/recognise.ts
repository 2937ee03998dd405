/**
 * Recognise: tells from a request who sends it, before any route sees it.
 *
 * In order: a token (`Bearer`, Patchwork's `Token`, or `Basic` with the account's name and a token as password), a
 * session's cookie, a header that a proxy of ours set, this very machine. A wrong token is refused, not overlooked: its
 * holder must not believe that it works. What a browser sends by itself (cookie, proxy) needs more for a change, see
 * ../security.ts.
 */
import { createHmac } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import type { ServerParts } from '../routes/parts.ts';
import { type Access, isHashOf, isOwnMachine } from '../security.ts';
import { askerOf, findAccount, findSecret, hashOf } from './accounts.ts';
import { type Asker, nobody, ownerAsker } from './asker.ts';
import { Attempts } from './attempts.ts';
import { currentAsker, runAs } from './current.ts';
import { isProxyAddress } from './proxies.ts';

export const sessionCookie = 'patchtrail_session';

/** The secret that came by the name of an account, or alone. */
interface Credentials {
  readonly secret: string;
  readonly name: string | null;
}

/** `parts` are the whole ones: rights are looked up before anything is limited. */
export function recogniseAsker(parts: ServerParts, attempts = new Attempts()): MiddlewareHandler {
  return async (c, next) => {
    // The app asks itself for a page's data: that is still the same reader.
    const outer = currentAsker();
    const asker = outer ?? (await findAsker(c, parts, attempts));
    c.set('asker', asker);
    c.set('isOuter', outer === undefined);
    await runAs(asker, next);
  };
}

export function askerIn(c: Context): Asker {
  return (c.get('asker') as Asker | undefined) ?? nobody;
}

/** What a page must send with a change beside what its browser sends: tied to the session, known to its pages only. */
export function csrfToken(serverSecret: string, session: string): string {
  return createHmac('sha256', serverSecret).update(session).digest('base64url');
}

async function findAsker(c: Context, parts: ServerParts, attempts: Attempts): Promise<Asker> {
  const { access } = parts;
  const given = c.req.header('authorization');
  if (given !== undefined) return findTokenAsker(c, given, parts, attempts);
  const cookie = getCookie(c, sessionCookie);
  if (cookie !== undefined) {
    const session = await findSecret(parts.store.tracker, 'session', cookie, parts.nowMs());
    const asker = session && (await askerOf(parts.store.tracker, 'session', session));
    if (asker) return { ...asker, csrf: csrfToken(access.sessionToken, hashOf(cookie)) };
  }
  const proxied = access.userHeader ? c.req.header(access.userHeader) : undefined;
  if (proxied && isFromProxy(c, access)) return proxyAsker(proxied, parts);
  return isOwnMachine(c, access) ? ownerAsker(access.person) : nobody;
}

async function findTokenAsker(
  c: Context,
  given: string,
  parts: ServerParts,
  attempts: Attempts,
): Promise<Asker> {
  const from = remoteOf(c, parts.access);
  refuseWhileSlowed(c, attempts, from, parts.nowMs());
  const credentials = readCredentials(given);
  const asker = credentials && (await findTokenHolder(credentials, parts));
  if (asker) {
    attempts.succeed(from);
    return asker;
  }
  attempts.fail(from, parts.nowMs());
  parts.log.info({ from, path: c.req.path }, 'a wrong token');
  throw new PatchtrailError('token-invalid', 'The token is not valid', {
    remedy: 'It is mistyped, over, or was taken back: make one by `patchtrail token add`.',
  });
}

/** @throws PatchtrailError for who sent too many wrong secrets, or asked for too many codes */
export function refuseWhileSlowed(c: Context, attempts: Attempts, from: string, nowMs: number): void {
  const waitSeconds = Math.ceil(attempts.waitMs(from, nowMs) / 1000);
  if (waitSeconds === 0) return;
  c.header('Retry-After', String(waitSeconds));
  throw new PatchtrailError('too-many', 'Too many wrong tokens or requests for codes came from there', {
    remedy: `Wait ${waitSeconds} seconds.`,
  });
}

/** Undefined for a scheme or form that is none of ours. */
export function readCredentials(header: string): Credentials | undefined {
  const [scheme = '', value = ''] = header.split(/ +/, 2);
  if (value.length > 1000 || !/^[\x21-\x7e]+$/.test(value)) return undefined;
  if (/^(?:bearer|token)$/i.test(scheme)) return { secret: value, name: null };
  if (!/^basic$/i.test(scheme)) return undefined;
  const text = Buffer.from(value, 'base64').toString();
  const at = text.indexOf(':');
  return at < 0 ? undefined : { name: text.slice(0, at), secret: text.slice(at + 1) };
}

async function findTokenHolder(
  { secret, name }: Credentials,
  { store, access, nowMs }: ServerParts,
): Promise<Asker | undefined> {
  const fits = (holder: string) => name === null || name === holder;
  const configured = access.tokens.find((token) => isHashOf(token.sha256, secret));
  if (configured) {
    if (!fits(configured.name)) return undefined;
    const account = (await findAccount(store.tracker, { name: configured.name })) ?? null;
    return { kind: 'token', name: configured.name, account, scopes: ['admin'], lists: null };
  }
  const token = await findSecret(store.tracker, 'token', secret, nowMs());
  const asker = token && (await askerOf(store.tracker, 'token', token));
  return asker && fits(asker.name) ? asker : undefined;
}

/** A name that the proxy vouches for; without an account here it has no role on any list. */
async function proxyAsker(name: string, { store, access }: ServerParts): Promise<Asker> {
  const account = (await findAccount(store.tracker, { name })) ?? null;
  const csrf = csrfToken(access.sessionToken, `proxy ${name}`);
  return { kind: 'proxy', name, account, scopes: ['write'], lists: null, csrf };
}

/** Only proxies that are known may say who somebody is; without a socket we ask ourselves. */
function isFromProxy(c: Context, access: Access): boolean {
  const address = socketAddress(c);
  return address === undefined || isProxyAddress(address, access.proxies ?? []);
}

/** Where a request comes from; behind a proxy that is known, what that says. */
export function remoteOf(c: Context, access: Access): string {
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return (isFromProxy(c, access) ? forwarded : undefined) ?? socketAddress(c) ?? 'here';
}

function socketAddress(c: Context): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress;
}
