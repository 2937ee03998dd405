/**
 * Posting rows: postings and their link keys, as written and as read back. Their packed form: ./posting-pack.ts
 */
import { groupBy } from '../model/group-by.ts';
import type { Posting } from '../model/posting.ts';
import type { Connection } from './connection.ts';
import { findKeys, idsOf, keySet, makePersonKey } from './keys.ts';
import { linkHash, unpackPosting } from './posting-pack.ts';
import type { NeighbourQuery, PackedPosting } from './store.ts';

interface PostingRow {
  message_key: number;
  line_hashes: Uint8Array;
  word_hashes: Uint8Array;
  data: string | Uint8Array;
}

export function writePosting(connection: Connection, messageKey: number, posting: PackedPosting): void {
  connection.postings.forget(messageKey);
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
  connection.postings.forget(messageKey);
  connection.run(
    `DELETE FROM link_key WHERE (hash, sent_ms, message_key) IN (
       SELECT value, sent_ms, message_key FROM posting, json_each(link_hashes) WHERE message_key = ?)`,
    messageKey,
  );
  connection.run('DELETE FROM posting WHERE message_key = ?', messageKey);
}

/** In the order in which they came first. */
export function readPostings(connection: Connection, messageIds: readonly string[]): Map<string, Posting> {
  const wanted = [...findKeys(connection, messageIds)].sort(([, a], [, b]) => a - b);
  connection.postings.refresh();
  const found = new Map<number, Posting>();
  for (const [, key] of wanted) {
    const known = connection.postings.get(key);
    if (known) found.set(key, known);
  }
  const missing = wanted.flatMap(([, key]) => (found.has(key) ? [] : key));
  for (const [key, posting] of unpackRows(connection, missing)) {
    found.set(key, posting);
    connection.postings.keep(key, posting);
  }
  return new Map(
    wanted.flatMap(([id, key]): [string, Posting][] => {
      const posting = found.get(key);
      return posting ? [[id, posting]] : [];
    }),
  );
}

function unpackRows(connection: Connection, keys: readonly number[]): [number, Posting][] {
  if (keys.length === 0) return [];
  const rows = connection.all<PostingRow>(
    `SELECT message_key, line_hashes, word_hashes, data FROM posting
     WHERE message_key IN (SELECT value FROM json_each(?))`,
    keySet(keys),
  );
  return rows.map(({ message_key: key, data, line_hashes: lineHashes, word_hashes: wordHashes }) => [
    key,
    unpackPosting({ data, lineHashes, wordHashes }),
  ]);
}

interface LinkRow {
  message_key: number;
  sent_ms: number;
}

/** For each query ids of the postings that carry the key, nearest first, then by id. */
export function findNeighbours(connection: Connection, queries: readonly NeighbourQuery[]): string[][] {
  const answers = findNearest(connection, queries);
  const ids = idsOf(connection, new Set(answers.flat().map((row) => row.message_key)));
  return answers.map((rows, at) => {
    const first = rows[0]?.sent_ms ?? 0;
    if (rows.length < 2) return rows.map(({ message_key: key }) => ids.get(key) ?? '');
    return rows
      .map(({ message_key: key, sent_ms: ms }) => ({
        id: ids.get(key) ?? '',
        distance: Math.abs(ms - first),
      }))
      .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
      .slice(0, queries[at]?.limit)
      .map(({ id }) => id);
  });
}

/** A query as SQL takes it: hash, first and last time. */
type Reach = readonly [hash: number, fromMs: number, toMs: number];

/** One statement answers all queries of a direction and limit: a mail asks hundreds, and each call costs more than its rows. */
function findNearest(connection: Connection, queries: readonly NeighbourQuery[]): LinkRow[][] {
  const reaches = reachesOf(queries);
  const answers: LinkRow[][] = queries.map(() => []);
  const kinds = groupBy([...queries.keys()], (at) => `${queries[at]?.direction} ${queries[at]?.limit}`);
  for (const places of kinds.values()) {
    const { direction = 'older', limit = 0 } = queries[places[0] ?? 0] ?? {};
    const found = connection.all<{ near: string | null }>(
      `SELECT (SELECT group_concat(message_key || ' ' || sent_ms) FROM (
         SELECT message_key, sent_ms FROM link_key
         WHERE hash = given.value ->> 0 AND sent_ms BETWEEN given.value ->> 1 AND given.value ->> 2
         ORDER BY sent_ms ${direction === 'older' ? 'DESC' : 'ASC'} LIMIT ?)) AS near
       FROM json_each(?) given ORDER BY given.key`,
      // One more says whether the last place is shared.
      limit + 1,
      JSON.stringify(places.map((at) => reaches[at])),
    );
    found.forEach(({ near }, index) => {
      const at = places[index] ?? 0;
      const rows = readNear(near);
      const isShared = rows.length > limit && rows[limit]?.sent_ms === rows[limit - 1]?.sent_ms;
      answers[at] = isShared ? withTies(connection, reaches[at]?.[0] ?? 0, rows) : rows.slice(0, limit);
    });
  }
  return answers;
}

function reachesOf(queries: readonly NeighbourQuery[]): Reach[] {
  const hashes = new Map<string, number>();
  return queries.map(({ key, direction, atMs, withinMs = Number.MAX_SAFE_INTEGER }) => {
    const hash = hashes.get(key) ?? linkHash(key);
    hashes.set(key, hash);
    return direction === 'older'
      ? [hash, Math.max(atMs - withinMs, -Number.MAX_SAFE_INTEGER), atMs]
      : [hash, atMs, atMs + withinMs];
  });
}

/** `17 1593440000000,12 1593450000000`: keys and times, nearest first. */
function readNear(near: string | null): LinkRow[] {
  if (near === null) return [];
  return near.split(',').map((pair) => {
    const [key, ms] = pair.split(' ');
    return { message_key: Number(key), sent_ms: Number(ms) };
  });
}

/** Of several postings sent at the last moment that fits, the smallest ids count, not the first that came. */
function withTies(connection: Connection, hash: number, rows: readonly LinkRow[]): LinkRow[] {
  const lastMs = rows.at(-1)?.sent_ms ?? 0;
  const ties = connection.all<LinkRow>(
    'SELECT message_key, sent_ms FROM link_key WHERE hash = ? AND sent_ms = ?',
    hash,
    lastMs,
  );
  return [...rows.filter((row) => row.sent_ms !== lastMs), ...ties];
}
