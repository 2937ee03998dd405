/**
 * Fixture server: the built pages with invented data, under the content security policy of the real server.
 *
 * `node --import tsx test/web/fixture-server.ts` serves it to look at. The state of all answers is chosen by a cookie,
 * `state=empty|error`; the first data is put into the shell where `?first` is asked for.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer, isPage, type State } from './answers.ts';
import { checkEvents } from './story/kernels.ts';

export const webRoot = fileURLToPath(new URL('../../dist/web', import.meta.url));

const policy = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'",
  "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** How a test wants answers: who may change, what is put into the shell, which answers are other than the story's. */
export interface FixtureOptions {
  readonly session?: string;
  /** Data put into the shell, by API path. */
  readonly firstData?: { readonly path: string; readonly data: unknown };
  /** Looks at each answer before it is sent. */
  readonly change?: (target: string, body: unknown) => unknown;
}

export interface Fixture {
  readonly url: string;
  /** Requests to the API, in order. */
  readonly requests: { readonly method: string; readonly target: string; readonly session: string }[];
  options: FixtureOptions;
  close(): void;
}

export async function startFixture(options: FixtureOptions = {}, port = 0): Promise<Fixture> {
  const requests: Fixture['requests'] = [];
  const fixture: { options: FixtureOptions } = { options };
  const server: Server = createServer((request, response) => {
    respond(request, response, fixture.options, requests);
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return Object.assign(fixture, {
    url: `http://127.0.0.1:${bound}`,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
}

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: FixtureOptions,
  requests: Fixture['requests'],
): void {
  const target = request.url ?? '/';
  const path = new URL(target, 'http://localhost').pathname;
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  if (path.startsWith('/api/')) {
    requests.push({
      method: request.method ?? '',
      target,
      session: String(request.headers['x-patchtrail-session'] ?? ''),
    });
    if (path.endsWith('/events')) {
      sendEvents(response, path);
      return;
    }
    const state = (/state=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'full') as State;
    const { status, body } = answer(request.method ?? 'GET', target, state);
    const sent = options.change ? options.change(target, body) : body;
    response.writeHead(status, {
      'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    });
    response.end(JSON.stringify(sent));
    return;
  }
  const file = join(webRoot, path);
  if (path.startsWith('/assets/') && existsSync(file)) {
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
    return;
  }
  if (!isPage(target)) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('Not here');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(shell(options));
}

function shell({ session = '', firstData }: FixtureOptions): string {
  const data = firstData ? JSON.stringify(firstData).replaceAll('<', '\\u003c') : '';
  return readFileSync(join(webRoot, 'index.html'), 'utf8')
    .replace('name="patchtrail-session" content=""', () => `name="patchtrail-session" content="${session}"`)
    .replace('id="first-data"></script>', () => `id="first-data">${data}</script>`);
}

/** The check's events at once; live changes stay silent. */
function sendEvents(response: ServerResponse, path: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  if (!path.includes('/check/')) return;
  for (const event of checkEvents) response.write(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startFixture({ session: 'local' }, Number(process.env.PORT ?? 4173));
  process.stdout.write(`${url}\n`);
}
