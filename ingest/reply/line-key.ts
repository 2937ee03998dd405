/**
 * Line keys: what is compared of a line, so that a quote is found whatever mail programs did to its blanks.
 *
 * In: a line without quote marks. Out: a key, or words. Blanks are left out of the key (tabs become blanks, two
 * blanks become one, format=flowed leaves one at the end); an address keeps its local part, since web archives
 * mask the domain.
 */
import { limits } from '../model/limits.ts';

const blanks = /\s+/g;
const domain = /@[\w.-]+/g;
const mailto = /<mailto:[^<>]{0,200}>/g;

/** The key of a line; empty for a blank one. */
export function lineKey(text: string): string {
  const bounded = text.length > limits.patternLine ? text.slice(0, limits.patternLine) : text;
  const plain = bounded.includes('@') ? bounded.replace(mailto, '').replace(domain, '@') : bounded;
  return plain.replace(blanks, '');
}

/** The words of a line, as they are compared where lines were broken anew. */
export function lineWords(text: string): string[] {
  const bounded = text.length > limits.patternLine ? text.slice(0, limits.patternLine) : text;
  const plain = bounded.includes('@') ? bounded.replace(mailto, '').replace(domain, '@') : bounded;
  const trimmed = plain.trim();
  return trimmed === '' ? [] : trimmed.split(blanks);
}

/** How much a line tells, 0 to 1: a brace says next to nothing, twenty characters say all. */
export function keyWeight(key: string): number {
  return Math.min(1, Math.max(0.05, (key.length * key.length) / 400));
}
