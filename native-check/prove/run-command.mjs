/**
 * Running a command: output to a log file or into memory, at the lowest priority where it is long.
 *
 * In: command, arguments. Out: its status and output. A status other than 0 is the caller's to judge. Whatever runs
 * is ended with this process.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

const running = new Set();

for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
])
  process.once(signal, () => {
    for (const child of running) child.kill('SIGTERM');
    process.exit(128 + number);
  });

export function runCommand(command, args, { log, nice = false, timeoutMs } = {}) {
  const [file, ...rest] = nice ? ['nice', '-n', '15', command, ...args] : [command, ...args];
  const sink = log === undefined ? 'pipe' : openSync(log, 'a');
  const child = spawn(file, rest, { stdio: ['ignore', sink, sink] });
  if (typeof sink === 'number') closeSync(sink);
  const limit = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  let output = '';
  running.add(child);
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('latin1').on('data', (piece) => {
      output += piece;
    });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(limit);
      running.delete(child);
      resolve({ status, output });
    });
  });
}

export function hasCommand(name) {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
}
