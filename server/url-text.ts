/**
 * URL text: the small readers and writers that addresses are made of. Pure; the pages' addresses are ./urls.ts
 */

export type DiffStyle = 'unified' | 'split';

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

/** Path segment of an id, escaped as lore does: what a path may hold stays readable. */
export function escapeId(id: string): string {
  return encodeURIComponent(id).replace(/%(?:40|3A|2B|3D|24|26|2C|3B)/g, (code) => decodeURIComponent(code));
}

/** Fragment of a message on its thread's page: short, stable, without a table. */
export function anchorOf(messageId: string): string {
  // FNV-1a; two passes with different starts make 64 bits, so that two mails of one thread do not meet.
  const pass = (start: number) => {
    let hash = start;
    for (let at = 0; at < messageId.length; at += 1) {
      hash = Math.imul(hash ^ messageId.charCodeAt(at), 0x01000193) >>> 0;
    }
    return hash.toString(16).padStart(8, '0');
  };
  return `m${pass(0x811c9dc5)}${pass(0x9dc5811c)}`;
}

/** Another form of a page: `text` for people without scripts, `json`, `mbox`, `csv`. */
export function twinUrl(href: string, form: 'text' | 'json' | 'atom' | 'mbox' | 'csv'): string {
  const [path = '', search = ''] = splitAt(splitAt(href, '#')[0] ?? '', '?');
  const query = new URLSearchParams(search);
  query.set('as', form);
  return `${path}?${query.toString()}`;
}
