/**
 * Web fetch: a file of a web server, as a bounded stream.
 *
 * In: a URL. Out: its status and bytes. Redirects are followed by hand, three at most, never from https to http,
 * and only to what ./web-guard.ts allows.
 */
import { Agent, fetch, type Response } from 'undici';
import { LimitError, PatchtrailError, SourceError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { checkWrittenAddress, lookupPublic } from './web-guard.ts';

const mostRedirects = 3;
const timeouts = { connectTimeout: 15_000, headersTimeout: 60_000, bodyTimeout: 60_000 };
const typedAgent = new Agent({ ...timeouts });
const guardedAgent = new Agent({ ...timeouts, connect: { lookup: lookupPublic } });

export interface WebFile {
  readonly isThere: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * Asks for a URL that a person named, or one on the same server.
 * @throws SourceError for a server that cannot be asked or that answers with an error; a missing file is none.
 */
export async function fetchWeb(start: URL, signal: AbortSignal | undefined): Promise<WebFile> {
  let url = start;
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const answer = await ask(url, url.host === start.host ? typedAgent : guardedAgent, signal);
    const next = answer.headers.get('location');
    if (answer.status >= 300 && answer.status < 400 && next !== null) {
      await answer.body?.cancel();
      url = followTo(url, next, start);
      continue;
    }
    if (answer.ok) return { isThere: true, bytes: bounded(answer, url) };
    await answer.body?.cancel();
    if (answer.status === 404 || answer.status === 300)
      return { isThere: false, bytes: bounded(answer, url) };
    throw webFailed(url, `it answered ${answer.status}`, answer.status >= 500 || answer.status === 429);
  }
  throw webFailed(start, 'it redirects too often', false);
}

/** A small file as a whole; null where there is none. @throws LimitError over `most` bytes. */
export async function fetchWhole(
  url: URL,
  most: number,
  signal: AbortSignal | undefined,
): Promise<Buffer | null> {
  const { isThere, bytes } = await fetchWeb(url, signal);
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

async function ask(url: URL, dispatcher: Agent, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(url, {
      dispatcher,
      redirect: 'manual',
      headers: { 'user-agent': 'patchtrail' },
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    if (why instanceof PatchtrailError) throw why;
    throw webFailed(url, why instanceof Error ? why.message : String(why), true);
  }
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

async function* bounded(answer: Response, url: URL): AsyncGenerator<Uint8Array> {
  let length = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      const bytes: Uint8Array = chunk;
      length += bytes.length;
      if (length > limits.downloadBytes) throw tooLong(url);
      yield bytes;
    }
  } catch (cause) {
    if (cause instanceof PatchtrailError) throw cause;
    throw webFailed(url, 'the answer broke off', true);
  }
}

function tooLong(url: URL): LimitError {
  return new LimitError('downloadBytes', 'The file on the server is too long', { subject: url.href });
}

function webFailed(url: URL, why: string, isRetryable: boolean): SourceError {
  return new SourceError('source-unreadable', `The web server cannot be read (${why})`, {
    subject: url.href,
    remedy: isRetryable ? 'Try again later.' : 'Check the address.',
    isRetryable,
  });
}
