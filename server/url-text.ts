/**
 * URL text: the small readers and writers that addresses are made of. Pure; the pages' addresses are ./urls.ts
 */

/** A label as revisions carry it: `v9`, `v7.2`, `RFC v1`. */
export const labelForm = /^(?:RFC )?v\d{1,4}(?:\.\d{1,4})?$/;

export function text(query: URLSearchParams, name: string): string {
  return query.get(name) ?? '';
}

/** The parameter where it is one of the words, else the first word. */
export function oneOf<const Word extends string>(
  query: URLSearchParams,
  name: string,
  words: readonly [Word, ...Word[]],
): Word {
  return words.find((word) => word === query.get(name)) ?? words[0];
}

export function unless(usual: string, value: string): string {
  return value === usual ? '' : value;
}

export function queryText(values: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ''));
  // Search prefixes and addresses stay readable: neither sign means anything in a query.
  const plain = query.toString().replace(/%(?:3A|40|2C|2F)/g, (code) => decodeURIComponent(code));
  return plain === '' ? '' : `?${plain}`;
}

export function splitAt(whole: string, mark: string): [string, string] {
  const at = whole.indexOf(mark);
  return at < 0 ? [whole, ''] : [whole.slice(0, at), whole.slice(at + mark.length)];
}

export function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray percent sign: no page of ours has such an address.
    return undefined;
  }
}
