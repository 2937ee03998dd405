/**
 * Identity: who wrote a patch and who sent it.
 *
 * In: a message and its sections. Out: author and sender. A `From:` in the body names the author; lists that rewrite
 * senders (`Ada via libc-alpha <libc-alpha@example.org>`) are seen through by X-Original-From, Reply-To, or the body.
 * A person's several addresses are not joined here: ../link/person.ts
 */
import type { Address, Message } from '../model/message.ts';
import { personOf } from './person.ts';
import type { InBodyHeaders } from './sections.ts';

/** The person behind the mail's From. */
export function senderOf(message: Message): Address {
  const { from } = message;
  const via = findVia(from.name);
  if (via < 0) return unquoted(from);
  const original = message.headers.find((header) => header.name.toLowerCase() === 'x-original-from');
  const named = original ? personOf(original.value) : null;
  const name = from.name.slice(0, via);
  const reply = message.replyTo.find((address) => address.address !== from.address && address.address !== '');
  return unquoted(named ?? { name: reply?.name || name, address: reply?.address ?? from.address });
}

/** Where ` via a list` begins at the end of a name; -1 where it does not. Names of lists are short. */
function findVia(name: string): number {
  const start = Math.max(0, name.length - 205);
  const found = name.slice(start).search(/ via ./i);
  return found < 0 ? -1 : start + found;
}

/** The person who wrote the patch. */
export function authorOf(message: Message, headers: InBodyHeaders): Address {
  const inBody = headers.from === null ? null : personOf(headers.from);
  return inBody ? unquoted(inBody) : senderOf(message);
}

/** `'A B'` was quoted by a list that rewrote it. */
function unquoted(address: Address): Address {
  return { name: address.name.replace(/^'(.*)'$/, '$1'), address: address.address.toLowerCase() };
}
