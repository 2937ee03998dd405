/**
 * Tools: programs that a test starts beside Patchtrail, and how they are run to their end.
 *
 * On CI a missing one fails the test; elsewhere the test is skipped and says which package it wants.
 */
import { execFile, execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Options for `test(name, toolOptions(...), ...)`. A path stands for the package that brings it. */
export function toolOptions(...tools: readonly string[]): { skip?: string } {
  const missing = tools.filter((tool) => (tool.startsWith('/') ? !existsSync(tool) : !findTool(tool)));
  if (missing.length === 0 || process.env.CI === 'true') return {};
  return { skip: `not installed here: ${missing.join(', ')}` };
}

/** Path of a program, servers' folders included. */
export function findTool(tool: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, tool)).find(isExecutable);
}

/** Runs a program and gives what it printed. */
export function runTool(
  tool: string,
  args: readonly string[],
  options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): string {
  return execFileSync(findTool(tool) ?? tool, args, {
    encoding: 'utf8',
    input: options.input ?? '',
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs a program while this process goes on, as it must where it serves what the program asks for. */
export async function runClient(
  tool: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly stdout: Buffer; readonly stderr: string }> {
  const running = promisify(execFile)(findTool(tool) ?? tool, args, {
    encoding: 'buffer',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 120_000,
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  running.child.stdin?.end();
  const { stdout, stderr } = await running;
  return { stdout, stderr: stderr.toString() };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // accessSync throws for what is not there.
    return false;
  }
}
