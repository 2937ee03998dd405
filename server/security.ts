/**
 * Security: who may speak to the server, and what a browser may do with its answers.
 *
 * Headers on every answer (ui.md, section 4). A server that is bound to loopback answers only to loopback names, since
 * a page elsewhere can point its own name at 127.0.0.1 (DNS rebinding). What changes state needs the token of this
 * process from a page of our own origin, or a token of the configuration; a cookie would be sent by any page.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import { secureHeaders } from 'hono/secure-headers';
import type { TokenConfig } from '../ingest/config-keys.ts';
import { PatchtrailError } from '../ingest/model/errors.ts';
import { type Asker, hasScope, type Scope } from './rights/asker.ts';

/** What is needed to judge a request. */
export interface Access {
  /** Random for each process; given to pages of our own only. */
  readonly sessionToken: string;
  /** True where only this machine can reach the server: then its pages may change state. */
  readonly isLoopback: boolean;
  /** Names under which the server may be asked, lower-case and without port; null: any. */
  readonly hostNames: readonly string[] | null;
  readonly tokens: readonly TokenConfig[];
  /** Who a person with the session token is. */
  readonly person: string;
  /** Lists that only those may read who have a role on them. */
  readonly privateLists?: readonly string[];
  /** Requests a minute by one reader; 0: any number. */
  readonly requestsPerMinute?: number;
  /** Origins whose pages may read the API, and change with a token. */
  readonly corsOrigins?: readonly string[];
  /** Header in which a proxy says who asks; empty: none does. */
  readonly userHeader?: string;
  /** Addresses and ranges of proxies that are believed, beside this machine. */
  readonly proxies?: readonly string[];
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** Names to answer to: loopback ones and the public one where there is a proxy before us. */
export function hostNamesFor(isLoopback: boolean, publicUrl: string): readonly string[] | null {
  if (!isLoopback) return null;
  return publicUrl === '' ? loopbackNames : [...loopbackNames, new URL(publicUrl).hostname];
}

export function isLoopbackHost(host: string): boolean {
  return host === '::1' || host === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Headers of ui.md, section 4, on every answer. */
export function securityHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ['lit-html'],
    },
    // Plain HTTP on loopback is the usual case; a proxy that speaks TLS adds its own.
    strictTransportSecurity: false,
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
  });
}

/** Refuses names that are not ours. */
export function checkHost(access: Access): MiddlewareHandler {
  return async (c, next) => {
    const name = hostName(c);
    if (access.hostNames && !access.hostNames.includes(name)) {
      throw new PatchtrailError('forbidden', 'The server was asked under a name that is not its own', {
        remedy: 'Ask it as http://127.0.0.1 with its port, or set `url` in patchtrail.toml.',
      });
    }
    await next();
  };
}

/** Lets pages of these origins use the API. Never with cookies: they bring a token of their own. */
export function allowOrigins(origins: readonly string[]): MiddlewareHandler {
  return cors({
    origin: [...origins],
    allowHeaders: ['Authorization', 'Content-Type', 'If-None-Match', 'Last-Event-ID'],
    allowMethods: ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'],
    exposeHeaders: ['ETag', 'Link', 'Location', 'Retry-After'],
    maxAge: 600,
  });
}

/** Methods by which nothing is changed. */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** What proxies add: a request with any of these comes from elsewhere, whatever the socket says. */
export const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** True for a page of this machine: it may have the token of the session. */
export function isOwnMachine(c: Context, access: Access): boolean {
  return access.isLoopback && !proxyHeaders.some((name) => c.req.header(name) !== undefined);
}

/** Who asks for a change: the holder of a token, a session or a page of our own. @throws PatchtrailError */
export function whoMayChange(c: Context, access: Access, scope: Scope): string {
  const asker = c.get('asker') as Asker | undefined;
  if (asker && asker.kind !== 'owner' && asker.kind !== 'nobody') {
    if (!hasScope(asker, scope)) throw forbidden(`The token is not for this: it lacks the scope ${scope}`);
    if (asker.csrf !== undefined) requireOwnOrigin(c, asker.csrf);
    return asker.name;
  }
  requireOwnPage(c, access);
  return access.person;
}

/** Programs are started for a page of our own on this machine only. @throws PatchtrailError */
export function requireOwnPage(c: Context, access: Access): void {
  if (!isOwnMachine(c, access))
    throw forbidden('This server does not take changes from pages, since others can reach it');
  requireOwnOrigin(c, access.sessionToken);
}

/** @throws PatchtrailError */
function requireOwnOrigin(c: Context, token: string): void {
  if (!isSame(c.req.header('x-patchtrail-session') ?? '', token)) {
    throw forbidden('The request does not carry the token of this session');
  }
  if (!isSameOrigin(c)) throw forbidden('The request comes from a page of another origin');
}

/** Forms are taken from our own pages only: else another site could sign somebody in or out. @throws PatchtrailError */
export function requireOwnForm(c: Context): void {
  if (!isSameOrigin(c)) throw forbidden('The form comes from a page of another origin');
}

function forbidden(what: string): PatchtrailError {
  return new PatchtrailError('forbidden', what, {
    remedy: 'Load the page again, or send `Authorization: Bearer` with a token (`patchtrail token add`).',
  });
}

/** Browsers say where a request comes from; a request that says nothing is not one of a page. */
function isSameOrigin(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  if (site === undefined && origin === undefined) return false;
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined || hostOf(origin) === hostWithPort(c);
}

function hostWithPort(c: Context): string {
  return (c.req.header('host') ?? new URL(c.req.url).host).toLowerCase();
}

function hostName(c: Context): string {
  return hostWithPort(c).replace(/:\d{1,5}$/, '');
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : '';
}

export function isHashOf(sha256: string, token: string): boolean {
  return isSame(createHash('sha256').update(token).digest('hex'), sha256);
}

/** Compares without telling by its time how much was right. */
function isSame(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return wanted !== '' && left.length === right.length && timingSafeEqual(left, right);
}
