/**
 * Client: typed requests to the own API, by the routes of wire.ts.
 *
 * Paths and their parameters come from the route's name, so a wrong one does not compile. ETags are left to the browser.
 * The shell carries the data of the first page and the token for changes; without a token everything is read only.
 */
import type { Api, ApiChanges } from '../server/wire.ts';
import { asProblem, ProblemError, problemOf } from './problem.ts';

type PathOf<Route> = Route extends `${string} ${infer Path}` ? Path : never;
type Names<Path> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
export type PathParameters<Route> = { readonly [Name in Names<PathOf<Route>>]: string };
type Query = Readonly<Record<string, string | number | undefined>>;

/** Live changes, and the events of the local check. */
export const liveEventsPath = '/api/v1/events';
export const checkEventsPath = '/api/v1/check/events';

/** Path and query of a request. */
export function apiPath(route: string, parameters: Readonly<Record<string, string>>, query: Query): string {
  const path = (route.split(' ')[1] ?? '').replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}

/** Reads. */
export async function get<Route extends keyof Api>(
  route: Route,
  parameters: PathParameters<Route>,
  query: Api[Route]['query'],
  signal?: AbortSignal,
): Promise<Api[Route]['gives']> {
  const path = apiPath(route, parameters, query as Query);
  const first = takeFirstData(path);
  return (first ?? (await ask('GET', path, undefined, signal))) as Api[Route]['gives'];
}

/** Changes state. */
export async function change<Route extends keyof ApiChanges>(
  route: Route,
  parameters: PathParameters<Route>,
  body: ApiChanges[Route]['body'],
): Promise<ApiChanges[Route]['gives']> {
  const answer = await ask(route.split(' ')[0] ?? '', apiPath(route, parameters, {}), body);
  return answer as ApiChanges[Route]['gives'];
}

/** True where this page may ask for changes; else controls for them are not drawn. */
export function mayChange(): boolean {
  return sessionToken() !== '';
}

function sessionToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="patchtrail-session"]')?.content ?? '';
}

async function ask(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-patchtrail-session'] = sessionToken();
  if (body !== undefined && body !== null) headers['content-type'] = 'application/json';
  try {
    const answer = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(headers['content-type'] === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    if (!answer.ok) throw await problemOf(answer);
    return await answer.json();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw cause instanceof ProblemError ? cause : asProblem(cause);
  }
}

/** The data that the server put into the shell, once and only for the request it answers. */
function takeFirstData(path: string): unknown {
  const element = document.getElementById('first-data');
  const text = element?.textContent ?? '';
  if (!element || text.trim() === '') return undefined;
  const first: { path: string; data: unknown } | null = JSON.parse(text);
  if (!first || normalPath(first.path) !== normalPath(path)) return undefined;
  // Taken out whole: emptying a script's text would need a trusted type.
  element.remove();
  return first.data;
}

/** Two spellings of one request are the same: order of parameters, escapes. */
function normalPath(path: string): string {
  const url = new URL(path, location.origin);
  url.searchParams.sort();
  return `${decodeURIComponent(url.pathname)}?${url.searchParams}`;
}
