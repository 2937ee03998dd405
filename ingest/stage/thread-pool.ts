/**
 * Thread pool: threads of one kind, each request given to the one with the least to do.
 *
 * Started with the first request; a thread takes some tenths of a second to start and to warm up, so whoever has little
 * to do does it himself.
 */
import { availableParallelism } from 'node:os';
import type { Transferable } from 'node:worker_threads';
import { ThreadCall, type ThreadFile } from './thread-call.ts';

export class ThreadPool<Request, Answer> {
  readonly #start: () => ThreadCall<Request, Answer>;
  readonly #most: number;
  #threads: ThreadCall<Request, Answer>[] = [];

  /**
   * @param data reaches the `workerData` of each thread
   * @param most threads, where the machine has as many processors
   */
  constructor(file: ThreadFile, data: unknown, most: number) {
    this.#start = () => new ThreadCall(file, data);
    this.#most = Math.min(availableParallelism(), most);
  }

  get isStarted(): boolean {
    return this.#threads.length > 0;
  }

  ask(request: Request, moved: readonly Transferable[] = []): Promise<Answer> {
    return this.#idlest().ask(request, moved);
  }

  /** Ends the threads; what is under way is given up. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
    this.#threads = [];
  }

  /** A thread without work, a new one, or the one with the least to do. */
  #idlest(): ThreadCall<Request, Answer> {
    const [idlest] = [...this.#threads].sort((a, b) => a.underWay - b.underWay);
    if (idlest && (idlest.underWay === 0 || this.#threads.length >= this.#most)) return idlest;
    const started = this.#start();
    this.#threads.push(started);
    return started;
  }
}
