/**
 * Persons: name and address in the value of a trailer or of a `From:` line in a body.
 *
 * In: `A B <a@example.org> # comment` and its looser forms. Out: name and address (lower case), or null. Headers of the
 * mail itself are read by ../mail/address.ts; here the text is free and may hold a comment.
 */
import { limits } from '../model/limits.ts';
import type { Address } from '../model/message.ts';

/** Reads the first person of a value. */
export function personOf(value: string): Address | null {
  const text = value.slice(0, limits.patternLine).replaceAll(/<mailto:[^<>]{0,300}>/gi, '');
  const open = text.indexOf('<');
  const close = open < 0 ? -1 : text.indexOf('>', open);
  if (open >= 0 && close > open) {
    const address = text
      .slice(open + 1, close)
      .replace(/^mailto:/i, '')
      .trim();
    return address.includes('@')
      ? { name: cleanName(text.slice(0, open)), address: address.toLowerCase() }
      : null;
  }
  return readBare(text);
}

/** `a@example.org`, `a@example.org (A B)`, `A B a@example.org` */
function readBare(text: string): Address | null {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const at = words.findIndex((word) => word.indexOf('@') > 0 && !word.endsWith('@'));
  const address = words[at]?.replace(/^\(|[),;]{1,3}$/g, '').toLowerCase();
  if (at < 0 || address === undefined) return null;
  const before = words.slice(0, at).join(' ');
  const comment = /^\(([^()]{1,200})\)/.exec(words.slice(at + 1).join(' '))?.[1];
  return { name: cleanName(before === '' ? (comment ?? '') : before), address };
}

function cleanName(text: string): string {
  return text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/\s+/g, ' ')
    .replace(/,$/, '');
}
