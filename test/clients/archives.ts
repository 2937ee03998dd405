/**
 * Archives: the same mails served by Patchtrail and by public-inbox, each on a free port of loopback.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../ingest/config.ts';
import { openStore } from '../../ingest/store/open.ts';
import { serve } from '../../server/main.ts';
import { addRawMails } from '../support/derived-store.ts';
import { makeFolder } from '../support/folders.ts';
import { findTool, runTool } from '../support/tools.ts';

export const list = 'pump';
export const listAddress = 'pump@lists.example.org';

/** What `toolOptions` asks for where a test starts the peer. */
export const peerTools = ['git', 'public-inbox-init', 'public-inbox-index', 'public-inbox-httpd'] as const;

/** Serves the mails by Patchtrail; gives its address without the last slash. */
export async function startPatchtrail(t: TestContext, mails: readonly Uint8Array[]): Promise<string> {
  const store = await openStore(':memory:');
  await addRawMails(store, mails);
  const config = readConfig(null, {});
  const log = { info: () => {}, error: () => {} };
  const server = await serve({ store, config, host: '127.0.0.1', port: 0, log });
  t.after(async () => {
    await server.close();
    await store.close();
  });
  return server.url;
}

/** Serves the mails by public-inbox itself; gives its address without the last slash. */
export async function startPublicInbox(t: TestContext, mails: readonly Uint8Array[]): Promise<string> {
  const home = makeFolder(t);
  const env = { HOME: home, PI_CONFIG: join(home, 'config') };
  const inbox = join(home, 'inbox');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  runTool('public-inbox-init', ['-V2', '-L', 'full', list, inbox, `${url}/${list}`, listAddress], { env });
  makeEpoch(home, mails);
  rmSync(join(inbox, 'git/0.git'), { recursive: true, force: true });
  cpSync(join(home, 'epoch.git'), join(inbox, 'git/0.git'), { recursive: true });
  runTool('public-inbox-index', ['--no-fsync', '-L', 'full', inbox], { env });
  const options = ['-W0', '-l', `127.0.0.1:${port}`, '-1', join(home, 'out'), '-2', join(home, 'err')];
  const server = spawn(findTool('public-inbox-httpd') ?? '', options, {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  t.after(() => stopProcess(server));
  await waitForAnswer(`${url}/${list}/description`);
  return url;
}

/** One commit a mail, the mail in the file `m`, as public-inbox keeps them. */
function makeEpoch(home: string, mails: readonly Uint8Array[]): void {
  const path = join(home, 'epoch.git');
  mkdirSync(path);
  runTool('git', ['init', '--quiet', '--bare', '--initial-branch=master', path]);
  const parts = mails.flatMap((raw, at) => [
    `commit refs/heads/master\ncommitter Ada <ada@example.org> ${1_600_000_000 + at} +0000\ndata 1\nm\n`,
    `M 100644 inline m\ndata ${raw.byteLength}\n`,
    raw,
    '\n',
  ]);
  const stream = join(home, 'stream');
  writeFileSync(
    stream,
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
  );
  runTool('sh', ['-c', 'git -C "$1" fast-import --quiet < "$2"', 'sh', path, stream]);
}

async function waitForAnswer(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return;
    await sleep(50);
  }
  throw new Error(`nothing answers at ${url}`);
}

function stopProcess(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once('exit', () => resolve());
    server.kill('SIGTERM');
    if (server.exitCode !== null) resolve();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
