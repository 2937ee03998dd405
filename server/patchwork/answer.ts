/**
 * Answer: Patchwork's routes on Hono, with and without a slash at the end, in every version, and their answers.
 *
 * `Link` must keep its case on the wire, but fetch's Headers write names in small letters, so where there is a real
 * response underneath it is set there.
 */
import type { ServerResponse } from 'node:http';
import type { Context, Hono } from 'hono';
import type { ServerParts } from '../routes/parts.ts';
import { type Asked, readAsked, versions } from './asked.ts';
import { asRefusal, notFound, Refusal } from './refusal.ts';

export interface Reply {
  readonly status?: number;
  /** JSON; undefined for an answer without a body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Handler = (asked: Asked) => Promise<Reply>;
export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface PatchworkRoute {
  /** Below the version: `/patches/:id`. */
  readonly path: string;
  /** Minor number of the first version that has it. */
  readonly since?: number;
  readonly methods: Partial<Record<Method, Handler>>;
}

export function addRoute(app: Hono, parts: ServerParts, { path, since = 0, methods }: PatchworkRoute): void {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  for (const version of ['', ...versions]) {
    const isThere = version === '' || Number(version.split('.')[1]) >= since;
    const run = (c: Context) =>
      answer(
        c,
        async () => {
          if (!isThere) throw notFound();
          const name = c.req.method === 'HEAD' ? 'GET' : c.req.method;
          const handler = methods[name as Method];
          if (!handler) throw notAllowedMethod(name, Object.keys(methods));
          const asked = readAsked(c, parts, version, names);
          const reply = await handler(asked);
          if (name !== 'GET') await keepChange(asked, `${name} ${path}`);
          return reply;
        },
        parts,
      );
    for (const slash of ['', '/']) {
      const whole = `/api${version === '' ? '' : `/${version}`}${path}${slash}`;
      app.get(whole, run);
      app.all(whole, run);
    }
  }
}

function notAllowedMethod(name: string, allowed: readonly string[]): Refusal {
  const Allow = [...allowed, 'HEAD', 'OPTIONS'].join(', ');
  return new Refusal(405, { detail: `Method "${name}" not allowed.` }, { Allow });
}

async function answer(c: Context, work: () => Promise<Reply>, parts: ServerParts): Promise<Response> {
  try {
    return write(c, await work());
  } catch (error) {
    const { status, body, headers } = asRefusal(error, c.req.header('authorization'));
    if (status >= 500) parts.log.error({ error, path: c.req.path }, 'request failed');
    return write(c, { status, body, headers });
  }
}

export function write(c: Context, { status = 200, body, headers = {} }: Reply): Response {
  for (const [name, value] of Object.entries(headers)) setHeader(c, name, value);
  c.header('Cache-Control', 'private, no-cache');
  if (body === undefined) return c.body(null, status as 204);
  c.header('Content-Type', 'application/json');
  return c.body(JSON.stringify(body), status as 200);
}

function setHeader(c: Context, name: string, value: string): void {
  const outgoing = (c.env as { outgoing?: ServerResponse } | undefined)?.outgoing;
  if (outgoing && name === 'Link') outgoing.setHeader(name, value);
  else c.header(name, value);
}

/** Every change goes to the log; what it was of is kept by the correction, check or bundle that it made. */
async function keepChange({ parts, asker, ids }: Asked, action: string): Promise<void> {
  const row = {
    atMs: parts.nowMs(),
    by: asker.name,
    action: `Patchwork ${action}`,
    subject: ids.join('/'),
    detail: null,
  };
  await parts.store.tracker.addAudit(row);
}
