/**
 * Load: wrk, for some seconds on some addresses of one server, each asked for in turn.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface LoadResult {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** Answers that were none, and sockets that failed. */
  readonly failed: number;
}

export interface LoadOptions {
  readonly url: string;
  /** `{n}` in one stands for a number that grows with each request: then no two are the same. */
  readonly paths: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** Where its script may stand. */
  readonly folder: string;
}

/** @throws Error with wrk's words where it cannot run */
export async function load({ url, paths, connections, seconds, folder }: LoadOptions): Promise<LoadResult> {
  const script = join(folder, 'paths.lua');
  const rows = paths.map((path) => JSON.stringify(path)).join(',\n');
  writeFileSync(
    script,
    `local paths = {${rows}}\nlocal n = 0\nfunction request()\n n = n + 1\n return wrk.format("GET", (paths[n % #paths + 1]:gsub("{n}", n)))\nend\n`,
  );
  const args = [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--timeout',
    '30s',
    '--latency',
    '-s',
    script,
    url,
  ];
  const { stdout } = await promisify(execFile)('wrk', args);
  const perSecond = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
  const [, amount, unit] = /99%\s+([\d.]+)(us|ms|s|m)/.exec(stdout) ?? [];
  const bad = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0);
  const [, ...errors] =
    /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(stdout) ?? [];
  const failed = errors.reduce((sum, count) => sum + Number(count), bad);
  return { perSecond, p99Ms: Number(amount) * msOf(unit ?? ''), failed };
}

function msOf(unit: string): number {
  return unit === 'us' ? 0.001 : unit === 'ms' ? 1 : unit === 's' ? 1000 : 60_000;
}
