/**
 * Search keys: integers that order messages by time and are the rowids of the search index.
 *
 * Because the index walks its rowids in order, "newest 50 of 40,000 hits" reads 50 of them and a date is a range of
 * keys. Eight keys belong to each second. Mails of one second are spread by a hash of their id, so that their order
 * does not depend on arrival; where a second is full (bombs, mails without any date) the spread doubles.
 */
import type { Connection } from './connection.ts';

const keysPerSecond = 8;
/** Forged dates beyond it (year 2242) are ordered as if they were of that day, which keeps keys below 2^53. */
const lastSecond = 2 ** 33;
/** A full second spreads its mails over later keys, in bombs over an hour and more: dates look so far ahead. */
const spreadKeys = 3600 * keysPerSecond;

/** The first key of the second that `ms` is in. */
export function firstSearchKey(ms: number): number {
  return Math.min(Math.max(Math.floor(ms / 1000), 0), lastSecond) * keysPerSecond;
}

/** All messages before `ms` have keys below it, save bombs of more than 28,000 mails in a second. */
export function searchKeyBound(ms: number): number {
  return firstSearchKey(ms) + keysPerSecond + spreadKeys;
}

/** A free key for a message of that time. */
export function makeSearchKey(connection: Connection, messageId: string, sortMs: number): number {
  const first = firstSearchKey(sortMs);
  let hash = textHash(messageId);
  for (let span = keysPerSecond; ; span *= 2) {
    const key = first + (hash % span);
    const taken = connection.get<{ found: number }>(
      'SELECT 1 AS found FROM message WHERE search_key = ?',
      key,
    );
    if (!taken) return key;
    hash = (Math.imul(hash, 0x01000193) ^ span) >>> 0;
  }
}

/** FNV-1a over UTF-16 units, 32 bits. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
