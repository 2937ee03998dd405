/**
 * Asked: one request to Patchwork's API, read: its version, filters, body and asker.
 */
import type { Context } from 'hono';
import { PatchtrailError } from '../../ingest/model/errors.ts';
import { limits } from '../../ingest/model/limits.ts';
import { putAccount } from '../rights/accounts.ts';
import { type Account, type Asker, hasScope, type Scope } from '../rights/asker.ts';
import { askerIn } from '../rights/recognise.ts';
import type { ServerParts } from '../routes/parts.ts';
import { whoMayChange } from '../security.ts';
import { Links } from './links.ts';
import { needsLogin, notAllowed, Refusal } from './refusal.ts';

export type Body = ReadonlyMap<string, unknown>;

export interface Asked {
  readonly c: Context;
  readonly parts: ServerParts;
  readonly links: Links;
  readonly query: URLSearchParams;
  readonly asker: Asker;
  /** Parts of the path that stand for something, in order. */
  readonly ids: readonly string[];
}

/** Versions that are served, and the minor number of the newest. */
export const versions = ['1.0', '1.1', '1.2', '1.3'] as const;
const newest = 3;

export function readAsked(c: Context, parts: ServerParts, version: string, names: readonly string[]): Asked {
  const minor = version === '' ? newest : Number(version.split('.')[1]);
  const url = new URL(c.req.url);
  const origin = parts.publicUrl || url.origin;
  return {
    c,
    parts,
    links: new Links(origin, version, minor),
    query: url.searchParams,
    asker: askerIn(c),
    ids: names.map((name) => c.req.param(name) ?? ''),
  };
}

/** All values of a filter: repeated keys mean either, but in 1.0 the last one counts. Undefined where it is not given. */
export function filterValues({ query, links }: Asked, name: string): string[] | undefined {
  const values = query.getAll(name).filter((value) => value !== '');
  if (values.length === 0) return undefined;
  return links.minor === 0 ? values.slice(-1) : values;
}

/** Words that must all occur. */
export function searchWords({ query }: Asked): string[] {
  return (query.get('q') ?? '').split(/\s+/).filter(Boolean).slice(0, limits.queryTerms);
}

/** Who changes something, with the account that stands for them. @throws Refusal */
export async function requireAccount(asked: Asked, scope: Scope): Promise<Account> {
  const { asker, c, parts } = asked;
  if (asker.kind === 'nobody' || asker.kind === 'owner') throw needsLogin();
  if (!hasScope(asker, scope)) throw notAllowed();
  try {
    whoMayChange(c, parts.access, scope);
  } catch (error) {
    // A browser's request without the token of its page.
    if (error instanceof PatchtrailError) throw new Refusal(403, { detail: `CSRF Failed: ${error.what}.` });
    throw error;
  }
  // A token of the configuration has a name only; other programs know users by number.
  return asker.account ?? (await putAccount(parts.store.tracker, asker.name, (value) => value));
}

/** The fields of a body, JSON or a form; repeated keys of a form are an array. @throws Refusal */
export async function readBody({ c }: Asked): Promise<Body> {
  const type = (c.req.header('content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase();
  const length = Number(c.req.header('content-length') ?? 0);
  if (length > limits.requestBytes) throw new Refusal(413, { detail: 'The body is too large.' });
  if (type === 'application/json') return readJson(await c.req.text());
  if (type === 'application/x-www-form-urlencoded') {
    return gather([...new URLSearchParams(await c.req.text())]);
  }
  if (type === 'multipart/form-data') {
    const form = await c.req.formData();
    return gather([...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
  }
  throw new Refusal(415, { detail: `Unsupported media type "${type}" in request.` });
}

function readJson(text: string): Body {
  let value: unknown;
  try {
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    // What JSON.parse says quotes the body: our words are enough.
    throw new Refusal(400, { detail: 'JSON parse error - the body is not JSON' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, { non_field_errors: ['Invalid data. Expected a dictionary.'] });
  }
  return new Map(Object.entries(value));
}

function gather(pairs: readonly (readonly [string, string])[]): Body {
  const fields = new Map<string, unknown>();
  for (const [name, value] of pairs) {
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else fields.set(name, [...(Array.isArray(before) ? before : [before]), value]);
  }
  return fields;
}

/** A text field; null where it is null or empty, undefined where it is not given. @throws Refusal */
export function textField(body: Body, name: string, most = 255): string | null | undefined {
  const value = body.get(name);
  if (value === undefined) return undefined;
  if (value === null || value === '') return null;
  if (typeof value !== 'string') throw new Refusal(400, { [name]: ['Not a valid string.'] });
  if (value.length > most) {
    throw new Refusal(400, { [name]: [`Ensure this field has no more than ${most} characters.`] });
  }
  return value;
}
