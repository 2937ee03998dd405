/**
 * Search keys: integers that order messages by time and are the rowids of the search index.
 *
 * Because the index walks its rowids in order, "newest 50 of 40,000 hits" reads 50 of them and a date is a range of
 * keys. One key stands for 15 seconds: finer ones would lie so far apart that the index grows by a tenth. Where a key is
 * taken, a hash of the id chooses one of the next 2, then 4, and so on, so that the order hardly depends on arrival;
 * pages put the few neighbours that so change places right (./search-rows.ts).
 */
import type { Connection } from './connection.ts';

const keyMs = 15_000;
/** Forged dates beyond it (year 5138) are ordered as if they were of that day. */
const lastMs = 1e14;
/** How far bombs and mails without any date spread, at most: four days' keys take 23,000 mails of one moment. */
const spreadKeys = (4 * 86_400_000) / keyMs;

/** The first key that a message sent at `ms` can have. */
export function firstSearchKey(ms: number): number {
  return Math.floor(Math.min(Math.max(ms, 0), lastMs) / keyMs);
}

/** A key that all messages sent before `ms` are below. */
export function searchKeyBound(ms: number): number {
  return firstSearchKey(ms) + 1 + spreadKeys;
}

/** A free key for a message of that time. */
export function makeSearchKey(connection: Connection, messageId: string, sortMs: number): number {
  for (const key of searchKeys(messageId, sortMs)) {
    const taken = connection.get<{ found: number }>(
      'SELECT 1 AS found FROM message WHERE search_key = ?',
      key,
    );
    if (!taken) return key;
  }
  return 0;
}

/** The keys that a message of that time may have, without an end: the first one that is free is its own. */
export function* searchKeys(messageId: string, sortMs: number): Generator<number, never> {
  const first = firstSearchKey(sortMs);
  let hash = textHash(messageId);
  for (let span = 1; ; span *= 2) {
    yield first + (hash % span);
    hash = (Math.imul(hash, 0x01000193) ^ span) >>> 0;
  }
}

/** FNV-1a over UTF-16 units, 32 bits. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
