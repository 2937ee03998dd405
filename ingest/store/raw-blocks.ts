/**
 * Raw blocks: the bytes of mails, packed some dozen together.
 *
 * Mails that arrive after each other repeat each other (headers of one server, quotes, series), so packed together they
 * take two thirds of what they take alone. A block is small enough to unpack for one mail in a third of a millisecond.
 * A short last block is filled up by the next batch; a mail that is taken back is cut out of its block at once.
 */
import { promisify } from 'node:util';
import {
  type BrotliOptions,
  brotliCompress,
  brotliCompressSync,
  brotliDecompressSync,
  constants,
} from 'node:zlib';
import type { Connection } from './connection.ts';
import { get, type Steps } from './steps.ts';

/** Bytes of mail after which a block is closed. */
const blockBytes = 96 * 1024;

/** Quality 4 packs io-uring's mail to 30 % at 0.1 ms a mail; 5 gains 1 % for twice the time. */
const packing = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 4,
    [constants.BROTLI_PARAM_LGWIN]: 18,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
};

const compress = promisify<Uint8Array, BrotliOptions, Buffer>(brotliCompress);

/** Where a mail's bytes stand. */
export interface RawPlace {
  readonly block_key: number;
  readonly start: number;
  readonly size_bytes: number;
}

export interface BlockRow {
  block_key: number;
  size_bytes: number;
  packed: Uint8Array;
}

interface FilledBlock {
  readonly key: number;
  readonly bytes: Uint8Array;
}

export interface PackedBlock {
  readonly key: number;
  readonly sizeBytes: number;
  readonly packed: Uint8Array;
}

/**
 * Puts mails into blocks. What `pack` gives must be written before the transaction ends; packing is left to threads of
 * the runtime, since it takes as long as all rows of the mails together.
 */
export class BlockWriter {
  readonly #last: BlockRow | undefined;
  readonly #filled: FilledBlock[] = [];
  #key = 0;
  #parts: Uint8Array[] = [];
  #sizeBytes = 0;
  #isChanged = false;

  /** @param last the newest block that is held */
  constructor(last: BlockRow | undefined) {
    this.#last = last;
  }

  add(raw: Uint8Array): RawPlace {
    if (this.#key === 0) this.#goOn();
    const start = this.#sizeBytes;
    this.#parts.push(raw);
    this.#sizeBytes += raw.byteLength;
    this.#isChanged = true;
    const place = { block_key: this.#key, start, size_bytes: raw.byteLength };
    if (this.#sizeBytes >= blockBytes) {
      this.#fill();
      this.#start(this.#key + 1, []);
    }
    return place;
  }

  /** Packs what was filled, on other threads. */
  async pack(): Promise<PackedBlock[]> {
    this.#fill();
    return Promise.all(
      this.#filled.splice(0).map(async ({ key, bytes }) => {
        return { key, sizeBytes: bytes.byteLength, packed: await compress(bytes, packing) };
      }),
    );
  }

  #fill(): void {
    if (this.#isChanged) this.#filled.push({ key: this.#key, bytes: Buffer.concat(this.#parts) });
    this.#isChanged = false;
  }

  /** Takes the last block on where it is short. */
  #goOn(): void {
    const last = this.#last;
    if (last && last.size_bytes < blockBytes) this.#start(last.block_key, [unpackBlock(last)]);
    else this.#start((last?.block_key ?? 0) + 1, []);
  }

  #start(key: number, parts: Uint8Array[]): void {
    this.#key = key;
    this.#parts = parts;
    this.#sizeBytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
  }
}

/** Gives the bytes of each row to `take`; every block is unpacked once at most, whatever the order of rows. */
export function readBlocks<Row extends RawPlace>(
  connection: Connection,
  rows: readonly Row[],
  take: (row: Row, raw: Uint8Array) => void,
): void {
  let key = 0;
  let bytes: Uint8Array = Buffer.of();
  connection.blocks.refresh();
  for (const row of [...rows].sort((a, b) => a.block_key - b.block_key)) {
    if (row.block_key !== key) bytes = readBlock(connection, row.block_key);
    key = row.block_key;
    // A copy: the caller may hold one mail for long, and not the whole block with it.
    take(row, Buffer.from(bytes.subarray(row.start, row.start + row.size_bytes)));
  }
}

/** Cuts all bytes that no raw row names any more out of a block. */
export function trimBlock(connection: Connection, blockKey: number): void {
  const rows = connection.all<RawPlace & { raw_key: number }>(
    'SELECT raw_key, block_key, start, size_bytes FROM raw WHERE block_key = ? ORDER BY start',
    blockKey,
  );
  if (rows.length === 0) {
    connection.blocks.forget(blockKey);
    connection.run('DELETE FROM raw_block WHERE block_key = ?', blockKey);
    return;
  }
  connection.blocks.refresh();
  const bytes = readBlock(connection, blockKey);
  let start = 0;
  for (const row of rows) {
    connection.run('UPDATE raw SET start = ? WHERE raw_key = ?', start, row.raw_key);
    start += row.size_bytes;
  }
  const parts = rows.map((row) => bytes.subarray(row.start, row.start + row.size_bytes));
  const trimmed = Buffer.concat(parts);
  writeBlock(connection, {
    key: blockKey,
    sizeBytes: trimmed.byteLength,
    packed: packBlock(trimmed),
  });
}

/** At once, for few blocks. */
export function packBlock(bytes: Uint8Array): Uint8Array {
  return brotliCompressSync(bytes, packing);
}

/** The newest block, which may have room. */
export function* lastBlock(): Steps<BlockRow | undefined> {
  return yield* get<BlockRow>(
    'SELECT block_key, size_bytes, packed FROM raw_block ORDER BY block_key DESC LIMIT 1',
  );
}

function readBlock(connection: Connection, blockKey: number): Uint8Array {
  const known = connection.blocks.get(blockKey);
  if (known) return known;
  const row = connection.get<BlockRow>(
    'SELECT block_key, size_bytes, packed FROM raw_block WHERE block_key = ?',
    blockKey,
  );
  const bytes = row ? unpackBlock(row) : Buffer.of();
  connection.blocks.keep(blockKey, bytes);
  return bytes;
}

export function writeBlock(connection: Connection, { key, sizeBytes, packed }: PackedBlock): void {
  connection.blocks.forget(key);
  connection.run(
    'INSERT OR REPLACE INTO raw_block (block_key, size_bytes, packed) VALUES (?, ?, ?)',
    key,
    sizeBytes,
    packed,
  );
}

export function unpackBlock(row: BlockRow): Uint8Array {
  return brotliDecompressSync(row.packed, { maxOutputLength: Math.max(1, row.size_bytes) });
}
