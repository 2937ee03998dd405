/**
 * Compress: answers made small by Brotli or gzip, as whoever asks prefers.
 *
 * What is small already (`application/gzip`, images) and event streams, of which each word must come at once, are left
 * alone. Answers are packed whole, beside the event loop, but for pages that go out in parts (routes/begun-page.ts).
 */
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/utils/compress';
import { begunMark } from './routes/begun-page.ts';

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

/** Below this the header alone is longer than what is spared. */
const smallestBytes = 1024;

/** Quick, and smaller than gzip's best. */
const brotliQuality = 4;

type Encoding = 'br' | 'gzip';

const packers: Readonly<Record<Encoding, (bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>>> = {
  br: async (bytes) =>
    new Uint8Array(
      await brotliAsync(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
        },
      }),
    ),
  gzip: async (bytes) => new Uint8Array(await gzipAsync(bytes, { level: 4 })),
};

/** Packs what comes as it comes: each part can be unpacked before the next is there. */
function packAlong(body: ReadableStream<Uint8Array>, encoding: Encoding): ReadableStream<Uint8Array> {
  const packer =
    encoding === 'br'
      ? createBrotliCompress({
          flush: constants.BROTLI_OPERATION_FLUSH,
          params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality },
        })
      : createGzip({ flush: constants.Z_SYNC_FLUSH, level: 4 });
  // An end before the end is seen by whoever reads the packed stream.
  pipeline(Readable.fromWeb(body as never), packer, () => {});
  return Readable.toWeb(packer) as ReadableStream<Uint8Array>;
}

export function compressAnswers(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const answer = c.res;
    const type = answer.headers.get('content-type') ?? '';
    if (!isCompressible(type) || answer.headers.has('content-encoding')) return;
    c.header('Vary', joinVary(answer.headers.get('vary')));
    const encoding = chooseEncoding(c.req.header('accept-encoding') ?? '');
    const hasBody = c.req.method !== 'HEAD' && answer.body !== null;
    const length = Number(answer.headers.get('content-length') ?? Number.POSITIVE_INFINITY);
    if (encoding === null || !hasBody || length < smallestBytes) return;
    if (c.get(begunMark) === true && answer.body) {
      c.res = new Response(packAlong(answer.body, encoding), answer);
      c.res.headers.set('Content-Encoding', encoding);
      return;
    }
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const isSmall = bytes.byteLength < smallestBytes;
    const packed = isSmall ? bytes : await packers[encoding](bytes);
    c.res = new Response(packed, answer);
    c.res.headers.delete('Content-Length');
    if (isSmall) return;
    c.res.headers.set('Content-Encoding', encoding);
    const tag = answer.headers.get('etag');
    // Other bytes than those that a strong tag stands for.
    if (tag?.startsWith('"')) c.res.headers.set('ETag', `W/${tag}`);
  };
}

/** What is preferred most of Brotli and gzip, Brotli first; null for neither. */
export function chooseEncoding(accepted: string): Encoding | null {
  const weights = new Map<string, number>();
  for (const part of accepted.slice(0, 500).split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const q = parameters.find((text) => text.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    weights.set(name === 'x-gzip' ? 'gzip' : name, Number.isNaN(weight) ? 0 : weight);
  }
  const weightOf = (name: Encoding) => weights.get(name) ?? weights.get('*') ?? 0;
  const [br, zip] = [weightOf('br'), weightOf('gzip')];
  if (br === 0 && zip === 0) return null;
  return br >= zip ? 'br' : 'gzip';
}

function isCompressible(type: string): boolean {
  return COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type) && !type.startsWith('text/event-stream');
}

function joinVary(before: string | null): string {
  if (before === null || before === '') return 'Accept-Encoding';
  return /\baccept-encoding\b/i.test(before) ? before : `${before}, Accept-Encoding`;
}
