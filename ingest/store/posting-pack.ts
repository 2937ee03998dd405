/**
 * Posting pack: a posting as the store keeps it, and back. Pure, so that another thread than the writer's can do it.
 *
 * Line and word hashes are kept as bytes beside the packed rest: they are random numbers, which as JSON would be the
 * largest part of a store.
 */
import { hash } from 'node:crypto';
import { endianness } from 'node:os';
import type { Posting } from '../model/posting.ts';
import { exactBytes, packJson, unpackJson } from './packed-json.ts';
import type { PackedPosting } from './records.ts';

/** The form to write; one that is packed already is given back. */
export function packPosting(posting: Posting | PackedPosting, linkKeys: readonly string[]): PackedPosting {
  if ('isPacked' in posting) return posting;
  const { lineHashes, wordHashes, ...rest } = posting;
  return {
    isPacked: true,
    sentMs: posting.sentMs,
    authorAddress: posting.authorAddress,
    isCover: posting.isCover,
    hasDiff: posting.hasDiff,
    isRfc: posting.subject.isRfc,
    isResend: posting.subject.isResend,
    patchId: packPatchId(posting.patchId),
    changeId: posting.changeId,
    trailerNames: trailerNames(posting),
    linkHashes: [...new Set(linkKeys.map(linkHash))],
    lineHashes: packHashes(lineHashes),
    wordHashes: packHashes(wordHashes),
    data: exactBytes(packJson(rest)),
  };
}

/** The posting of its stored form. */
export function unpackPosting({
  data,
  lineHashes,
  wordHashes,
}: Pick<PackedPosting, 'data' | 'lineHashes' | 'wordHashes'>): Posting {
  return {
    ...unpackJson<Omit<Posting, 'lineHashes' | 'wordHashes'>>(data),
    lineHashes: unpackHashes(lineHashes),
    wordHashes: unpackHashes(wordHashes),
  };
}

/** 48 bits: among a million keys two are alike once in 500 stores, and then only a needless pair is compared. */
export function linkHash(key: string): number {
  return Number.parseInt(hash('sha1', key).slice(0, 12), 16);
}

/** Null where there is none or it is no row of hex digits. */
function packPatchId(patchId: string | null): Uint8Array | null {
  const bytes = Buffer.from(patchId ?? '', 'hex');
  return bytes.length === 0 ? null : bytes;
}

/** Names of the trailers in the patch itself, each between blanks, for search. */
function trailerNames(posting: Posting): string {
  const names = new Set(posting.trailers.map((trailer) => trailer.name.toLowerCase()));
  return names.size === 0 ? '' : ` ${[...names].join(' ')} `;
}

const isLittleEndian = endianness() === 'LE';

/** Four bytes each, the lowest first. */
function packHashes(hashes: Uint32Array): Uint8Array {
  const bytes = Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength);
  return isLittleEndian ? bytes : Buffer.from(bytes).swap32();
}

/** Not copied where the machine has the same order: most neighbours are looked at once or never. */
function unpackHashes(bytes: Uint8Array): Uint32Array {
  const length = Math.floor(bytes.byteLength / 4);
  if (isLittleEndian && bytes.byteOffset % 4 === 0)
    return new Uint32Array(bytes.buffer, bytes.byteOffset, length);
  const own = Uint8Array.from(bytes.subarray(0, 4 * length));
  if (!isLittleEndian) Buffer.from(own.buffer).swap32();
  return new Uint32Array(own.buffer);
}
