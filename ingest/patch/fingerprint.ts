/**
 * Fingerprints: small sets of numbers by which two patches, or two commit messages, are compared.
 *
 * In: a diff, or lines of text. Out: 32-bit hashes, sorted, unique. Where there are more than the limit the smallest
 * are kept: both sides then keep the same ones of what they share, so the likeness of large patches stays true.
 * How they are compared: ../link/likeness.ts
 */
import { limits } from '../model/limits.ts';
import type { Diff } from './diff-types.ts';

/** Hashes of the added and removed lines, with their sign; blanks removed, short lines and pure punctuation left out. */
export function lineHashes(diff: Diff): number[] {
  const hashes = new Set<number>();
  for (const file of diff.files) {
    for (const hunk of file.hunks) {
      for (const line of hunk.lines) {
        if (line.kind === ' ') continue;
        const text = line.text.replace(/\s+/g, '');
        if (text.length >= 4 && /[\p{L}\p{N}]/u.test(text)) hashes.add(hashOf(line.kind + text));
      }
    }
  }
  return smallest(hashes, limits.lineHashes);
}

/** Hashes of the words of four letters and more, in lower case. Give it a message without its trailers: all have those. */
export function wordHashes(lines: readonly string[]): number[] {
  const hashes = new Set<number>();
  for (const line of lines) {
    for (const word of line.toLowerCase().match(/[\p{L}\p{N}_]{4,60}/gu) ?? []) hashes.add(hashOf(word));
  }
  return smallest(hashes, limits.wordHashes);
}

function smallest(hashes: ReadonlySet<number>, count: number): number[] {
  return [...hashes].sort((a, b) => a - b).slice(0, count);
}

/** FNV-1a over the UTF-16 units of a text. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
