/**
 * Watch paths: says when one of some files or folders changed.
 *
 * In: their paths, asked anew each time since they come and go. Out: a tick for each change, and one at the
 * start. The system's own notices make it quick; looking at times and sizes at intervals finds what those do
 * not tell (network file systems, a path that was not there before, too many watchers).
 */
import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';

/** A new commit must be seen within two seconds even where the system gives no notices. */
const lookEveryMs = 1000;

export async function* watchPaths(
  findPaths: () => Promise<readonly string[]>,
  signal: AbortSignal,
): AsyncGenerator<void> {
  const bell = new Bell(signal);
  let seen: string | undefined;
  let watchers: FSWatcher[] = [];
  let watched = '';
  try {
    while (!signal.aborted) {
      const paths = await findPaths();
      const now = await describe(paths);
      if (now.there !== watched) {
        for (const watcher of watchers) watcher.close();
        watchers = now.there.split('\n').flatMap((path) => listen(path, () => bell.ring()));
        watched = now.there;
      }
      if (now.state !== seen) {
        seen = now.state;
        yield;
        // What changed while the reader worked is told by the next look.
        continue;
      }
      await bell.wait(lookEveryMs);
    }
  } finally {
    for (const watcher of watchers) watcher.close();
    bell.close();
  }
}

/** Which of the paths are there, and the times and sizes of those. */
async function describe(paths: readonly string[]): Promise<{ there: string; state: string }> {
  const there: string[] = [];
  const state: string[] = [];
  for (const path of paths) {
    const facts = await stat(path, { bigint: true }).catch(() => undefined);
    if (!facts) continue;
    there.push(path);
    state.push(`${path} ${facts.ino} ${facts.size} ${facts.mtimeNs} ${facts.ctimeNs}`);
  }
  return { there: there.join('\n'), state: state.join('\n') };
}

function listen(path: string, onChange: () => void): FSWatcher[] {
  try {
    const watcher = watch(path, { persistent: false }, onChange);
    // It is gone, or cannot be watched: the next look finds out.
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}

/** Wakes who waits, also when it rang just before. */
class Bell {
  #hasRung = false;
  #wake: () => void = () => undefined;
  readonly #signal: AbortSignal;
  readonly #stop = () => this.ring();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#stop);
  }

  ring(): void {
    this.#hasRung = true;
    this.#wake();
  }

  async wait(ms: number): Promise<void> {
    if (!this.#hasRung && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#hasRung = false;
    this.#wake = () => undefined;
  }

  close(): void {
    this.#signal.removeEventListener('abort', this.#stop);
  }
}
