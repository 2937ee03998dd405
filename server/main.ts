/**
 * Main: the app on a port, and its orderly end.
 *
 * Listens on loopback unless told, says where, and on closing ends event streams and a running check before the socket,
 * since either would hold the process for ever. The store belongs to the caller, who closes it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { release, version } from 'node:os';
import { join } from 'node:path';
import { serve as listen } from '@hono/node-server';
import type { Hono } from 'hono';
import { pino } from 'pino';
import type { Config } from '../ingest/config-keys.ts';
import { UsageError } from '../ingest/model/errors.ts';
import type { Report } from '../ingest/model/kernel.ts';
import { stripEnd } from '../ingest/model/strip-end.ts';
import type { Store } from '../ingest/store/store.ts';
import { AnswerCache, type AnswerFetch } from './answer-cache.ts';
import { createApp } from './app.ts';
import { keepReport } from './check/keep-report.ts';
import { LocalCheck, machineTools } from './check/local-check.ts';
import { readTrackedFixes } from './check/tracked-fixes.ts';
import { Courier } from './hooks/courier.ts';
import type { Meters } from './meters.ts';
import { packageRoot } from './package-root.ts';
import { limitParts } from './rights/current.ts';
import { LiveFeed } from './routes/live-feed.ts';
import { MailReader } from './routes/mail-reader.ts';
import type {
  AddSource,
  Log,
  PullProgress,
  SendToPerson,
  ServerParts,
  SourceWatches,
} from './routes/parts.ts';
import { hostNamesFor, isLoopbackHost } from './security.ts';

export interface ServeOptions {
  readonly store: Store;
  readonly config: Config;
  readonly host: string;
  readonly port: number;
  /** How far sources are that are being pulled now. */
  readonly pulls?: () => PullProgress;
  /** How sources are looked after. */
  readonly watches?: () => SourceWatches;
  /** Takes new sources; without it a page can add none. */
  readonly addSource?: AddSource;
  /** Called when a correction marked something to be derived anew. */
  readonly wake?: () => void;
  /** Mails codes to those who sign in; without it none are. */
  readonly mail?: SendToPerson;
  readonly log?: Log;
  /** Counts what the server does; without it nothing does. */
  readonly meters?: Meters;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

type ListenFetch = Parameters<typeof listen>[0]['fetch'];

/** Open sockets that do not end by themselves are cut after this. */
const closeMs = 2000;

/** The app without a socket: what `serve` listens with, and what a command asks in its own process. */
export function makeApp(options: Omit<ServeOptions, 'port'>): {
  app: Hono;
  parts: ServerParts;
  feed: LiveFeed;
  check: LocalCheck;
} {
  const { store, config, host } = options;
  const isLoopback = isLoopbackHost(host);
  // A public address says that a proxy lets others in.
  const isPrivate =
    isLoopback &&
    config.userHeader === '' &&
    (config.url === '' || isLoopbackHost(new URL(config.url).hostname));
  const feed = new LiveFeed(store);
  const person = config.me || 'local';
  const place = { store, fixes: readTrackedFixes(), publicUrl: stripEnd(config.url, '/') };
  const keep = async (report: Report) => void (await keepReport(place, report, person));
  const check = new LocalCheck(machineTools, keep, Date.now);
  const parts: ServerParts = {
    ...place,
    hasFollowers: config.replicas.length > 0,
    feed,
    check,
    mails: new MailReader(store, Date.now),
    access: {
      sessionToken: randomBytes(32).toString('base64url'),
      isLoopback: isPrivate,
      hostNames: hostNamesFor(isLoopback, config.url),
      tokens: config.tokens,
      person,
      privateLists: config.privateLists,
      userHeader: config.userHeader,
      proxies: config.proxies,
      requestsPerMinute: config.requestsPerMinute,
      corsOrigins: config.corsOrigins,
    },
    kernel: { release: release(), version: version() },
    kernels: config.kernels,
    pulls: options.pulls ?? (() => new Map()),
    watches: options.watches ?? (() => new Map()),
    addSource: options.addSource ?? null,
    wake: options.wake ?? (() => {}),
    readerKind: () => '',
    mail: options.mail ?? null,
    meters: options.meters ?? null,
    nowMs: Date.now,
    log: options.log ?? makeLog(),
    webRoot: findWebRoot(),
  };
  return { app: createApp(parts), parts, feed, check };
}

/** @throws UsageError where it cannot listen there */
export async function serve(given: ServeOptions): Promise<RunningServer> {
  // Loaded where it is needed: a command should start at once.
  const { makeMeters } = await import('./meters.ts');
  const options = { ...given, meters: given.meters ?? makeMeters() };
  const { host, port } = options;
  const { app, parts, feed, check } = makeApp(options);
  const server = await start(withAnswers(app, options), host, port);
  const courier = new Courier(limitParts(parts));
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`,
    async close() {
      feed.close();
      await courier.close();
      await check.cancel();
      await stop(server);
    },
  };
}

/** Private lists make answers differ by reader: then none is kept. */
function withAnswers(app: Hono, { store, config, meters }: ServeOptions): ListenFetch {
  const fetch = app.fetch as ListenFetch;
  if (config.privateLists.length > 0) return fetch;
  const cache = new AnswerCache({
    changeMark: () => store.changeMark(),
    nowMs: Date.now,
    onGivenAgain: () => meters?.givenAgain(),
    credentials: ['authorization', 'cookie', ...(config.userHeader ? [config.userHeader.toLowerCase()] : [])],
  });
  return cache.wrap(fetch as AnswerFetch) as ListenFetch;
}

/** Lines of JSON on stderr: stdout belongs to the command. Nothing that a request carries in secret is written. */
function makeLog(): Log {
  const redact = ['authorization', 'cookie', '["x-patchtrail-session"]'].map(
    (name) => `req.headers${name.startsWith('[') ? name : `.${name}`}`,
  );
  return pino({ redact, level: 'info' }, pino.destination({ fd: 2, sync: true }));
}

/** The built pages beside this file's package; null where they were not built. */
function findWebRoot(): string | null {
  const folder = join(packageRoot(), 'dist', 'web');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}

function start(fetch: ListenFetch, hostname: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch, hostname, port }, () => {
      server.off('error', fail);
      resolve(server as Server);
    });
    const fail = (cause: Error) =>
      reject(
        new UsageError('The server cannot listen there', {
          subject: `${hostname}:${port}`,
          remedy: 'Choose another port: --port 0 takes a free one.',
          cause,
        }),
      );
    server.on('error', fail);
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), closeMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
