/**
 * Thread call: a thread of our own that answers one request after the other.
 *
 * Several requests may be under way: the thread never waits for its asker. Answers come in the order of the requests.
 * The other side: `answerCalls`.
 */
import { parentPort, type Transferable, Worker } from 'node:worker_threads';

/** Names of the files beside this one that run as threads; the build makes one file of each. */
export type ThreadFile = 'prepare-worker' | 'review-worker';

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(cause: unknown): void;
}

/** What a thread sends back: an answer, or what was thrown. */
type Reply<Answer> = { readonly answer: Answer } | { readonly fault: unknown };

export class ThreadCall<Request, Answer> {
  readonly #worker: Worker;
  readonly #waiting: Waiting<Answer>[] = [];

  /** Starts the thread; `data` reaches its `workerData`. */
  constructor(file: ThreadFile, data: unknown = null) {
    this.#worker = startThread(file, data);
    this.#worker.on('message', (reply: Reply<Answer>) => {
      const asked = this.#waiting.shift();
      if ('fault' in reply) asked?.reject(reply.fault);
      else asked?.resolve(reply.answer);
    });
    this.#worker.on('error', (cause) => this.#giveUp(cause));
    this.#worker.on('exit', () => this.#giveUp(new Error(`the thread ${file} ended`)));
  }

  /** Requests that have no answer yet. */
  get underWay(): number {
    return this.#waiting.length;
  }

  ask(request: Request, moved: readonly Transferable[] = []): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(request, [...moved]);
    });
  }

  /** Ends the thread; what is under way is given up. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #giveUp(cause: unknown): void {
    for (const asked of this.#waiting.splice(0)) asked.reject(cause);
  }
}

/** Built, the thread's code is a file beside this one; from the sources it needs the loader of TypeScript. */
function startThread(file: ThreadFile, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL(`./${file}.js`, import.meta.url), { workerData });
  const [loader, source] = [import.meta.resolve('tsx/esm/api'), new URL(`./${file}.ts`, import.meta.url)];
  const code = `import('${loader}').then(({ register }) => { register(); return import('${source.href}'); });`;
  return new Worker(code, { eval: true, workerData });
}

/** Within a thread: answers every request, one after the other. `moved` names what of an answer is not copied. */
export function answerCalls<Request, Answer>(
  answer: (request: Request) => Promise<Answer>,
  moved: (answer: Answer) => readonly Transferable[] = () => [],
): void {
  let last: Promise<unknown> = Promise.resolve();
  parentPort?.on('message', (request: Request) => {
    last = last.then(async () => {
      try {
        const given = await answer(request);
        parentPort?.postMessage({ answer: given } satisfies Reply<Answer>, [...moved(given)]);
      } catch (fault) {
        parentPort?.postMessage({ fault } satisfies Reply<Answer>);
      }
    });
  });
}
