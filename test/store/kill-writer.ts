/** A program that writes to a store and is killed while it does. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Kills a writing process in the middle of the batch after so many. */
export function killWriter(location: string, batches: number): Promise<void> {
  const script = fileURLToPath(new URL('endless-writer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, location], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let written = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    written += chunk.toString().split('\n').length - 1;
    if (written >= batches) setTimeout(() => child.kill('SIGKILL'), 3);
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (_code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error('the writer ended by itself')),
    );
  });
}
