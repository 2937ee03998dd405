/**
 * Prepare worker: the thread that prepares mails while the main one writes them. Asked by ./prepare-queue.ts
 *
 * The raw bytes of a batch come as one buffer and go back with the answer: they are moved, not copied.
 */
import { type PreparedMail, prepareWhole } from './prepare-mail.ts';
import { answerCalls } from './thread-call.ts';

/** A batch of mails: their bytes one behind the other, and what is known beside them. */
export interface PrepareRequest {
  readonly bytes: ArrayBuffer;
  readonly mails: readonly {
    readonly list: string;
    readonly place: string;
    readonly arrivedMs: number | null;
    readonly start: number;
    readonly end: number;
  }[];
}

export interface PrepareAnswer {
  readonly bytes: ArrayBuffer;
  /** In order; the raw bytes of each stand in `bytes` as they did. */
  readonly mails: readonly (PreparedMail & { readonly list: string })[];
}

async function prepareBatch({ bytes, mails }: PrepareRequest): Promise<PrepareAnswer> {
  const prepared: (PreparedMail & { list: string })[] = [];
  for (const { start, end, arrivedMs, list, place } of mails) {
    const raw = new Uint8Array(bytes, start, end - start);
    const given = { raw, list, place, ...(arrivedMs === null ? {} : { arrivedMs }) };
    const { mail, ...rest } = await prepareWhole(given);
    prepared.push({ ...rest, list: mail.list });
  }
  return { bytes, mails: prepared };
}

answerCalls(prepareBatch, ({ bytes }) => [bytes]);
