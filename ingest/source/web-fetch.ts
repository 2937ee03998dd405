/**
 * Web fetch: a file of a web server, as a bounded stream.
 *
 * In: a URL. Out: its status and bytes. Redirects are followed by hand, three at most, never from https to http,
 * and only to what ./web-guard.ts allows.
 */
import { Agent, fetch, type Response } from 'undici';
import { LimitError, PatchtrailError, SourceError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { Patience } from './patience.ts';
import { checkWrittenAddress, lookupPublic } from './web-guard.ts';

const mostRedirects = 3;
/** Connections kept open that may be dead one after the other. */
const mostStale = 3;
const timeouts = { connectTimeout: 15_000, headersTimeout: 60_000, bodyTimeout: 60_000 };
const typedAgent = new Agent({ ...timeouts });
const guardedAgent = new Agent({ ...timeouts, connect: { lookup: lookupPublic } });

/** How a server is asked. */
export interface WebAsking {
  readonly signal: AbortSignal | undefined;
  /** How long it may keep us waiting: ./patience.ts */
  readonly patienceMs?: number | undefined;
}

export interface WebFile {
  readonly isThere: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Asks for a URL that a person named, or one on the same server.
 * @throws SourceError for a server that cannot be asked or that answers with an error; a missing file is none.
 */
export async function fetchWeb(start: URL, asking: WebAsking): Promise<WebFile> {
  let url = start;
  const transfer = new Transfer(asking);
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const answer = await transfer.ask(url, url.host === start.host ? typedAgent : guardedAgent);
    const next = answer.headers.get('location');
    if (answer.status >= 300 && answer.status < 400 && next !== null) {
      await answer.body?.cancel();
      url = followTo(url, next, start);
      continue;
    }
    if (answer.ok) return { isThere: true, bytes: transfer.read(answer, url) };
    await answer.body?.cancel();
    if (answer.status === 404 || answer.status === 300)
      return { isThere: false, bytes: transfer.read(answer, url) };
    throw webFailed(url, `it answered ${answer.status}`, answer.status >= 500 || answer.status === 429);
  }
  throw webFailed(start, 'it redirects too often', false);
}

/** A small file as a whole; null where there is none. @throws LimitError over `most` bytes. */
export async function fetchWhole(url: URL, most: number, asking: WebAsking): Promise<Buffer | null> {
  const { isThere, bytes } = await fetchWeb(url, asking);
  if (!isThere) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most) throw tooLong(url);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** One file on its way, redirects included. */
class Transfer {
  #received = 0;
  readonly #slow = new AbortController();
  readonly #signal: AbortSignal;
  readonly #patience: Patience;

  constructor({ signal, patienceMs }: WebAsking) {
    this.#signal = signal ? AbortSignal.any([signal, this.#slow.signal]) : this.#slow.signal;
    this.#patience = new Patience({
      ...(patienceMs === undefined ? {} : { patienceMs }),
      received: () => this.#received,
      giveUp: () => this.#slow.abort(),
    });
  }

  async ask(url: URL, dispatcher: Agent): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const headers = { 'user-agent': 'patchtrail' };
      try {
        const coming = fetch(url, { dispatcher, redirect: 'manual', headers, signal: this.#signal });
        return await this.#patience.wait(coming);
      } catch (cause) {
        const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
        if (why instanceof PatchtrailError) throw why;
        // A connection that was kept open may have died since: the next one is a new one.
        if (attempt <= mostStale && isReset(why)) continue;
        throw webFailed(url, this.#why(why instanceof Error ? why.message : String(why)), true);
      }
    }
  }

  async *read(answer: Response, url: URL): AsyncGenerator<Uint8Array> {
    if (!answer.body) return;
    const coming = answer.body[Symbol.asyncIterator]();
    try {
      for (;;) {
        const { value, done } = await this.#patience.wait(coming.next());
        if (done || !value) return;
        const bytes: Uint8Array = value;
        this.#received += bytes.length;
        if (this.#received > limits.downloadBytes) throw tooLong(url);
        yield bytes;
      }
    } catch (cause) {
      if (cause instanceof PatchtrailError) throw cause;
      throw webFailed(url, this.#why('the answer broke off'), true);
    } finally {
      // What was not read is not wanted.
      await coming.return?.().catch(() => undefined);
    }
  }

  #why(otherwise: string): string {
    return this.#patience.isOver ? 'it is too slow' : otherwise;
  }
}

function isReset(why: unknown): boolean {
  const code = why instanceof Error && 'code' in why ? why.code : '';
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET';
}

function followTo(from: URL, location: string, start: URL): URL {
  const next = URL.canParse(location, from) ? new URL(location, from) : undefined;
  const isWeb = next?.protocol === 'https:' || next?.protocol === 'http:';
  if (!next || !isWeb || next.username !== '' || (from.protocol === 'https:' && next.protocol === 'http:')) {
    throw webFailed(from, 'it redirects to what is no safe web address', false);
  }
  if (next.host !== start.host) checkWrittenAddress(next);
  return next;
}

function tooLong(url: URL): LimitError {
  return new LimitError('downloadBytes', 'The file on the server is too long', { subject: url.href });
}

/** The error for a server that did not do what was asked. */
export function webFailed(url: URL, why: string, isRetryable: boolean): SourceError {
  return new SourceError('source-unreadable', `The web server cannot be read (${why})`, {
    subject: url.href,
    remedy: isRetryable ? 'Try again later.' : 'Check the address.',
    isRetryable,
  });
}
