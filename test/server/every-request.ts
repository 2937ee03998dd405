/**
 * Every request that reads: each route of the app's own table with each value that its parts may stand for, and each
 * parameter of the API's description with each of these. A new route, parameter or search prefix is among them by
 * itself; only addresses of pages and of the archive, which one route answers, are listed here.
 */
import { searchPrefixes } from '../../ingest/search/prefixes.ts';
import type { ServerUnderTest } from './server-under-test.ts';

/** What parts of a path and parameters may stand for. */
export interface RequestValues {
  readonly ids: readonly string[];
  readonly numbers: readonly string[];
  readonly lists: readonly string[];
  readonly addresses: readonly string[];
  /** Words of subjects and bodies. */
  readonly words: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: { readonly enum?: readonly unknown[] };
}

/** Answers of these do not end. */
const streams = new Set(['/api/v1/events', '/api/v1/check/events', '/mcp']);

export async function everyRequest(server: ServerUnderTest, values: RequestValues): Promise<string[]> {
  const all = [
    ...routePaths(server, values),
    ...(await describedQueries(server, values)),
    ...patchworkQueries(values),
    ...searches(values),
    ...archivePaths(values),
    ...pagePaths(values),
  ];
  return [...new Set(all)];
}

function everyValue({ ids, numbers, lists, addresses }: RequestValues): string[] {
  return [...ids, ...numbers, ...lists, ...addresses];
}

/** Older versions of Patchwork's API and paths with a slash at their end have the same handlers. */
function routePaths({ app }: ServerUnderTest, values: RequestValues): string[] {
  const all = new Set(app.routes.map(({ path }) => path));
  const isSame = (path: string) =>
    /^\/api\/1\.[0-2](?:\/|$)|^\/api\/(?!v1\/|1\.)/.test(path) ||
    (path.endsWith('/') && all.has(path.slice(0, -1)));
  const paths = app.routes
    .filter(({ method, path }) => method === 'GET' && !path.includes('*') && !isSame(path))
    .map(({ path }) => path)
    .filter((path) => !streams.has(path));
  return [...new Set(paths)].flatMap((path) => fill(path, values));
}

/** The first part may be a list or a number while the second is anything. */
function fill(path: string, values: RequestValues): string[] {
  const part = /:\w+(?:\{[^}]*\})?\??/;
  if (!part.test(path)) return [path];
  return everyValue(values).flatMap((value) => {
    const text = encodeURIComponent(value);
    const same = path.replace(new RegExp(part, 'g'), text);
    const firsts = values.lists.map((first) =>
      path.replace(part, encodeURIComponent(first)).replace(new RegExp(part, 'g'), text),
    );
    return path.split(':').length > 2 ? [same, ...firsts] : [same];
  });
}

async function describedQueries(server: ServerUnderTest, values: RequestValues): Promise<string[]> {
  const { paths } = await server.json<{ paths: Record<string, { get?: { parameters?: Parameter[] } }> }>(
    '/openapi.json',
  );
  return Object.entries(paths).flatMap(([path, { get }]) => {
    if (!get || streams.has(path)) return [];
    const asked = (get.parameters ?? []).filter((one) => one.in === 'query' && one.name !== 'cursor');
    // What a thing is asked for beside its name picks a part of it.
    const isOne = path.includes('{');
    const filled = isOne ? values.ids.map((id) => path.replace(/\{\w+\}/, encodeURIComponent(id))) : [path];
    const others = isOne ? ['1', 'v1', 'v2'] : [...everyValue(values), ...values.words];
    return asked.flatMap(({ name, schema }) => {
      const given = name === 'limit' ? ['1', '2'] : (schema?.enum?.map(String) ?? others);
      return filled.flatMap((one) => given.map((value) => `${one}?${new URLSearchParams([[name, value]])}`));
    });
  });
}

const patchworkLists = ['patches', 'covers', 'series', 'events'];
const patchStates = ['new', 'under-review', 'changes-requested', 'accepted', 'superseded'];

function patchworkQueries({ ids, numbers, lists, addresses, words }: RequestValues): string[] {
  const filters: Readonly<Record<string, readonly string[]>> = {
    page: ['1', '2', '3'],
    project: lists,
    series: numbers,
    patch: numbers,
    submitter: [...addresses, '1', '2'],
    msgid: ids,
    state: patchStates,
    q: words,
    order: ['-id', 'name', 'date', '-state'],
  };
  return patchworkLists.flatMap((kind) =>
    Object.entries(filters).flatMap(([name, given]) =>
      given.map((value) => `/api/1.3/${kind}/?${new URLSearchParams({ per_page: '2', [name]: value })}`),
    ),
  );
}

/** Each prefix with each value that it lists, or with whatever names somebody or something. */
function searches({ ids, lists, addresses, words }: RequestValues): string[] {
  const queries = searchPrefixes.flatMap(({ name, means }) => {
    if (means.kind !== 'value') return words.map((word) => `${name}:${word}`);
    const listed = Object.keys(means.values);
    const given = listed.length > 0 ? listed : [...ids, ...lists, ...addresses, ...words, 'author', '1', '2'];
    return given.map((value) => `${name}:${value}`);
  });
  const asked = [...queries, ...words].map(
    (query) => `/api/v1/search?${new URLSearchParams({ q: query, limit: '3' })}`,
  );
  const typed = [...words, ...addresses, ...searchPrefixes.map(({ name }) => `${name}:`)].map(
    (q) => `/api/v1/search/completions?${new URLSearchParams({ q, caret: String(q.length) })}`,
  );
  return [...asked, ...typed];
}

function archivePaths({ ids, lists, words }: RequestValues): string[] {
  const shelves = [...lists, 'all'];
  const pages = [
    '',
    'new.atom',
    'new.html',
    'topics_new.html',
    'description',
    'all.mbox.gz',
    '_/text/config/raw',
  ];
  const asked = words.flatMap((word) => [`?q=${word}`, `?q=${word}&x=A`, `?q=${word}&x=t`]);
  const forms = ['', 'raw', 'T/', 't/', 't.mbox.gz', 't.atom', '1-x.patch'];
  return [
    '/?o=0',
    ...shelves.flatMap((shelf) => [...pages, ...asked].map((page) => `/${shelf}/${page}`)),
    ...ids.flatMap((id) =>
      forms.flatMap((form) => [`/${id}/${form}`, ...shelves.map((shelf) => `/${shelf}/${id}/${form}`)]),
    ),
  ];
}

function pagePaths({ ids, lists, addresses, words }: RequestValues): string[] {
  const pages = [
    ...[
      '/',
      '/queue',
      '/people',
      '/statistics',
      '/kernels',
      '/bundles',
      '/sources',
      '/lists',
      '/help/search',
    ],
    ...ids.flatMap((id) =>
      ['series', 'patches', 'thread'].map((page) => `/${page}/${encodeURIComponent(id)}`),
    ),
    ...ids.map((id) => `/series/${encodeURIComponent(id)}/v1..v2`),
    ...addresses.map((address) => `/people/${encodeURIComponent(address)}`),
  ];
  const asked = [
    ...lists.flatMap((list) => [`/queue?list=${list}`, `/statistics?list=${list}`]),
    ...addresses.flatMap((address) => [`/queue?me=${address}`, `/statistics?person=${address}`]),
    ...words.flatMap((word) => [`/search?q=${word}`, `/queue?title=${word}`, `/people?q=${word}`]),
  ];
  return [...pages, ...asked].flatMap((page) =>
    ['', 'text', 'atom'].map((form) =>
      form === '' ? page : `${page}${page.includes('?') ? '&' : '?'}as=${form}`,
    ),
  );
}
