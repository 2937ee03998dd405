/**
 * Dovecot: a real IMAP server for one test, on this machine's loopback, with one user and one password.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from './folders.ts';
import { findTool, runTool } from './tools.ts';

export interface MailServer {
  readonly port: number;
  readonly securePort: number;
  readonly user: string;
  readonly password: string;
  /** Puts a mail into a folder (`INBOX` or another). */
  deliver(folder: string, name: string, mail: string): void;
  /** Where a folder's mails are. */
  pathOf(folder: string): string;
  /** Ends it as a machine that goes down would; connections break. */
  stop(): Promise<void>;
  /** Starts it again on the same ports. */
  start(): Promise<void>;
}

/** The server does not let root read mail, so root lends the mails to `nobody`. */
const nobody = 65534;

/** Starts a server that ends with the test. */
export async function startDovecot(t: Pick<TestContext, 'after'>): Promise<MailServer> {
  const folder = makeFolder(t);
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o755);
  const [port = 0, securePort = 0] = await freePorts(2);
  const { uid, gid } = isRoot ? { uid: nobody, gid: nobody } : userInfo();
  makeCertificate(folder);
  const config = join(folder, 'dovecot.conf');
  writeFileSync(config, makeConfig({ folder, port, securePort, uid, gid, isRoot }));
  const pathOf = (name: string) => join(folder, 'mail', name === 'INBOX' ? '' : `.${name}`);
  const own = (path: string) => {
    if (isRoot) chownSync(path, uid, gid);
  };
  const deliver = (name: string, file: string, mail: string) => {
    for (const path of [
      join(folder, 'mail'),
      pathOf(name),
      ...['cur', 'new', 'tmp'].map((one) => join(pathOf(name), one)),
    ]) {
      mkdirSync(path, { recursive: true });
      own(path);
    }
    const path = join(pathOf(name), 'new', file);
    writeFileSync(path, mail);
    own(path);
  };
  let server: ChildProcess | undefined;
  const end = async () => {
    if (server) await stop(server);
  };
  const start = async () => {
    server = spawn(findTool('dovecot') ?? 'dovecot', ['-F', '-c', config], { stdio: 'ignore' });
    await waitForPort(port, join(folder, 'log'));
  };
  t.after(end);
  await start();
  return { port, securePort, user: 'ada', password: 'not-a-secret', deliver, pathOf, stop: end, start };
}

interface Settings {
  readonly folder: string;
  readonly port: number;
  readonly securePort: number;
  readonly uid: number;
  readonly gid: number;
  readonly isRoot: boolean;
}

function makeConfig({ folder, port, securePort, uid, gid, isRoot }: Settings): string {
  const own = userInfo().username;
  const group = runTool('id', ['-gn']).trim();
  const users = isRoot
    ? ''
    : `default_login_user = ${own}\ndefault_internal_user = ${own}\ndefault_internal_group = ${group}\n`;
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail
first_valid_uid = 1
${users}
passdb {
  driver = static
  args = password=not-a-secret
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${securePort}
    ssl = yes
  }
}
service anvil {
  chroot =
}
`;
}

function makeCertificate(folder: string): void {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  runTool('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-days',
    '2',
    ...files,
  ]);
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  return servers.map((server) => {
    const address = server.address();
    server.close();
    return typeof address === 'object' && address ? address.port : 0;
  });
}

async function waitForPort(port: number, log: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await sleep(100);
  }
  throw new Error(`dovecot did not start: ${readFileSync(log, 'utf8')}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill();
  await ended;
}
