/**
 * Prepare queue: batches of raw mails, prepared one after the other, on a thread of their own once there are many.
 *
 * A thread takes a tenth of a second to start, so the first mails, and live ones, are prepared here. Answers come in the
 * order in which batches were given; several may be under way, so that the thread never waits for its asker.
 */
import { Worker } from 'node:worker_threads';
import type { RawMail } from '../model/message.ts';
import type { MailToStore } from '../store/store.ts';
import { prepareMail } from './prepare-mail.ts';
import type { PrepareAnswer, PrepareRequest } from './prepare-worker.ts';

/** Mails after which the thread is worth its start. */
const inlineMails = 1000;

/** A batch that the thread has. */
interface Asked {
  readonly request: PrepareRequest;
  resolve(mails: MailToStore[]): void;
  reject(cause: unknown): void;
}

export class PrepareQueue {
  #given = 0;
  #worker: Worker | undefined;
  readonly #asked: Asked[] = [];

  /** Prepares a batch. */
  prepare(batch: readonly RawMail[]): Promise<MailToStore[]> {
    this.#given += batch.length;
    if (this.#given <= inlineMails) return Promise.all(batch.map(prepareMail));
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const request = joinBatch(batch);
    return new Promise((resolve, reject) => {
      this.#asked.push({ request, resolve, reject });
      worker.postMessage(request, [request.bytes]);
    });
  }

  /** Ends the thread; what is under way is given up. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = startThread();
    worker.on('message', (answer: PrepareAnswer) => {
      const asked = this.#asked.shift();
      asked?.resolve(takeApart(answer, asked.request));
    });
    worker.on('error', (cause) => this.#giveUp(cause));
    worker.on('exit', () => this.#giveUp(new Error('the thread that prepares mails ended')));
    return worker;
  }

  #giveUp(cause: unknown): void {
    for (const asked of this.#asked.splice(0)) asked.reject(cause);
  }
}

/** Built, the thread's code is a file beside this one; from the sources it needs the loader of TypeScript. */
function startThread(): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./prepare-worker.js', import.meta.url));
  const [loader, file] = [
    import.meta.resolve('tsx/esm/api'),
    new URL('./prepare-worker.ts', import.meta.url),
  ];
  const code = `import('${loader}').then(({ register }) => { register(); return import('${file.href}'); });`;
  return new Worker(code, { eval: true });
}

function joinBatch(batch: readonly RawMail[]): PrepareRequest {
  const bytes = new Uint8Array(batch.reduce((sum, { raw }) => sum + raw.byteLength, 0));
  let start = 0;
  const mails = batch.map(({ raw, list, place, arrivedMs }) => {
    bytes.set(raw, start);
    const mail = { list, place, arrivedMs: arrivedMs ?? null, start, end: start + raw.byteLength };
    start = mail.end;
    return mail;
  });
  return { bytes: bytes.buffer, mails };
}

function takeApart(answer: PrepareAnswer, { mails }: PrepareRequest): MailToStore[] {
  return answer.mails.map(({ list, ...prepared }, at) => {
    const { start = 0, end = 0, place = '', arrivedMs = null } = mails[at] ?? {};
    const raw = new Uint8Array(answer.bytes, start, end - start);
    return { ...prepared, mail: { raw, list, place, ...(arrivedMs === null ? {} : { arrivedMs }) } };
  });
}
