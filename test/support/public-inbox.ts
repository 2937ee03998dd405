/**
 * Public-inbox: the real one, on a free port of loopback, with the mails that it is given.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from './folders.ts';
import { findTool, runTool } from './tools.ts';

/** What `toolOptions` asks for where a test starts it. */
export const peerTools = ['git', 'public-inbox-init', 'public-inbox-index', 'public-inbox-httpd'] as const;

/** What is done at the end: a test's context, or the like. */
export interface Ending {
  after(work: () => unknown): void;
}

export interface PeerOptions {
  readonly list: string;
  /** Processes that answer; 0 is a single one without a master. */
  readonly workers?: readonly number[];
}

/** Serves the mails, once for each number of workers; gives the addresses without the last slash. */
export async function startPublicInbox(
  t: Ending,
  mails: readonly Uint8Array[],
  { list, workers = [0] }: PeerOptions,
): Promise<string[]> {
  const home = makeFolder(t);
  const env = { HOME: home, PI_CONFIG: join(home, 'config') };
  const inbox = join(home, 'inbox');
  const address = `${list}@lists.example.org`;
  runTool('public-inbox-init', ['-V2', '-L', 'full', list, inbox, `http://127.0.0.1/${list}`, address], {
    env,
  });
  makeEpoch(home, mails);
  rmSync(join(inbox, 'git/0.git'), { recursive: true, force: true });
  cpSync(join(home, 'epoch.git'), join(inbox, 'git/0.git'), { recursive: true });
  runTool('public-inbox-index', ['--no-fsync', '-L', 'full', inbox], { env });
  return Promise.all(
    workers.map(async (count) => {
      const port = await freePort();
      const logs = ['-1', join(home, `out-${count}`), '-2', join(home, `err-${count}`)];
      const server = spawn(
        findTool('public-inbox-httpd') ?? '',
        [`-W${count}`, '-l', `127.0.0.1:${port}`, ...logs],
        { stdio: 'ignore', env: { ...process.env, ...env } },
      );
      t.after(() => stopProcess(server));
      await waitForAnswer(`http://127.0.0.1:${port}/${list}/description`);
      return `http://127.0.0.1:${port}`;
    }),
  );
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
