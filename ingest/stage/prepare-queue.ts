/**
 * Prepare queue: batches of raw mails, prepared on threads of their own once there are many.
 *
 * A thread takes a tenth of a second to start, so the first mails, and live ones, are prepared here.
 */
import type { RawMail } from '../model/message.ts';
import type { MailToStore } from '../store/store.ts';
import { prepareMail } from './prepare-mail.ts';
import type { PrepareAnswer, PrepareRequest } from './prepare-worker.ts';
import { ThreadPool } from './thread-pool.ts';

/** Preparing takes about as long as reading and writing: more threads would wait for the one that writes. */
const threadsMost = 2;
/** Mails after which threads are worth their start. */
const inlineMails = 1000;

export class PrepareQueue {
  #given = 0;
  readonly #threads = new ThreadPool<PrepareRequest, PrepareAnswer>('prepare-worker', null, threadsMost);

  /** Prepares a batch. */
  async prepare(batch: readonly RawMail[]): Promise<MailToStore[]> {
    this.#given += batch.length;
    if (this.#given <= inlineMails) return Promise.all(batch.map(prepareMail));
    const request = joinBatch(batch);
    return takeApart(await this.#threads.ask(request, [request.bytes]), request);
  }

  /** Ends the threads; what is under way is given up. */
  close(): Promise<void> {
    return this.#threads.close();
  }
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
