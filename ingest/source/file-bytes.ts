/**
 * File bytes: a file read in chunks, decompressed where it is compressed.
 *
 * In: a path. Out: chunks, and how many bytes of the file itself were read (for progress).
 * Whether it is compressed is told by its first bytes, not by its name.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { SourceError } from '../model/errors.ts';
import { findPacking, type Packing, unpack } from './unpack.ts';

/** Chunks of compressed input are small, since each may grow a thousandfold before it is checked. */
const plainChunk = 1024 * 1024;
const packedChunk = 16 * 1024;
/** Most mails fit into one read of this size. */
const smallFile = 64 * 1024;

export interface FileFacts {
  readonly sizeBytes: number;
  readonly packing: Packing;
  /** The first bytes of the file itself, at most those asked for. */
  readonly prefix: Buffer;
}

/** @throws SourceError if the file cannot be opened or read. */
export async function readFileFacts(path: string, prefixBytes: number): Promise<FileFacts> {
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(prefixBytes), 0, prefixBytes, 0);
    const prefix = buffer.subarray(0, bytesRead);
    return { sizeBytes: size, packing: findPacking(prefix), prefix };
  });
}

/** A file being read. */
export class FileBytes {
  /** Bytes read of the file itself, from its start. */
  bytesRead = 0;
  readonly #path: string;
  readonly #packing: Packing;

  constructor(path: string, packing: Packing) {
    this.#path = path;
    this.#packing = packing;
  }

  /** Its (decompressed) bytes from `offset` on. */
  async *read(offset = 0): AsyncGenerator<Buffer> {
    if (this.#packing === 'none') {
      yield* this.#readFile(offset, plainChunk);
      return;
    }
    let toSkip = offset;
    for await (const chunk of unpack(this.#packing, this.#readFile(0, packedChunk))) {
      if (toSkip < chunk.length)
        yield Buffer.from(chunk.buffer, chunk.byteOffset + toSkip, chunk.length - toSkip);
      toSkip = Math.max(0, toSkip - chunk.length);
    }
  }

  /** A disk may fail in the middle of a file: what came before stays. */
  async #readChunk(file: FileHandle, chunkBytes: number): Promise<Buffer> {
    try {
      const { buffer, bytesRead } = await file.read(
        Buffer.allocUnsafe(chunkBytes),
        0,
        chunkBytes,
        this.bytesRead,
      );
      return buffer.subarray(0, bytesRead);
    } catch (cause) {
      throw unreadable(this.#path, cause);
    }
  }

  async *#readFile(offset: number, chunkBytes: number): AsyncGenerator<Buffer> {
    const file = await openFile(this.#path);
    this.bytesRead = offset;
    try {
      for (;;) {
        const chunk = await this.#readChunk(file, chunkBytes);
        if (chunk.length === 0) return;
        this.bytesRead += chunk.length;
        yield chunk;
      }
    } finally {
      await file.close();
    }
  }
}

/** At most `maxBytes` of the (decompressed) start of a file; a fault in a compressed file ends it. */
export async function readStart(path: string, maxBytes: number): Promise<Buffer> {
  const { packing, prefix, sizeBytes } = await readFileFacts(path, Math.min(maxBytes, smallFile));
  if (packing === 'none' && sizeBytes <= prefix.length) return prefix;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of new FileBytes(path, packing).read()) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= maxBytes) break;
    }
  } catch (cause) {
    if (cause instanceof SourceError) throw cause;
    if (packing === 'none' || length === 0) throw unreadable(path, cause);
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await openFile(path);
  try {
    return await use(file);
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): SourceError {
  return new SourceError('source-unreadable', 'The file cannot be read', {
    subject: path,
    remedy: 'Check that it is there and that this user may read it.',
    cause,
  });
}
