/**
 * Load: the data of a page, fetched again when what it depends on changes.
 *
 * A Lit task does the fetching (abort, order of answers); this keeps the last good value while a newer one is on its
 * way or failed, so that a page never goes blank under its reader.
 */
import { Task, TaskStatus } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import { asProblem, type ProblemError } from './problem.ts';

export class Load<Value, const Args extends readonly unknown[] = readonly unknown[]> {
  /** The last good value; undefined before the first. */
  value: Value | undefined;
  readonly #task: Task<Args, Value>;

  /** `fetch` runs whenever one of `args()` differs from before. */
  constructor(
    host: ReactiveControllerHost,
    args: () => Args,
    fetch: (args: Args, signal: AbortSignal) => Promise<Value>,
  ) {
    this.#task = new Task<Args, Value>(host, {
      args,
      task: async (given, { signal }) => {
        const value = await fetch(given as Args, signal);
        if (!signal.aborted) this.value = value;
        return value;
      },
    });
  }

  get isBusy(): boolean {
    return this.#task.status === TaskStatus.PENDING || this.#task.status === TaskStatus.INITIAL;
  }

  get problem(): ProblemError | undefined {
    return this.#task.status === TaskStatus.ERROR ? asProblem(this.#task.error) : undefined;
  }

  /** Fetches once more with the same arguments. */
  again(): void {
    void this.#task.run();
  }
}
