/**
 * A server without a port, on the corpus of ./corpus.ts: `ask('/path')` is a request as a browser on this machine sends
 * it. Parts can be changed for one test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Store } from '../../ingest/store/store.ts';
import { createApp } from '../../server/app.ts';
import { LocalCheck } from '../../server/check/local-check.ts';
import { readTrackedFixes } from '../../server/check/tracked-fixes.ts';
import { LiveFeed } from '../../server/routes/live-feed.ts';
import { MailReader } from '../../server/routes/mail-reader.ts';
import type { ServerParts } from '../../server/routes/parts.ts';
import { hostNamesFor } from '../../server/security.ts';
import { nowMs, openCorpus } from './corpus.ts';

export const sessionToken = 'token-of-this-process';
/** What a page of ours sends with a change. */
export const ownPage = {
  'x-patchtrail-session': sessionToken,
  origin: 'http://localhost',
  'sec-fetch-site': 'same-origin',
};

export interface ServerUnderTest {
  readonly app: Hono;
  readonly parts: ServerParts;
  readonly store: Store;
  ask(path: string, init?: RequestInit): Promise<Response>;
  json<T>(path: string, init?: RequestInit): Promise<T>;
  close(): Promise<void>;
}

/** `open` makes the store, of another corpus than the usual one. */
export async function startServer(
  changes: Partial<ServerParts> = {},
  open: (location: string) => Promise<Store> = openCorpus,
): Promise<ServerUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'patchtrail-server-'));
  const store = await open(join(folder, 'store.db'));
  const parts: ServerParts = {
    store,
    mails: new MailReader(store, () => nowMs),
    check: new LocalCheck(
      noTools,
      (report) => store.putReport(report),
      () => nowMs,
    ),
    feed: new LiveFeed(store, { pollMs: 5, quietMs: 40, heartbeatMs: 40 }),
    access: {
      sessionToken,
      isLoopback: true,
      hostNames: hostNamesFor(true, ''),
      tokens: [],
      person: 'local',
    },
    kernel: { release: '5.4.52', version: '#1 SMP' },
    fixes: readTrackedFixes(),
    kernels: [],
    pulls: () => new Map(),
    watches: () => new Map(),
    addSource: null,
    wake: () => {},
    readerKind: () => '',
    publicUrl: '',
    mail: null,
    meters: null,
    nowMs: () => nowMs,
    log: { info: () => {}, error: () => {} },
    webRoot: null,
    ...changes,
  };
  const app = createApp(parts);
  const ask = async (path: string, init: RequestInit = {}) => app.request(path, init);
  return {
    app,
    parts,
    store,
    ask,
    async json<T>(path: string, init: RequestInit = {}): Promise<T> {
      return (await (await ask(path, init)).json()) as T;
    },
    async close() {
      parts.feed.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const noTools = {
  build: async () => ({ path: '' }),
  run: async () => {
    throw new Error('no check runs in this test');
  },
};
