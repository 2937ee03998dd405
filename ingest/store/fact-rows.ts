/**
 * Fact rows: everything inferred, replaced by owner. How facts are packed: ./fact-pack.ts
 *
 * Trailers given are also indexed by name and person, for people pages and search.
 */
import type { Connection } from './connection.ts';
import { packedSubjects, packFacts, trailerKind, unpackFacts } from './fact-pack.ts';
import { findKey, findKeys, idsOf, keySet, makeKey } from './keys.ts';
import { makePage, pageLimit, readPosition } from './page-cursor.ts';
import type { PackedFacts, Page, PageRequest, StoredFact } from './store.ts';

/** What every engine's row of facts holds alike. */
export interface PackedFactRow {
  owner: string;
  kind: string;
  data: string | Uint8Array;
}

interface FactRow extends PackedFactRow {
  owner_key: number;
}

export function writeFacts(
  connection: Connection,
  owners: readonly string[],
  kinds: readonly string[],
  facts: readonly (StoredFact | PackedFacts)[],
): void {
  for (const owner of new Set(owners)) {
    for (const kind of new Set(kinds)) deleteFacts(connection, makeKey(connection, owner), kind);
  }
  for (const packed of packFacts(facts)) writePacked(connection, packed);
}

/** Takes away all facts that this owner gave, of one kind or of all. */
export function deleteFacts(connection: Connection, ownerKey: number, kind: string | null): void {
  const rows = connection.all<FactRow>(
    `SELECT owner_key, '' AS owner, kind, data FROM fact WHERE owner_key = ? AND kind = coalesce(?, kind)`,
    ownerKey,
    kind,
  );
  for (const row of rows) {
    for (const subject of packedSubjects(row.data)) {
      connection.run(
        'DELETE FROM fact_subject WHERE subject_key = ? AND kind = ? AND owner_key = ?',
        findKey(connection, subject) ?? 0,
        row.kind,
        ownerKey,
      );
    }
    if (row.kind === trailerKind) connection.run('DELETE FROM given_trailer WHERE owner_key = ?', ownerKey);
    connection.run('DELETE FROM fact WHERE owner_key = ? AND kind = ?', ownerKey, row.kind);
  }
}

function writePacked(connection: Connection, packed: PackedFacts): void {
  const { kind, owner, count, data, subjects, trailers } = packed;
  const ownerKey = makeKey(connection, owner);
  connection.run(
    'INSERT OR REPLACE INTO fact (owner_key, kind, count, data) VALUES (?, ?, ?, ?)',
    ownerKey,
    kind,
    count,
    data,
  );
  for (const subject of subjects) {
    connection.run(
      'INSERT OR IGNORE INTO fact_subject (subject_key, kind, owner_key) VALUES (?, ?, ?)',
      makeKey(connection, subject),
      kind,
      ownerKey,
    );
  }
  for (const { subject, place, name, address } of trailers) {
    connection.run(
      'INSERT INTO given_trailer (subject_key, owner_key, place, name, address) VALUES (?, ?, ?, ?, ?)',
      makeKey(connection, subject),
      ownerKey,
      place,
      name,
      address,
    );
  }
}

export interface FactFilter {
  readonly kinds: readonly string[];
  readonly owners?: readonly string[];
  readonly subjects?: readonly string[];
}

/** In order of owner, kind, and position as given. */
export function readFacts(connection: Connection, filter: FactFilter): StoredFact[] {
  const kinds = JSON.stringify(filter.kinds);
  const owners = filter.owners && keySet(findKeys(connection, filter.owners).values());
  const subjects = filter.subjects && keySet(findKeys(connection, filter.subjects).values());
  const wanted = filter.subjects ? new Set(filter.subjects) : null;
  // The pairs are joined from the left, so that a look-up costs what it finds, however many facts are held.
  const pairs = subjects
    ? `SELECT s.owner_key, s.kind FROM json_each(?) k CROSS JOIN json_each(?) v
         JOIN fact_subject s ON s.subject_key = v.value AND s.kind = k.value
       UNION SELECT v.value, k.value FROM json_each(?) k CROSS JOIN json_each(?) v`
    : owners
      ? 'SELECT v.value AS owner_key, k.value AS kind FROM json_each(?) k CROSS JOIN json_each(?) v'
      : 'SELECT f.owner_key, f.kind FROM fact f WHERE f.kind IN (SELECT value FROM json_each(?))';
  const values = subjects ? [kinds, subjects, kinds, subjects] : owners ? [kinds, owners] : [kinds];
  const alsoOwned = subjects && owners ? 'WHERE p.owner_key IN (SELECT value FROM json_each(?))' : '';
  if (subjects && owners) values.push(owners);
  return connection
    .all<FactRow>(
      `WITH pair (owner_key, kind) AS (${pairs})
       SELECT f.owner_key, i.id AS owner, f.kind, f.data FROM pair p
       CROSS JOIN fact f ON f.owner_key = p.owner_key AND f.kind = p.kind
       JOIN message_id i ON i.message_key = f.owner_key ${alsoOwned} ORDER BY i.id, f.kind`,
      ...values,
    )
    .flatMap(unpackGroup)
    .filter((fact) => wanted === null || wanted.has(fact.subject));
}

export type FactOwnerFilter =
  | { readonly owners: readonly string[] }
  | { readonly subjects: readonly string[] };

/** Which owners gave facts of a kind, or who gave them about others; nothing is unpacked. */
export function readFactOwners(connection: Connection, kind: string, filter: FactOwnerFilter): string[] {
  const ids = 'owners' in filter ? filter.owners : filter.subjects;
  const found =
    'owners' in filter
      ? 'fact f ON f.owner_key = given.value AND f.kind = ?'
      : 'fact_subject f ON f.subject_key = given.value AND f.kind = ?';
  const rows = connection.all<{ owner_key: number }>(
    `SELECT DISTINCT f.owner_key FROM json_each(?) given CROSS JOIN ${found}`,
    keySet(findKeys(connection, ids).values()),
    kind,
  );
  return [...idsOf(connection, new Set(rows.map((row) => row.owner_key))).values()];
}

/** All of one kind in order of (owner, position). */
export function listFacts(connection: Connection, kind: string, page: PageRequest): Page<StoredFact> {
  const rows = connection.iterate<FactRow>(
    `SELECT f.owner_key, i.id AS owner, f.kind, f.data FROM message_id i
     CROSS JOIN fact f ON f.owner_key = i.message_key AND f.kind = ? WHERE i.id >= ? ORDER BY i.id`,
    kind,
    firstOwner(page),
  );
  return factPage(rows, page);
}

/** The owner whose facts may be the first of a page. */
export function firstOwner(page: PageRequest): string {
  return String(readPosition(page, ['string', 'number'])?.[0] ?? '');
}

/** A page of rows from its first owner on, in order of owners; some of that one's facts may have been given already. */
export function factPage(rows: Iterable<PackedFactRow>, page: PageRequest): Page<StoredFact> {
  const limit = pageLimit(page);
  const [afterOwner, afterPlace] = readPosition(page, ['string', 'number']) ?? ['', -1];
  const found: { fact: StoredFact; place: number }[] = [];
  for (const row of rows) {
    unpackGroup(row).forEach((fact, place) => {
      if (row.owner !== afterOwner || place > Number(afterPlace)) found.push({ fact, place });
    });
    if (found.length > limit) break;
  }
  return makePage(
    found,
    limit,
    ({ fact, place }) => [fact.owner, place],
    ({ fact }) => fact,
  );
}

export function unpackGroup({ owner, kind, data }: PackedFactRow): StoredFact[] {
  return unpackFacts(owner, kind, data);
}
