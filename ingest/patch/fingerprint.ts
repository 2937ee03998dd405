/**
 * Fingerprints: small sets of numbers by which two patches, or two commit messages, are compared.
 *
 * In: a diff, or lines of text. Out: 32-bit hashes, sorted, unique. Where there are more than the limit the smallest
 * are kept: both sides then keep the same ones of what they share, so the likeness of large patches stays true.
 * How they are compared: ../link/likeness.ts
 */
import { limits } from '../model/limits.ts';
import type { Diff, DiffLine } from './diff-types.ts';

/** Hashes of the added and removed lines, with their sign; blanks removed, short lines and pure punctuation left out. */
export function lineHashes(diff: Diff): Uint32Array {
  const hashes = new Set<number>();
  for (const file of diff.files) {
    for (const hunk of file.hunks) {
      for (const line of hunk.lines) {
        const hash = line.kind === ' ' ? null : lineHash(line);
        if (hash !== null) hashes.add(hash);
      }
    }
  }
  return smallest(hashes, limits.lineHashes);
}

/** Hashes of the words of four letters and more, in lower case. Give it a message without its trailers: all have those. */
export function wordHashes(lines: readonly string[]): Uint32Array {
  const hashes = new Set<number>();
  for (const line of lines) {
    for (const word of line.toLowerCase().match(/[\p{L}\p{N}_]{4,60}/gu) ?? []) hashes.add(hashOf(word));
  }
  return smallest(hashes, limits.wordHashes);
}

function smallest(hashes: ReadonlySet<number>, count: number): Uint32Array {
  return Uint32Array.from(hashes).sort().slice(0, count);
}

/** Begin and factor of 32-bit FNV-1a. */
const fnvStart = 0x811c9dc5;
const fnvPrime = 0x01000193;

/** Hash of a changed line; null where it is too short or without a letter or digit. Made without copies of the line. */
function lineHash({ kind, text }: DiffLine): number | null {
  let hash = Math.imul(fnvStart ^ kind.charCodeAt(0), fnvPrime);
  let length = 0;
  let isTelling = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) continue;
    length++;
    isTelling ||= isWordCode(code);
    hash = Math.imul(hash ^ code, fnvPrime);
  }
  return length >= 4 && isTelling ? hash >>> 0 : null;
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** ASCII letters and digits; all beyond ASCII counts as a letter. */
function isWordCode(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code > 0x7f
  );
}

/** FNV-1a over the UTF-16 units of a text. */
function hashOf(text: string): number {
  let hash = fnvStart;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), fnvPrime);
  return hash >>> 0;
}
