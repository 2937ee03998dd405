/**
 * Checker: builds and runs the native checker, line by line. Its own rules: native-check/PROTOCOL.md.
 *
 * A kernel image is booted by native-check/prove/boot-one.mjs, which speaks the same protocol on stdout.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CheckError } from '../../ingest/model/errors.ts';
import { limits } from '../../ingest/model/limits.ts';

export interface CheckerRun {
  readonly root: string;
  /** Options of the checker itself. */
  readonly args: readonly string[];
  /** An image to boot instead of asking the running kernel. */
  readonly kernel?: string;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

export interface CheckerOutcome {
  readonly exit: number;
  readonly lines: readonly string[];
}

/** After SIGTERM the checker has one second to end; PROTOCOL.md tells callers to wait three. */
const killAfterMs = 3000;
/** SIGSYS before the first line: a filter forbids rseq altogether. */
const killedByFilter = 'SIGSYS';

/** Builds the checker where it is out of date; `make` knows. */
export function buildChecker(root: string): void {
  if (process.platform !== 'linux') {
    throw new CheckError('check-unavailable', 'The check asks a Linux kernel', {
      subject: process.platform,
      remedy: 'Run it on Linux, or give --kernel with an image to boot.',
    });
  }
  const made = spawnSync('make', ['-s', '-C', join(root, 'native-check')], { encoding: 'utf8' });
  if (made.error || made.status !== 0) {
    throw new CheckError('check-unavailable', 'The native checker cannot be built', {
      subject: made.error?.message ?? made.stderr.trim().split('\n').at(-1) ?? '',
      remedy: 'It needs cc and make (Debian: apt-get install gcc libc6-dev make).',
    });
  }
}

/** Runs it to its end. Aborting the signal stops it; what it found until then is still given. */
export async function runChecker(run: CheckerRun): Promise<CheckerOutcome> {
  const [command, args] = run.kernel
    ? [process.execPath, [join(run.root, 'native-check/prove/boot-one.mjs'), run.kernel, '--', ...run.args]]
    : [join(run.root, 'native-check/build/check-native'), run.args];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
  };
  run.signal.addEventListener('abort', stop, { once: true });
  const ended = new Promise<{ status: number | null; signal: string | null }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal }));
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.length > limits.checkerLine || lines.length >= limits.checkerLines) continue;
    lines.push(line);
    run.onLine(line);
  }
  const { status, signal } = await ended;
  run.signal.removeEventListener('abort', stop);
  if (signal === killedByFilter && lines.length === 0) {
    throw new CheckError('check-unavailable', 'A system call filter forbids the check', {
      subject: 'unsupported, killed-by-filter',
      remedy: 'Run it outside of this container or sandbox.',
    });
  }
  if (status === null) {
    throw new CheckError('check-failed', 'The checker died', { subject: signal ?? 'without a status' });
  }
  return { exit: status, lines };
}
