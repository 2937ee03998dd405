/**
 * JSON routes: one row says what a route takes, gives and does; here rows become Hono handlers.
 *
 * In: rows, typed by `Api` and `ApiChanges` of ../wire.ts. Out: checked input, an answer with ETag and Cache-Control, and
 * the description that /openapi.json is made of: all from one row, so that none can say something else.
 * Input is never echoed in an error, since an error page is a mirror for whatever a link carries.
 */
import { createHash } from 'node:crypto';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { describeRoute, resolver, validator } from 'hono-openapi';
import { z } from 'zod';
import { LimitError, UsageError } from '../../ingest/model/errors.ts';
import { limits } from '../../ingest/model/limits.ts';
import { keepAnswer } from '../answer-cache.ts';
import { problemSchema } from '../openapi-status-schema.ts';
import type { Scope } from '../rights/asker.ts';
import { requireOwnPage, whoMayChange } from '../security.ts';
import type { Api, ApiChanges } from '../wire.ts';
import { FieldSelection, fieldsParameter } from './field-selection.ts';
import type { ServerParts } from './parts.ts';

export type ReadName = keyof Api;
export type ChangeName = keyof ApiChanges;

/** What a reading route is asked. */
export interface Asked<Query> {
  /** The last part of the path that stands for something: an id, an address; empty where there is none. */
  readonly id: string;
  readonly query: Query;
}

export interface ReadRoute<Name extends ReadName> {
  readonly name: Name;
  readonly says: string;
  readonly query: z.ZodType<Api[Name]['query']>;
  readonly gives: z.ZodType<Api[Name]['gives']>;
  /** True where the answer depends on more than the store: on what this process does now. */
  readonly isOfProcess?: true;
  answer(parts: ServerParts, asked: Asked<Api[Name]['query']>): Promise<Api[Name]['gives']>;
}

export interface ChangeRoute<Name extends ChangeName> {
  readonly name: Name;
  readonly says: string;
  readonly body: z.ZodType<ApiChanges[Name]['body']>;
  readonly gives: z.ZodType<ApiChanges[Name]['gives']>;
  /** True where only a page of our own on this machine may ask, whatever token there is. */
  readonly isForOwnPage: boolean;
  /** What a token must be for; `write` where nothing is said. */
  readonly scope?: Scope;
  /** What the sender must prove beside who it is; throws where it does not. */
  proves?(c: Context, parts: ServerParts, body: ApiChanges[Name]['body']): void;
  answer(
    parts: ServerParts,
    asked: { readonly id: string; readonly by: string; readonly body: ApiChanges[Name]['body'] },
  ): Promise<ApiChanges[Name]['gives']>;
}

/** A row with its types checked and then forgotten, so that rows of all routes fit in one table. */
export type AnyRoute = (app: Hono, parts: ServerParts) => void;

/** No parameters at all. */
export const noQuery: z.ZodType<Record<string, never>> = z.strictObject({});

/** A reading route. */
export function reads<Name extends ReadName>(route: ReadRoute<Name>): AnyRoute {
  const selection = new FieldSelection(route.gives);
  return (app, parts) => {
    const path = honoPath(route.name);
    app.get(
      path,
      describe(route.name, route.says, route.gives),
      validator('query', withFields(route.query), (result) => {
        if (!result.success) throw inputError('parameter', result.error);
      }),
      async (c) => {
        const { fields, ...query } = c.req.valid('query') as Api[Name]['query'] & { fields?: string };
        const check = fields === undefined ? undefined : selection.read(fields);
        const answer = await route.answer(parts, { id: pathId(c), query: query as Api[Name]['query'] });
        if (!route.isOfProcess) keepAnswer(c);
        return taggedJson(c, check ? check(answer) : answer);
      },
    );
  };
}

/** The parameters of a route, and the one that picks parts of its answer. */
function withFields(query: z.ZodType): z.ZodType {
  if (query instanceof z.ZodObject) return query.extend({ fields: fieldsParameter.exactOptional() });
  throw new TypeError('the parameters of a route are an object');
}

/** A changing route: the asker is checked before the body is read. */
export function changes<Name extends ChangeName>(route: ChangeRoute<Name>): AnyRoute {
  return (app, parts) => {
    const guard: MiddlewareHandler = async (c, next) => {
      if (route.isForOwnPage) requireOwnPage(c, parts.access);
      c.set(
        'by',
        route.isForOwnPage ? parts.access.person : whoMayChange(c, parts.access, route.scope ?? 'write'),
      );
      await next();
    };
    const limit = bodyLimit({
      maxSize: limits.requestBytes,
      onError: () => {
        throw new LimitError('requestBytes', 'The body of the request is too large', {
          remedy: `Send at most ${limits.requestBytes} bytes.`,
        });
      },
    });
    const answer = async (c: Context, body: ApiChanges[Name]['body']) => {
      route.proves?.(c, parts, body);
      const id = pathId(c);
      const by: string = c.get('by');
      const gives = await route.answer(parts, { id, by, body });
      const { store, nowMs } = parts;
      await store.tracker.addAudit({
        atMs: nowMs(),
        by,
        action: route.name,
        subject: id,
        detail: auditDetail(body),
      });
      c.header('Cache-Control', 'no-store');
      return c.json(gives as object);
    };
    const description = describe(route.name, route.says, route.gives);
    if (route.name.startsWith('DELETE')) {
      app.delete(honoPath(route.name), description, guard, (c) =>
        answer(c, null as ApiChanges[Name]['body']),
      );
      return;
    }
    const body = validator('json', route.body, (result) => {
      if (!result.success) throw inputError('field', result.error);
    });
    app.post(honoPath(route.name), description, guard, limit, body, (c) =>
      answer(c, c.req.valid('json') as ApiChanges[Name]['body']),
    );
  };
}

/** What the log keeps of a body: long ones, such as the lines of a report, only by their length. */
function auditDetail(body: unknown): unknown {
  const text = JSON.stringify(body) ?? 'null';
  return text.length <= 10_000 ? body : { bytes: text.length };
}

/** The description of a route that gives no JSON but `media`; events are described by the data that one carries. */
export function describeOther(
  name: string,
  says: string,
  media: string,
  gives: z.ZodType,
): MiddlewareHandler {
  return describe(name, says, gives, media);
}

/** JSON that a browser asks about again each time and gets only where it has changed. */
export function taggedJson(c: Context, value: unknown): Response {
  const text = JSON.stringify(value);
  const tag = `W/"${createHash('sha1').update(text).digest('base64url')}"`;
  c.header('ETag', tag);
  c.header('Cache-Control', 'private, no-cache');
  if (c.req.header('if-none-match')?.includes(tag)) return c.body(null, 304);
  c.header('Content-Type', 'application/json; charset=utf-8');
  return c.body(text);
}

function honoPath(name: string): string {
  return (name.split(' ')[1] ?? '').replace(/\{(\w+)\}/g, ':$1');
}

/** The id in the path, bare. @throws UsageError for what cannot be one */
export function pathId(c: Context): string {
  const id = Object.values(c.req.param())[0];
  if (id === undefined) return '';
  const bare = id.startsWith('<') && id.endsWith('>') ? id.slice(1, -1) : id;
  if (bare === '' || bare.length > limits.messageIdBytes || hasControl(bare)) {
    throw new UsageError('The path holds something that cannot be an id', {
      remedy: 'Give a Message-ID without angle brackets, with `/` written as %2F.',
    });
  }
  return bare;
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 32) return true;
  return false;
}

interface Issue {
  readonly message: string;
  readonly path?: readonly unknown[] | undefined;
}

/** Names what our own schema knows, never what was sent. */
function inputError(what: 'parameter' | 'field', issues: readonly Issue[]): UsageError {
  const issue = issues[0];
  const step = issue?.path?.[0];
  const name = typeof step === 'object' && step !== null && 'key' in step ? step.key : step;
  if (name === undefined) {
    return new UsageError(`The request has a ${what} that this route does not know`, {
      remedy: 'See /openapi.json.',
    });
  }
  return new UsageError(`A ${what} of the request cannot be understood`, {
    subject: String(name),
    remedy: 'See /openapi.json for what it takes.',
  });
}

function describe(
  name: string,
  says: string,
  gives: z.ZodType,
  givenMedia = 'application/json',
): MiddlewareHandler {
  const content = (schema: z.ZodType, media: string) => ({ [media]: { schema: resolver(schema) } });
  const problem = (description: string) => ({
    description,
    content: content(problemSchema, 'application/problem+json'),
  });
  const isChange = !name.startsWith('GET');
  return describeRoute({
    summary: says,
    responses: {
      200: { description: 'The answer', content: content(gives, givenMedia) },
      400: problem('The request cannot be understood'),
      ...(isChange ? { 403: problem('Needs a token or a page of this server') } : {}),
      ...(name.includes('{') ? { 404: problem('It is not held') } : {}),
    },
  });
}
