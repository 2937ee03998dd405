/**
 * Native: the static checker for other machines, and the script that fetches, runs and reports it in one line.
 *
 * `curl -fsS URL/native/check.sh | sh`. The programs are what `make` left in native-check/build; one that was not built
 * is answered by what to do. Both names are fixed, so no path of a request reaches the disk.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { NotFoundError } from '../../ingest/model/errors.ts';
import { checkScript } from '../check/check-script.ts';
import { packageRoot } from '../package-root.ts';
import type { ServerParts } from './parts.ts';

/** Machines as uname names them, and how their program is made. */
const machines = { x86_64: 'x86_64', aarch64: 'aarch64' } as const;
type Machine = keyof typeof machines;

const builtFor: Readonly<Record<string, Machine>> = { x64: 'x86_64', arm64: 'aarch64' };

export function addNative(app: Hono, { publicUrl }: ServerParts): void {
  for (const machine of Object.keys(machines) as Machine[]) {
    app.get(`/native/check-native-${machine}`, async (c) => {
      const program = await readProgram(machine);
      c.header('Content-Type', 'application/octet-stream');
      c.header('Cache-Control', 'no-cache');
      return c.body(new Uint8Array(program));
    });
  }
  app.get('/native/check.sh', (c) => {
    c.header('Content-Type', 'text/x-shellscript; charset=utf-8');
    c.header('Cache-Control', 'no-cache');
    return c.body(checkScript(publicUrl || new URL(c.req.url).origin));
  });
}

/** @throws NotFoundError with the command that builds it */
async function readProgram(machine: Machine): Promise<Buffer> {
  const isOwn = builtFor[process.arch] === machine;
  const folder = join(packageRoot(), 'native-check', 'build', isOwn ? '' : machine);
  try {
    return await readFile(join(folder, 'check-native'));
  } catch (cause) {
    const target = isOwn ? '' : ` ${machine}`;
    const compiler = isOwn ? '' : ` (Debian: apt install gcc-${machine.replace('_', '-')}-linux-gnu)`;
    throw new NotFoundError('The checker was not built for this machine', {
      subject: machine,
      remedy: `Run \`make -C native-check${target}\` on the server${compiler}.`,
      cause,
    });
  }
}
