/**
 * Posting rows: postings and their link keys, for batches. Their packed form: ../posting-pack.ts
 */
import type { Posting } from '../../model/posting.ts';
import { packedBytes } from '../packed-json.ts';
import { linkHash, unpackPosting } from '../posting-pack.ts';
import type { NeighbourQuery, PackedPosting } from '../store.ts';
import { insertRows } from './bulk.ts';
import { keyIn } from './keys.ts';
import type { Session } from './session.ts';

export async function writePostings(
  session: Session,
  postings: readonly { readonly messageKey: number; readonly posting: PackedPosting }[],
  people: ReadonlyMap<string, number>,
): Promise<void> {
  const columns = {
    ...({ message_key: 'bigint', sent_ms: 'bigint', author_key: 'bigint', is_cover: 'smallint' } as const),
    ...({ has_diff: 'smallint', is_rfc: 'smallint', is_resend: 'smallint', patch_id: 'bytea' } as const),
    ...({ change_id: 'text', trailer_names: 'text', link_hashes: 'numbers', line_hashes: 'bytea' } as const),
    ...({ word_hashes: 'bytea', data: 'bytea' } as const),
  };
  const rows = postings.map(({ messageKey, posting }) => ({
    message_key: messageKey,
    sent_ms: posting.sentMs,
    author_key: keyIn(people, posting.authorAddress),
    is_cover: Number(posting.isCover),
    has_diff: Number(posting.hasDiff),
    is_rfc: Number(posting.isRfc),
    is_resend: Number(posting.isResend),
    patch_id: posting.patchId,
    change_id: posting.changeId,
    trailer_names: posting.trailerNames,
    link_hashes: posting.linkHashes.join(' '),
    line_hashes: posting.lineHashes,
    word_hashes: posting.wordHashes,
    data: packedBytes(posting.data),
  }));
  await insertRows(session, 'posting', columns, rows);
  const links = postings.flatMap(({ messageKey, posting }) =>
    posting.linkHashes.map((hash) => ({ hash, sent_ms: posting.sentMs, message_key: messageKey })),
  );
  await insertRows(session, 'link_key', { hash: 'bigint', sent_ms: 'bigint', message_key: 'bigint' }, links);
}

/** Takes postings and their link keys away, by one list of keys each. */
export const deletePostingSql = [
  `DELETE FROM link_key l USING posting p, unnest(p.link_hashes) AS own (hash)
   WHERE p.message_key = ANY(?) AND l.hash = own.hash AND l.sent_ms = p.sent_ms AND l.message_key = p.message_key`,
  'DELETE FROM posting WHERE message_key = ANY(?)',
] as const;

export async function deletePostings(session: Session, messageKeys: readonly number[]): Promise<void> {
  for (const sql of deletePostingSql) await session.all(sql, messageKeys);
}

interface PostingRow {
  id: string;
  line_hashes: Uint8Array;
  word_hashes: Uint8Array;
  data: Uint8Array;
}

/** In the order in which they came first. */
export async function readPostings(
  session: Session,
  messageIds: readonly string[],
): Promise<Map<string, Posting>> {
  const rows = await session.all<PostingRow>(
    `SELECT i.id, p.line_hashes, p.word_hashes, p.data FROM message_id i
     JOIN posting p ON p.message_key = i.message_key WHERE i.id = ANY(?) ORDER BY i.message_key`,
    messageIds,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      unpackPosting({ data: row.data, lineHashes: row.line_hashes, wordHashes: row.word_hashes }),
    ]),
  );
}

interface LinkRow {
  query: number;
  sent_ms: number;
  id: string;
}

/** For each query ids of the postings that carry the key, nearest first, then by id; of ties at the end the smallest ids. */
export async function findNeighbours(
  session: Session,
  queries: readonly NeighbourQuery[],
): Promise<string[][]> {
  const answers: string[][] = queries.map(() => []);
  for (const direction of ['older', 'newer'] as const) {
    const asked = queries.flatMap((query, at) => (query.direction === direction ? [{ ...query, at }] : []));
    const rows = asked.length > 0 ? await findNearest(session, asked, direction === 'older') : [];
    for (const { query, id } of rows) answers[query]?.push(id);
  }
  return answers;
}

function findNearest(
  session: Session,
  asked: readonly (NeighbourQuery & { readonly at: number })[],
  isOlder: boolean,
): Promise<LinkRow[]> {
  const endless = Number.MAX_SAFE_INTEGER;
  const bounds = asked.map(({ atMs, withinMs = endless }) =>
    isOlder ? [Math.max(atMs - withinMs, -endless), atMs] : [atMs, Math.min(atMs + withinMs, endless)],
  );
  return session.all<LinkRow>(
    `SELECT given.query, found.sent_ms, found.id
     FROM unnest(?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::integer[])
       AS given (query, hash, from_ms, to_ms, most)
     CROSS JOIN LATERAL (
       SELECT near.sent_ms, i.id FROM (
         SELECT l.message_key, l.sent_ms FROM link_key l
         WHERE l.hash = given.hash AND l.sent_ms BETWEEN given.from_ms AND given.to_ms
         ORDER BY l.sent_ms ${isOlder ? 'DESC' : 'ASC'} FETCH FIRST (given.most) ROWS WITH TIES) near
       JOIN message_id i ON i.message_key = near.message_key
       ORDER BY near.sent_ms ${isOlder ? 'DESC' : 'ASC'}, i.id LIMIT given.most) found
     ORDER BY given.query, found.sent_ms ${isOlder ? 'DESC' : 'ASC'}, found.id`,
    asked.map(({ at }) => at),
    asked.map(({ key }) => linkHash(key)),
    bounds.map(([from]) => from),
    bounds.map(([, to]) => to),
    asked.map(({ limit }) => limit),
  );
}
