/**
 * Dovecot: a real IMAP server for one test, on this machine's loopback, with one user and one password.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { makeFolder } from './folders.ts';
import { freePorts, stopProcess, waitForPort } from './servers.ts';
import { findTool, runTool } from './tools.ts';

export interface MailServer {
  readonly port: number;
  readonly securePort: number;
  /** Its own certificate, which nobody else vouches for. */
  readonly certificate: string;
  readonly user: string;
  readonly password: string;
  /** Puts a mail into a folder (`INBOX` or another). */
  deliver(folder: string, name: string, mail: string | Uint8Array): void;
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
/** `tokenUrl`: who is asked whether an OAuth2 token is good; then no password is taken. */
export async function startDovecot(
  t: Pick<TestContext, 'after'>,
  { tokenUrl }: { readonly tokenUrl?: string } = {},
): Promise<MailServer> {
  const folder = makeFolder(t);
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o755);
  const [port = 0, securePort = 0] = await freePorts(2);
  const { uid, gid } = isRoot ? { uid: nobody, gid: nobody } : userInfo();
  makeCertificate(folder);
  const config = join(folder, 'dovecot.conf');
  writeFileSync(config, makeConfig({ folder, port, securePort, uid, gid, isRoot, tokenUrl }));
  if (tokenUrl)
    writeFileSync(join(folder, 'oauth'), `tokeninfo_url = ${tokenUrl}\nusername_attribute = user\n`);
  const pathOf = (name: string) => join(folder, 'mail', name === 'INBOX' ? '' : `.${name}`);
  const own = (path: string) => {
    if (isRoot) chownSync(path, uid, gid);
  };
  const deliver: MailServer['deliver'] = (name, file, mail) => {
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
    if (server) await stopProcess(server);
  };
  const start = async () => {
    server = spawn(findTool('dovecot') ?? 'dovecot', ['-F', '-c', config], { stdio: 'ignore' });
    await waitForPort(port, () => readFileSync(join(folder, 'log'), 'utf8'));
  };
  t.after(end);
  await start();
  const certificate = join(folder, 'cert.pem');
  const login = { user: 'ada', password: 'not-a-secret' };
  return { port, securePort, certificate, ...login, deliver, pathOf, stop: end, start };
}

interface Settings {
  readonly folder: string;
  readonly port: number;
  readonly securePort: number;
  readonly uid: number;
  readonly gid: number;
  readonly isRoot: boolean;
  readonly tokenUrl: string | undefined;
}

function makeConfig({ folder, port, securePort, uid, gid, isRoot, tokenUrl }: Settings): string {
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
${
  tokenUrl
    ? `auth_mechanisms = xoauth2 oauthbearer\npassdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${folder}/oauth\n}`
    : 'passdb {\n  driver = static\n  args = password=not-a-secret\n}'
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
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-days',
    '2',
    ...files,
  ]);
}
