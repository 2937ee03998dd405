/**
 * Persons: whether two addresses with names are one human, for linking.
 *
 * Same address, or same full name (two words at least, as people write from home and work). Corrections by people
 * come from the store as a map and go first.
 */

export interface Person {
  readonly address: string;
  readonly name: string;
}

/** Lower-case words of a name without signs; empty for a one-word name, which proves nothing. */
export function nameKey(name: string): string {
  const words = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.length >= 2 ? words.sort().join(' ') : '';
}

export function isSamePerson(a: Person, b: Person): boolean {
  if (a.address !== '' && a.address === b.address) return true;
  const key = nameKey(a.name);
  return key !== '' && key === nameKey(b.name);
}
