/**
 * Unmask: whose address a web archive hid.
 *
 * In: text with addresses such as `user@xxxxxxxxxx`, and people who are known. Out: the masked addresses with the one
 * person that each can be. Archives put an `x` for each character of the domain, so the local part and the length must
 * fit; where two known people do, nobody is named. Never put in place of the text: it is said beside it.
 */
import type { Person } from './person.ts';

export interface MaskedAddress {
  /** As printed. */
  readonly masked: string;
  /** Line of the body where it first stands. */
  readonly line: number;
}

const shortestMask = 4;

/** Masked addresses of a text, each once. */
export function findMaskedAddresses(lines: readonly string[]): MaskedAddress[] {
  const found = new Map<string, MaskedAddress>();
  lines.forEach((text, line) => {
    for (const word of text.split(/[\s<>()[\]"',;:/]/)) {
      const masked = word.replace(/[.!?]$/, '').toLowerCase();
      if (!isMasked(masked) || found.has(masked)) continue;
      found.set(masked, { masked, line });
    }
  });
  return [...found.values()];
}

/** True for `user@xxxxxxxx`. */
export function isMasked(address: string): boolean {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  return at > 0 && domain.length >= shortestMask && !/[^x]/i.test(domain);
}

/** The one id of these that a masked id can be; null where none or several fit. */
export function unmaskId(masked: string, ids: readonly string[]): string | null {
  const fits = ids.filter(
    (id) => id.length === masked.length && localPart(id) === localPart(masked) && !isMasked(id),
  );
  return fits.length === 1 ? (fits[0] ?? null) : null;
}

/** The local part, by which people are looked up. */
export function localPart(address: string): string {
  return address.slice(0, address.lastIndexOf('@'));
}

/** The one person whose address fits the mask; null where none or several do. */
export function unmask(masked: string, people: readonly Person[]): Person | null {
  const fits = people.filter(
    ({ address }) =>
      address.length === masked.length && localPart(address) === localPart(masked) && !isMasked(address),
  );
  const [only] = fits;
  return only && new Set(fits.map(({ address }) => address)).size === 1 ? only : null;
}
