/**
 * Unpack: the bytes inside a compressed file, as a stream.
 *
 * In: compressed chunks and how they are packed, which their first bytes say. Out: decompressed chunks, all that
 * can be had before a fault, then an error. Node unpacks gzip itself (./inflate.ts); for the others the usual
 * programs run, with bounded memory. Output per input is bounded by limits.inflateRatio for all.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { SourceError } from '../model/errors.ts';
import { checkGrowth } from './growth.ts';
import { inflate } from './inflate.ts';

export type Packing = 'none' | 'gzip' | 'bzip2' | 'xz' | 'zstd';

interface Packer {
  readonly packing: Exclude<Packing, 'none'>;
  /** First bytes of a file, as hex. */
  readonly magic: string;
  readonly unpack: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Buffer>;
}

const packers: readonly Packer[] = [
  { packing: 'gzip', magic: '1f8b', unpack: inflate },
  { packing: 'bzip2', magic: '425a68', unpack: (chunks) => runUnpacker('bzip2', ['-dc'], chunks) },
  {
    packing: 'xz',
    magic: 'fd377a585a00',
    // A file of the highest level takes 65 MB.
    unpack: (chunks) => runUnpacker('xz', ['-dc', '--memlimit-decompress=128MiB'], chunks),
  },
  {
    packing: 'zstd',
    magic: '28b52ffd',
    unpack: (chunks) => runUnpacker('zstd', ['-dcq', '--memory=128MB'], chunks),
  },
];

/** Told by the first bytes of a file, not by its name. */
export function findPacking(start: Buffer): Packing {
  const hex = start.toString('hex', 0, 8);
  return packers.find(({ magic }) => hex.startsWith(magic))?.packing ?? 'none';
}

/**
 * Decompresses; several files in a row are one stream.
 * @throws LimitError for one that grows too much, SourceError where the program is not there, the
 * decompressor's error for a broken stream.
 */
export function unpack(packing: Packing, chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return packers.find((packer) => packer.packing === packing)?.unpack(chunks) ?? chunks;
}

async function* runUnpacker(
  program: string,
  args: readonly string[],
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-200);
  });
  // A program that ended takes no more; its exit code says why.
  child.stdin.on('error', () => {});
  const ended = waitForEnd(child);
  const counts = { in: 0 };
  let bytesOut = 0;
  const feeding = feed(child, chunks, counts);
  // Awaited below; until then a failure must not end the program as unhandled.
  feeding.catch(() => {});
  try {
    for await (const data of child.stdout) {
      bytesOut += data.length;
      checkGrowth(counts.in, bytesOut);
      yield data;
    }
    const code = await ended;
    if (code === 'missing') {
      throw new SourceError('source-unreadable', `The program ${program} is not installed`, {
        remedy: 'Install it, or decompress the file by hand.',
      });
    }
    if (code !== 0) throw new Error(complaint.trim() || `${program} ended with ${code}`);
    await feeding;
  } finally {
    child.kill();
    await ended;
  }
}

async function feed(
  child: ChildProcess,
  chunks: AsyncIterable<Uint8Array>,
  counts: { in: number },
): Promise<void> {
  const { stdin } = child;
  try {
    for await (const chunk of chunks) {
      counts.in += chunk.length;
      const isTaken = await new Promise<boolean>((resolve) =>
        stdin?.write(chunk, (error) => resolve(!error)),
      );
      if (!isTaken) return;
    }
  } finally {
    stdin?.end();
  }
}

async function waitForEnd(child: ChildProcess): Promise<number | 'missing'> {
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code ?? -1));
    child.once('error', () => resolve('missing'));
  });
}
