/**
 * Building the checker: `make -C native-check`, which does nothing where it is built already.
 *
 * Without make or a C compiler there is no checker; that is said in words, for it is the usual case in a container.
 */
import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckError } from '../../ingest/model/errors.ts';
import { packageRoot } from '../package-root.ts';

/** A program that prints the checker's lines: the checker itself, or one that runs it elsewhere. */
export interface BuiltChecker {
  readonly path: string;
  /** Arguments that stand before the checker's own: where `path` starts it elsewhere, such as in a booted kernel. */
  readonly first?: readonly string[];
}

/** How much of the compiler's words is kept: the first error is at the start. */
const outputBytes = 8192;

/** @throws CheckError `check-unavailable` where it can be neither built nor found built */
export async function buildChecker(
  folder = join(packageRoot(), 'native-check'),
  signal?: AbortSignal,
): Promise<BuiltChecker> {
  if (process.platform !== 'linux') {
    throw unavailable('The check runs on Linux only', 'Run it on the Linux machine that you ask about.');
  }
  const path = join(folder, 'build', 'check-native');
  const { code, output } = await runMake(folder, signal);
  if (signal?.aborted) throw new CheckError('check-failed', 'The check was cancelled');
  if (code === 0 || (code === null && (await isProgram(path)))) return { path };
  if (code === null) throw unavailable('There is no `make` on this machine', remedy);
  const firstLine = output.split('\n').find((line) => /error|not found|No such/i.test(line)) ?? '';
  throw unavailable('The checker could not be built', firstLine ? `${firstLine.trim()}. ${remedy}` : remedy);
}

const remedy = 'Install a C compiler and make (Debian: apt install build-essential), then try again.';

function unavailable(what: string, toDo: string): CheckError {
  return new CheckError('check-unavailable', what, { remedy: toDo });
}

/** The exit status of make; null where there is none to run. */
function runMake(
  folder: string,
  signal: AbortSignal | undefined,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const make = spawn('make', ['-C', folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    let output = '';
    make.stderr.setEncoding('utf8');
    make.stderr.on('data', (text: string) => {
      if (output.length < outputBytes) output += text;
    });
    make.on('error', () => resolve({ code: null, output }));
    make.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    // Not there or not ours to run: both mean that there is no checker.
    return false;
  }
}
