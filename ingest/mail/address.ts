/**
 * Addresses: the people in From, Reply-To, To and Cc.
 *
 * In: raw header values. Out: names decoded, addresses as received with their case lowered.
 * The grammar is mailparser's (which is nodemailer's): groups, comments and broken quotes are a long story
 * that it has been through; only lists without any of that are read here at once, which is most of them and
 * saves a quarter of a mail's time. Groups are replaced by their members. `X via list` is not undone here:
 * ../patch does that.
 */
import { parseAddressHeader } from 'mailparser';
import { limits } from '../model/limits.ts';
import type { Address, Trouble } from '../model/message.ts';
import { decodeEightBit, unfold } from './header-text.ts';

/** Addresses of all values of one header, in order, at most limits.recipients. */
export function parseAddresses(values: readonly string[], troubles: Trouble[]): Address[] {
  const addresses: Address[] = [];
  for (const value of values) {
    const text = unfold(decodeEightBit(value));
    for (const { name, address } of readSimpleList(text) ?? readMasked(text) ?? readList(text)) {
      if (!name && !address) continue;
      if (addresses.length >= limits.recipients) {
        troubles.push({ code: 'recipients-many', detail: `only the first ${limits.recipients} were kept` });
        return addresses;
      }
      addresses.push({ name: cleanName(name), address: address.toLowerCase() });
    }
  }
  return addresses;
}

function readList(text: string): Address[] {
  const parsed = parseAddressHeader(text, { flatten: true, decodePunycode: false });
  return parsed.value.map(({ name, address = '' }) => ({ name, address }));
}

/**
 * `Ada Byron <ada@example.org>, bob@example.org`: no quotes, comments, groups or encoded words; else null.
 */
function readSimpleList(text: string): Address[] | null {
  if (/["():;\\[\]]|=\?/.test(text)) return null;
  const addresses: Address[] = [];
  for (const item of text.split(',')) {
    const entry = item.trim();
    const open = entry.indexOf('<');
    const name = open > 0 ? entry.slice(0, open).trimEnd() : '';
    const address = open >= 0 ? entry.slice(open + 1, -1) : entry;
    if (open >= 0 && !entry.endsWith('>')) return null;
    if (!/^[^\s<>@]+@[^\s<>@]+$/.test(address) || name.includes('@')) return null;
    addresses.push({ name, address });
  }
  return addresses;
}

/** `ada at example.org (Ada Byron)`: how pipermail hides an address; nothing is lost by it. */
function readMasked(text: string): Address[] | null {
  const [, user, host = '', name = ''] =
    /^([^\s@<>,]{1,64}) at ([\w.-]{1,255})(?: \((.{0,200})\))?$/.exec(text.trim()) ?? [];
  return user && host.includes('.') ? [{ name, address: `${user}@${host}` }] : null;
}

function cleanName(name: string): string {
  return name.replace(/[\s\0]+/g, ' ').trim();
}
