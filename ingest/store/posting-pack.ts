/**
 * Posting pack: a posting as the store keeps it, and back. Pure, so that another thread than the writer's can do it.
 *
 * Line and word hashes are kept as bytes beside the packed rest: they are random numbers, which as JSON would be the
 * largest part of a store.
 */
import { hash } from 'node:crypto';
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

function packHashes(hashes: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(hashes.length * 4);
  hashes.forEach((hash, at) => {
    bytes.writeUInt32LE(hash >>> 0, at * 4);
  });
  return bytes;
}

function unpackHashes(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hashes: number[] = [];
  for (let at = 0; at + 4 <= view.byteLength; at += 4) hashes.push(view.getUint32(at, true));
  return hashes;
}
