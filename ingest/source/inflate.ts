/**
 * Inflate: the bytes inside a .gz, as a stream.
 *
 * In: compressed chunks. Out: decompressed ones, all that can be had before a fault, then an error.
 * The decompressor is fed by hand, a chunk at a time, because a pipeline throws away what it still holds when
 * the file turns out to be cut short. Output per input is bounded by limits.inflateRatio.
 */
import { createGunzip } from 'node:zlib';
import { checkGrowth } from './growth.ts';

/**
 * Decompresses; several members in a row are one stream.
 * @throws the decompressor's error for a broken stream, LimitError for one that grows too much.
 */
export async function* inflate(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  let ready: Buffer[] = [];
  let bytesIn = 0;
  let bytesOut = 0;
  let fault: Error | undefined;
  // A fault closes it, and then a write is not always answered.
  let goOn = () => {};
  gunzip.once('close', () => goOn());
  gunzip.on('data', (data: Buffer) => {
    bytesOut += data.length;
    ready.push(data);
  });
  gunzip.on('error', (error) => {
    fault ??= error;
  });
  const take = () => {
    const taken = ready;
    ready = [];
    return taken;
  };
  try {
    for await (const chunk of chunks) {
      bytesIn += chunk.length;
      await new Promise<void>((resolve) => {
        goOn = resolve;
        gunzip.write(chunk, () => resolve());
      });
      yield* take();
      checkGrowth(bytesIn, bytesOut);
      if (fault) break;
    }
    if (!fault) await new Promise<void>((resolve) => gunzip.once('close', resolve).end());
    yield* take();
  } finally {
    gunzip.destroy();
  }
  if (fault) throw fault;
}
