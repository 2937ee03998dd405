/**
 * Addresses: the people in From, Reply-To, To and Cc.
 *
 * In: raw header values. Out: names decoded, addresses as received with their case lowered.
 * The grammar is mailparser's (which is nodemailer's): groups, comments and broken quotes are a long story that it
 * has been through. Groups are replaced by their members. `X via list` is not undone here: ../patch does that.
 */
import { parseAddressHeader } from 'mailparser';
import { limits } from '../model/limits.ts';
import type { Address, Trouble } from '../model/message.ts';
import { decodeEightBit, unfold } from './header-text.ts';

/** Addresses of all values of one header, in order, at most limits.recipients. */
export function parseAddresses(values: readonly string[], troubles: Trouble[]): Address[] {
  const addresses: Address[] = [];
  for (const value of values) {
    const parsed = parseAddressHeader(unfold(decodeEightBit(value)), {
      flatten: true,
      decodePunycode: false,
    });
    for (const { name, address } of parsed.value) {
      if (!name && !address) continue;
      if (addresses.length >= limits.recipients) {
        troubles.push({ code: 'recipients-many', detail: `only the first ${limits.recipients} were kept` });
        return addresses;
      }
      addresses.push({ name: cleanName(name), address: (address ?? '').toLowerCase() });
    }
  }
  return addresses;
}

function cleanName(name: string): string {
  return name.replace(/[\s\0]+/g, ' ').trim();
}
