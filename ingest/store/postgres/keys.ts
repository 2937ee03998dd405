/**
 * Keys: the integers that stand for Message-IDs, lists and people, found or made for whole batches. What they are:
 * ../keys.ts
 */
import type { Session } from './session.ts';

interface Names {
  readonly table: string;
  readonly key: string;
  readonly name: string;
}

/** Keys of these Message-IDs, made in this order where there are none. */
export function makeKeys(session: Session, ids: Iterable<string>): Promise<Map<string, number>> {
  return intern(session, { table: 'message_id', key: 'message_key', name: 'id' }, ids);
}

export function makeListKeys(session: Session, names: Iterable<string>): Promise<Map<string, number>> {
  return intern(session, { table: 'list', key: 'list_key', name: 'name' }, names);
}

export function makePersonKeys(session: Session, addresses: Iterable<string>): Promise<Map<string, number>> {
  return intern(session, { table: 'person', key: 'person_key', name: 'address' }, addresses);
}

/** The key that `makeKeys` gave. */
export function keyIn(keys: ReadonlyMap<string, number>, name: string): number {
  return keys.get(name) ?? 0;
}

async function intern(session: Session, names: Names, given: Iterable<string>): Promise<Map<string, number>> {
  const wanted = [...new Set(given)];
  const keys = await find(session, names, wanted);
  const missing = wanted.filter((name) => !keys.has(name));
  if (missing.length === 0) return keys;
  const { table, name } = names;
  await session.all(
    `INSERT INTO ${table} (${name}) SELECT given.name FROM unnest(?::text[]) WITH ORDINALITY AS given (name, place)
     ORDER BY given.place ON CONFLICT (${name}) DO NOTHING`,
    missing,
  );
  // Another program may have made some of them meanwhile.
  for (const [text, key] of await find(session, names, missing)) keys.set(text, key);
  return keys;
}

async function find(
  session: Session,
  { table, key, name }: Names,
  wanted: readonly string[],
): Promise<Map<string, number>> {
  const rows = await session.all<{ key: number; name: string }>(
    `SELECT ${key} AS key, ${name} AS name FROM ${table} WHERE ${name} = ANY(?)`,
    wanted,
  );
  return new Map(rows.map((row) => [row.name, row.key]));
}
