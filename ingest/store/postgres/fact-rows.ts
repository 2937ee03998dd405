/**
 * Fact rows: everything inferred, replaced by owner, for batches. How facts are packed: ../fact-pack.ts
 */
import { packFacts, trailerKind } from '../fact-pack.ts';
import {
  type FactFilter,
  type FactOwnerFilter,
  factPage,
  firstOwner,
  type PackedFactRow,
  unpackGroup,
} from '../fact-rows.ts';
import { packedBytes } from '../packed-json.ts';
import { pageLimit } from '../page-cursor.ts';
import type { PackedFacts, Page, PageRequest, StoredFact } from '../store.ts';
import { insertRows, replaceRows } from './bulk.ts';
import { keyIn, makeKeys } from './keys.ts';
import type { Session } from './session.ts';

export async function writeFacts(
  session: Session,
  owners: readonly string[],
  kinds: readonly string[],
  facts: readonly (StoredFact | PackedFacts)[],
): Promise<void> {
  const packed = packFacts(facts);
  const keys = await makeKeys(session, [
    ...owners,
    ...packed.flatMap(({ owner, subjects, trailers }) => [
      owner,
      ...subjects,
      ...trailers.map(({ subject }) => subject),
    ]),
  ]);
  const ownerKeys = owners.map((owner) => keyIn(keys, owner));
  for (const table of ['fact', 'fact_subject']) {
    await session.all(`DELETE FROM ${table} WHERE owner_key = ANY(?) AND kind = ANY(?)`, ownerKeys, kinds);
  }
  const trailered = packed.filter(({ kind }) => kind === trailerKind).map(({ owner }) => keyIn(keys, owner));
  await session.all(
    'DELETE FROM given_trailer WHERE owner_key = ANY(?)',
    kinds.includes(trailerKind) ? [...ownerKeys, ...trailered] : trailered,
  );
  await insertPacked(session, packed, keys);
}

async function insertPacked(
  session: Session,
  packed: readonly PackedFacts[],
  keys: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = packed.map(({ kind, owner, count, data }) => ({
    owner_key: keyIn(keys, owner),
    kind,
    count,
    data: packedBytes(data),
  }));
  const columns = { owner_key: 'bigint', kind: 'text', count: 'integer', data: 'bytea' } as const;
  await replaceRows(session, 'fact', ['owner_key', 'kind'], columns, rows);
  await insertRows(
    session,
    'fact_subject',
    { subject_key: 'bigint', kind: 'text', owner_key: 'bigint' },
    packed.flatMap(({ kind, owner, subjects }) =>
      subjects.map((subject) => ({ subject_key: keyIn(keys, subject), kind, owner_key: keyIn(keys, owner) })),
    ),
    'ON CONFLICT (subject_key, kind, owner_key) DO NOTHING',
  );
  await insertRows(
    session,
    'given_trailer',
    { subject_key: 'bigint', owner_key: 'bigint', place: 'integer', name: 'text', address: 'text' },
    packed.flatMap(({ owner, trailers }) =>
      trailers.map(({ subject, ...rest }) => ({
        subject_key: keyIn(keys, subject),
        owner_key: keyIn(keys, owner),
        ...rest,
      })),
    ),
  );
}

/** Takes away all facts that these owners gave. */
export const deleteFactsSql = ['fact', 'fact_subject', 'given_trailer'].map(
  (table) => `DELETE FROM ${table} WHERE owner_key = ?`,
);

/** In order of owner, kind, and position as given. */
export async function readFacts(
  session: Session,
  { kinds, owners, subjects }: FactFilter,
): Promise<StoredFact[]> {
  const wanted = subjects ? new Set(subjects) : null;
  const keysOf = '(SELECT message_key FROM message_id WHERE id = ANY(?))';
  // Pairs of owner and kind, by which facts are found: a look-up costs what it finds, however many facts are held.
  const pairs = subjects
    ? `SELECT s.owner_key, s.kind FROM fact_subject s WHERE s.subject_key IN ${keysOf} AND s.kind = ANY(?)
       UNION SELECT i.message_key, k.kind FROM message_id i, unnest(?::text[]) AS k (kind) WHERE i.id = ANY(?)`
    : owners
      ? `SELECT i.message_key, k.kind FROM message_id i, unnest(?::text[]) AS k (kind) WHERE i.id = ANY(?)`
      : 'SELECT f.owner_key, f.kind FROM fact f WHERE f.kind = ANY(?)';
  const rows = await session.all<PackedFactRow>(
    `WITH pair (owner_key, kind) AS (${pairs})
     SELECT i.id AS owner, f.kind, f.data FROM pair p
     JOIN fact f ON f.owner_key = p.owner_key AND f.kind = p.kind
     JOIN message_id i ON i.message_key = f.owner_key ${subjects && owners ? 'WHERE i.id = ANY(?)' : ''}
     ORDER BY i.id, f.kind`,
    ...(subjects ? [subjects, kinds, kinds, subjects] : owners ? [kinds, owners] : [kinds]),
    ...(subjects && owners ? [owners] : []),
  );
  return rows.flatMap(unpackGroup).filter((fact) => wanted === null || wanted.has(fact.subject));
}

/** Which owners gave facts of a kind, or who gave them about others; nothing is unpacked. */
export async function readFactOwners(
  session: Session,
  kind: string,
  filter: FactOwnerFilter,
): Promise<string[]> {
  const isOwners = 'owners' in filter;
  const rows = await session.all<{ id: string }>(
    `SELECT DISTINCT i.id FROM message_id given
     JOIN ${isOwners ? 'fact f ON f.owner_key' : 'fact_subject f ON f.subject_key'} = given.message_key
     JOIN message_id i ON i.message_key = f.owner_key WHERE given.id = ANY(?) AND f.kind = ?`,
    isOwners ? filter.owners : filter.subjects,
    kind,
  );
  return rows.map(({ id }) => id);
}

/** All of one kind in order of (owner, position). */
export async function listFacts(
  session: Session,
  kind: string,
  page: PageRequest,
): Promise<Page<StoredFact>> {
  // Every row holds a fact at least, but the first of them may have been given already.
  const rows = await session.all<PackedFactRow>(
    `SELECT i.id AS owner, f.kind, f.data FROM message_id i JOIN fact f ON f.owner_key = i.message_key
     WHERE f.kind = ? AND i.id >= ? ORDER BY i.id LIMIT ?`,
    kind,
    firstOwner(page),
    pageLimit(page) + 2,
  );
  return factPage(rows, page);
}
