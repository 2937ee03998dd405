/**
 * The native checker, built and run for the tests of this folder.
 *
 * In: options and, where wanted, a wrapper command. Out: the parsed lines, the exit status, stderr.
 * A missing tool skips a test with the tool's name; on CI, where it would hide a loss, it fails instead.
 */
import { spawn, spawnSync } from 'node:child_process';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

export const folder = fileURLToPath(new URL('../../native-check/', import.meta.url));
export const built = (name: string): string => `${folder}build/${name}`;
export const checker = built('check-native');

export type Line = Record<string, unknown> & { type: string };

export interface Run {
  readonly lines: readonly Line[];
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly wallMs: number;
}

export function lacks(t: TestContext, ...tools: readonly string[]): boolean {
  const missing = tools.find((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
  if (missing === undefined) return false;
  if (process.env.CI === 'true') throw new Error(`${missing} is not installed: CI must have it`);
  t.skip(`${missing} is not installed`);
  return true;
}

export function make(...targets: readonly string[]): void {
  const made = spawnSync('make', ['-C', folder, ...targets], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`make ${targets.join(' ')} failed:\n${made.stdout}${made.stderr}`);
}

/** Ready to run: false when it was skipped for want of a tool. */
export function prepared(t: TestContext, ...tools: readonly string[]): boolean {
  if (lacks(t, 'cc', 'make', ...tools)) return false;
  make('all', 'tests');
  return true;
}

export function parseLines(stdout: string): Line[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

export interface RunOptions {
  readonly wrapper?: readonly string[];
  readonly program?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called once, with the process id, as soon as the check is under way. */
  readonly underWay?: (pid: number) => void;
}

export function run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const [command = checker, ...rest] = [...(options.wrapper ?? []), options.program ?? checker, ...args];
  const started = performance.now();
  const child = spawn(command, rest, { env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  let told = false;
  child.stdout.setEncoding('latin1').on('data', (piece: string) => {
    stdout += piece;
    if (told || !stdout.includes('"type":"progress"') || child.pid === undefined) return;
    told = true;
    options.underWay?.(child.pid);
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    stderr += piece;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit, signal) => {
      const wallMs = performance.now() - started;
      const lines = stdout.startsWith('{') ? parseLines(stdout) : [];
      resolve({ lines, stdout, stderr, exit, signal, wallMs });
    });
  });
}

export function lineOf(ran: Run, type: string): Line {
  const line = ran.lines.find((candidate) => candidate.type === type);
  if (line === undefined) throw new Error(`no ${type} line in:\n${ran.stdout}${ran.stderr}`);
  return line;
}
