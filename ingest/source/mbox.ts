/**
 * Mbox source: an mbox file in any of its variants, plain or compressed.
 *
 * In: a path. Out: its mails in order, each with the offset behind it as cursor.
 * A file that grew is read on from there; one whose first bytes changed, that shrank, or that has no
 * separator at the offset was replaced and is read again whole (the store knows the mails it has). One mail
 * is held back, so that the last one's cursor can say that the file was read to its end: a compressed one need not be
 * decompressed again to find out. Splitting: ./mbox-split.ts
 */
import { createHash } from 'node:crypto';
import { PatchtrailError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { FileBytes, type FileFacts, readFileFacts } from './file-bytes.ts';
import { isSeparatorAt } from './mbox-separator.ts';
import { type MboxPiece, MboxSplitter } from './mbox-split.ts';
import type { Cursor, Source, SourceEvent } from './source.ts';
import { watchPaths } from './watch-paths.ts';

interface MboxCursor {
  /** In the decompressed bytes. */
  readonly offset: number;
  /** Of the file itself. */
  readonly sizeBytes: number;
  readonly prefixBytes: number;
  readonly prefixHash: string;
  readonly isEnd: boolean;
}

const prefixBytes = 4096;
/** A bar that moves by less than this is not worth an event. */
const progressStep = 1024 * 1024;

/** A source for the mbox file at an absolute `path`. */
export function openMbox(path: string, list: string): Source {
  return {
    kind: 'mbox',
    location: path,
    list,
    read: (cursor, signal) => readMbox({ path, list, cursor, signal }),
    watch: (signal) => watchPaths(async () => [path], signal),
  };
}

interface Reading {
  readonly path: string;
  readonly list: string;
  readonly cursor: Cursor | null;
  readonly signal: AbortSignal | undefined;
}

async function* readMbox({ path, list, cursor, signal }: Reading): AsyncGenerator<SourceEvent> {
  const facts = await readFileFacts(path, prefixBytes);
  const total = facts.sizeBytes;
  const offset = await findOffset(path, facts, cursor);
  if (offset === 'end') {
    yield { type: 'progress', done: total, total, unit: 'bytes' };
    return;
  }
  const bytes = new FileBytes(path, facts.packing);
  const splitter = new MboxSplitter(offset);
  let held: MboxPiece | undefined;
  let shown = 0;
  yield { type: 'progress', done: 0, total, unit: 'bytes' };
  try {
    for await (const chunk of bytes.read(offset)) {
      if (signal?.aborted) return;
      for (const piece of splitter.push(chunk)) {
        if (held) yield toEvent(held, list, makeCursor(facts, held.end, false));
        held = piece;
      }
      if (bytes.bytesRead - shown >= progressStep) {
        shown = bytes.bytesRead;
        yield { type: 'progress', done: Math.min(shown, total), total, unit: 'bytes' };
      }
    }
    for (const piece of splitter.end()) {
      if (held) yield toEvent(held, list, makeCursor(facts, held.end, false));
      held = piece;
    }
    if (held) yield toLastEvent(held, list, makeCursor(facts, held.end, true));
  } catch (cause) {
    // What the store or the reader of a plain file says is not about the compression.
    if (facts.packing === 'none' || (cause instanceof PatchtrailError && cause.code !== 'limit-exceeded'))
      throw cause;
    if (held) yield toEvent(held, list, makeCursor(facts, held.end, false));
    yield {
      type: 'trouble',
      place: `byte ${held?.end ?? offset}`,
      code: `${facts.packing}-broken`,
      detail: String(cause),
    };
  }
  yield { type: 'progress', done: total, total, unit: 'bytes' };
}

function toEvent(piece: MboxPiece, list: string, cursor: Cursor): SourceEvent {
  const place = `byte ${piece.start}`;
  if (piece.raw) return { type: 'mail', mail: { raw: piece.raw, list, place }, cursor };
  const detail = `longer than ${limits.mailBytes} bytes`;
  return { type: 'trouble', place, code: 'mail-long', detail };
}

/** A file that is still being written ends in the middle of a mail; one without all its headers has no name yet. */
function toLastEvent(piece: MboxPiece, list: string, cursor: Cursor): SourceEvent {
  if (!piece.raw || hasHeadEnd(piece.raw)) return toEvent(piece, list, cursor);
  const detail = 'the file ends within the headers; read again once it has grown';
  return { type: 'trouble', place: `byte ${piece.start}`, code: 'mail-cut', detail };
}

function hasHeadEnd(raw: Buffer): boolean {
  return raw.includes('\n\n') || raw.includes('\n\r\n');
}

function makeCursor(facts: FileFacts, offset: number, isEnd: boolean): Cursor {
  const cursor: MboxCursor = {
    offset,
    sizeBytes: facts.sizeBytes,
    prefixBytes: facts.prefix.length,
    prefixHash: hash(facts.prefix),
    isEnd,
  };
  return JSON.stringify(cursor);
}

/** Where to go on reading: 0 for a file that is new or was replaced. */
async function findOffset(path: string, facts: FileFacts, cursor: Cursor | null): Promise<number | 'end'> {
  if (cursor === null) return 0;
  const known: MboxCursor = JSON.parse(cursor);
  const isSame = hash(facts.prefix.subarray(0, known.prefixBytes)) === known.prefixHash;
  if (!isSame || facts.sizeBytes < known.sizeBytes) return 0;
  if (known.isEnd && facts.sizeBytes === known.sizeBytes) return 'end';
  if (facts.packing !== 'none') return facts.sizeBytes === known.sizeBytes ? known.offset : 0;
  return (await hasSeparator(path, known.offset)) ? known.offset : 0;
}

async function hasSeparator(path: string, offset: number): Promise<boolean> {
  for await (const chunk of new FileBytes(path, 'none').read(offset)) {
    let start = 0;
    while (chunk[start] === 0x0a || chunk[start] === 0x0d) start++;
    return isSeparatorAt(chunk, start, true) === 'yes';
  }
  return false;
}

function hash(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}
