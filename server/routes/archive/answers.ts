/**
 * Answers of the archive: the few forms in which its routes speak.
 *
 * Bodies of application/gzip are files, not compressed answers: they never carry a Content-Encoding.
 */

import { AsyncResource } from 'node:async_hooks';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import type { Context } from 'hono';
import { keepAnswer } from '../../answer-cache.ts';
import { archivePage, escapeHtml, type PageFrame } from '../../present/archive/html.ts';

const gzipAsync = promisify(gzip);
/** Quick and nearly as small as the best: mail shrinks to a quarter at any level. */
const level = 4;

export function htmlAnswer(c: Context, frame: PageFrame, body: string, status = 200): Response {
  return answer(c, archivePage(frame, body), 'text/html; charset=UTF-8', status);
}

export function textAnswer(
  c: Context,
  text: string | Uint8Array<ArrayBuffer>,
  status = 200,
  charset = 'UTF-8',
): Response {
  return answer(c, text, `text/plain; charset=${charset}`, status);
}

export function atomAnswer(c: Context, text: string): Response {
  return answer(c, text, 'application/atom+xml', 200);
}

export function notFoundAnswer(c: Context): Response {
  return textAnswer(c, 'Not Found\n', 404);
}

/** A page with one sentence. */
export function sentenceAnswer(c: Context, frame: PageFrame, sentence: string, status: number): Response {
  return htmlAnswer(
    c,
    frame,
    `<h1>${escapeHtml(frame.title)}</h1>\n<pre>${escapeHtml(sentence)}</pre>\n`,
    status,
  );
}

export function movedAnswer(c: Context, to: string, status: 301 | 302): Response {
  c.header('Location', to);
  return textAnswer(c, `Redirecting to ${to}\n`, status);
}

/** A small file, packed at once. */
export async function gzipAnswer(
  c: Context,
  filename: string,
  bytes: Uint8Array | string,
): Promise<Response> {
  gzipHeaders(c, filename);
  keepAnswer(c);
  return c.body(new Uint8Array(await gzipAsync(bytes, { level })));
}

/** A file of any size. Where `pieces` fails the answer is cut, so that nobody takes a part for the whole. */
export function gzipStream(c: Context, filename: string, pieces: AsyncIterable<Uint8Array>): Response {
  gzipHeaders(c, filename);
  const source = Readable.from(inThisContext(pieces), { objectMode: false });
  const packed = createGzip({ level });
  source.on('error', (error) => packed.destroy(error));
  packed.on('close', () => source.destroy());
  source.pipe(packed);
  return c.body(Readable.toWeb(packed) as ReadableStream<Uint8Array<ArrayBuffer>>);
}

/** Pieces that are still made for whoever asked, although it is the socket that calls for more of them. */
function inThisContext(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return goOnIn(new AsyncResource('archive stream'), pieces);
}

async function* goOnIn(
  context: AsyncResource,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await context.runInAsyncScope(() => iterator.next());
    if (done) return;
    yield value;
  }
}

function gzipHeaders(c: Context, filename: string): void {
  c.header('Content-Type', 'application/gzip');
  c.header('Content-Disposition', `inline; filename=${filename}.mbox.gz`);
  c.header('Cache-Control', 'private, no-cache');
}

function answer(c: Context, body: string | Uint8Array<ArrayBuffer>, type: string, status: number): Response {
  c.header('Content-Type', type);
  c.header('Cache-Control', 'private, no-cache');
  keepAnswer(c);
  return c.body(body, status as 200);
}
