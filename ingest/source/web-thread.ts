/**
 * Web thread: one thread of a public-inbox on the web, by its `t.mbox.gz`.
 *
 * In: the address of a mail or of its thread. Out: the thread's mails. It is small and may have grown anywhere, so
 * it is always read whole; the store knows the mails that it has.
 */
import { PatchtrailError } from '../model/errors.ts';
import { MboxSplitter } from './mbox-split.ts';
import type { Source, SourceEvent } from './source.ts';
import { unpack } from './unpack.ts';
import type { WebOptions } from './web.ts';
import { fetchWeb, type WebAsking, webFailed } from './web-fetch.ts';

/** A source for the thread of the mail at `mail`, which ends in a slash. */
export function openWebThread(mail: URL, list: string, options: WebOptions): Source {
  const url = new URL('t.mbox.gz', mail);
  const read: Source['read'] = (_cursor, signal) => readThread(url, list, { ...options, signal });
  return { kind: 'web', location: url.href, list, read };
}

async function* readThread(url: URL, list: string, asking: WebAsking): AsyncGenerator<SourceEvent> {
  const { isThere, bytes } = await fetchWeb(url, asking);
  if (!isThere) {
    yield { type: 'trouble', place: url.href, code: 'not-there', detail: 'the server has no such thread' };
    return;
  }
  const splitter = new MboxSplitter();
  let done = 0;
  const toEvents = function* (pieces: ReturnType<MboxSplitter['end']>): Generator<SourceEvent> {
    for (const { raw, start } of pieces) {
      const place = `byte ${start}`;
      done++;
      if (raw) yield { type: 'mail', mail: { raw, list, place }, cursor: null };
      else yield { type: 'trouble', place, code: 'mail-long', detail: '' };
    }
  };
  try {
    for await (const chunk of unpack('gzip', bytes)) {
      if (asking.signal?.aborted) return;
      yield* toEvents(splitter.push(chunk));
    }
  } catch (cause) {
    if (cause instanceof PatchtrailError) throw cause;
    throw webFailed(url, 'what it sent cannot be unpacked', true);
  }
  yield* toEvents(splitter.end());
  yield { type: 'progress', done, total: done, unit: 'mails' };
}
