/**
 * Posting rows: postings and their link keys, as written and as read back. Their packed form: ./posting-pack.ts
 */
import type { Posting } from '../model/posting.ts';
import type { Connection } from './connection.ts';
import { findKeys, keySet, makePersonKey } from './keys.ts';
import { linkHash, unpackPosting } from './posting-pack.ts';
import type { NeighbourQuery, PackedPosting } from './store.ts';

interface PostingRow {
  id: string;
  line_hashes: Uint8Array;
  word_hashes: Uint8Array;
  data: string | Uint8Array;
}

export function writePosting(connection: Connection, messageKey: number, posting: PackedPosting): void {
  connection.run(
    `INSERT INTO posting (message_key, sent_ms, author_key, is_cover, has_diff, is_rfc, is_resend, patch_id, change_id,
       trailer_names, link_hashes, line_hashes, word_hashes, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    messageKey,
    posting.sentMs,
    makePersonKey(connection, posting.authorAddress),
    Number(posting.isCover),
    Number(posting.hasDiff),
    Number(posting.isRfc),
    Number(posting.isResend),
    posting.patchId,
    posting.changeId,
    posting.trailerNames,
    JSON.stringify(posting.linkHashes),
    posting.lineHashes,
    posting.wordHashes,
    posting.data,
  );
  for (const hash of posting.linkHashes) {
    connection.run(
      'INSERT INTO link_key (hash, sent_ms, message_key) VALUES (?, ?, ?)',
      hash,
      posting.sentMs,
      messageKey,
    );
  }
}

/** Takes a posting and its link keys away. */
export function deletePosting(connection: Connection, messageKey: number): void {
  connection.run(
    `DELETE FROM link_key WHERE (hash, sent_ms, message_key) IN (
       SELECT value, sent_ms, message_key FROM posting, json_each(link_hashes) WHERE message_key = ?)`,
    messageKey,
  );
  connection.run('DELETE FROM posting WHERE message_key = ?', messageKey);
}

export function readPostings(connection: Connection, messageIds: readonly string[]): Map<string, Posting> {
  const keys = findKeys(connection, messageIds);
  const rows = connection.all<PostingRow>(
    `SELECT i.id, p.line_hashes, p.word_hashes, p.data FROM posting p JOIN message_id i USING (message_key)
     WHERE p.message_key IN (SELECT value FROM json_each(?))`,
    keySet(keys.values()),
  );
  return new Map(
    rows.map(({ id, data, line_hashes: lineHashes, word_hashes: wordHashes }) => [
      id,
      unpackPosting({ data, lineHashes, wordHashes }),
    ]),
  );
}

interface LinkRow {
  id: string;
  sent_ms: number;
}

/** Ids of the postings that carry the key, nearest first, then by id. */
export function findNeighbours(connection: Connection, query: NeighbourQuery): string[] {
  const isOlder = query.direction === 'older';
  const within = query.withinMs ?? Number.MAX_SAFE_INTEGER;
  const bound = isOlder ? Math.max(query.atMs - within, -Number.MAX_SAFE_INTEGER) : query.atMs + within;
  const [from, to] = isOlder ? [bound, query.atMs] : [query.atMs, bound];
  const hash = linkHash(query.key);
  const rows = connection.all<LinkRow>(
    `SELECT i.id, k.sent_ms FROM link_key k JOIN message_id i USING (message_key)
     WHERE k.hash = ? AND k.sent_ms BETWEEN ? AND ? ORDER BY k.sent_ms ${isOlder ? 'DESC' : 'ASC'} LIMIT ?`,
    hash,
    from,
    to,
    query.limit,
  );
  return withTies(connection, hash, rows, query.limit).map((row) => row.id);
}

/** Of several postings sent at the last moment that fits, the smallest ids count, not the first that came. */
function withTies(connection: Connection, hash: number, rows: LinkRow[], limit: number): LinkRow[] {
  const last = rows.at(-1);
  const found = new Map(rows.map((row) => [row.id, row]));
  if (last && rows.length === limit) {
    const ties = connection.all<LinkRow>(
      `SELECT i.id, k.sent_ms FROM link_key k JOIN message_id i USING (message_key)
       WHERE k.hash = ? AND k.sent_ms = ?`,
      hash,
      last.sent_ms,
    );
    for (const row of ties) found.set(row.id, row);
  }
  const first = rows[0]?.sent_ms ?? 0;
  return [...found.values()]
    .sort((a, b) => Math.abs(a.sent_ms - first) - Math.abs(b.sent_ms - first) || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}
