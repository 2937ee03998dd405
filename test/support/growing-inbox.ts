/**
 * Growing inbox: a list archive of public-inbox to which mail is delivered while its servers run, on loopback.
 */
import { spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { makeFolder, smallMail } from './folders.ts';
import { freePorts, stopProcess, waitForPort } from './servers.ts';
import { findTool, runTool } from './tools.ts';

export const inboxTools = ['git', 'public-inbox-init', 'public-inbox-mda'] as const;

export interface Inbox {
  /** Where it is on the disk. */
  readonly path: string;
  readonly webPort: number;
  /** `http://127.0.0.1:port/sample/` */
  readonly url: string;
  deliver(id: string, headers?: string): void;
  /** Starts `public-inbox-httpd` or `public-inbox-imapd`; gives its port. */
  serve(program: 'public-inbox-httpd' | 'public-inbox-imapd'): Promise<number>;
}

/** The archive of a list called `sample`, in version 1 or 2. */
export async function makeInbox(t: Pick<TestContext, 'after'>, version: 1 | 2 = 2): Promise<Inbox> {
  const home = makeFolder(t);
  const path = join(home, 'sample');
  const [webPort = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${webPort}/sample/`;
  const env = { HOME: home, PI_CONFIG: join(home, 'config'), ORIGINAL_RECIPIENT: 'sample@example.org' };
  runTool('git', ['config', '-f', env.PI_CONFIG, 'publicinboxmda.spamcheck', 'none'], { env });
  const names = ['--ng', 'test.sample', 'sample', path, url, 'sample@example.org'];
  runTool('public-inbox-init', [`-V${version}`, '-L', 'basic', ...names], { env });
  return {
    path,
    webPort,
    url,
    deliver(id, headers = '') {
      const mail = `To: sample@example.org\nSubject: ${id}\n${headers}${smallMail(id)}`;
      runTool('public-inbox-mda', ['--no-precheck'], {
        input: mail.replace('Ada <ada', `${id} <${id}`),
        env,
      });
    },
    async serve(program) {
      const [port = 0] = program === 'public-inbox-httpd' ? [webPort] : await freePorts(1);
      const log = join(home, `${program}.log`);
      const output = openSync(log, 'w');
      const server = spawn(findTool(program) ?? program, ['-W0', '-l', `127.0.0.1:${port}`], {
        stdio: ['ignore', output, output],
        env: { ...process.env, ...env },
      });
      t.after(() => stopProcess(server));
      await waitForPort(port, () => readFileSync(log, 'utf8'));
      return port;
    },
  };
}
