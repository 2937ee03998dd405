/**
 * Held mail: what is held of the messages of a batch, as it changes mail by mail.
 */
import type { HeldRow } from '../message-rows.ts';
import type { Session } from './session.ts';

export interface Copy {
  raw_key: number;
  sha256: Buffer;
  size_bytes: number;
  arrived_ms: number | null;
  is_print: number;
}

export class HeldMail {
  readonly key: number;
  /** As it was before the batch; null where it was not held. */
  readonly row: HeldRow | null;
  readonly copies: Copy[];
  /** The copy that is shown now. */
  rawKey: number | null;
  readonly #places: Set<string>;

  constructor(key: number, row: HeldRow | null, copies: Copy[], places: Set<string>) {
    this.key = key;
    this.row = row;
    this.copies = copies;
    this.rawKey = row?.raw_key ?? null;
    this.#places = places;
  }

  /** The copy to show: see ../mail-rows.ts. */
  chosen(): Copy | undefined {
    return [...this.copies].sort(
      (a, b) =>
        a.is_print - b.is_print ||
        Number(a.arrived_ms === null) - Number(b.arrived_ms === null) ||
        (a.arrived_ms ?? 0) - (b.arrived_ms ?? 0) ||
        b.size_bytes - a.size_bytes ||
        a.sha256.compare(b.sha256),
    )[0];
  }

  /** Notes that a list has the copy; false where that was known. */
  appears(listKey: number, rawKey: number): boolean {
    const place = `${listKey} ${rawKey}`;
    if (this.#places.has(place)) return false;
    this.#places.add(place);
    return true;
  }
}

export const heldColumns = `message_key, search_key, raw_key, from_key, sort_ms, is_posting, parent_key, parent_is_guess,
  thread_key`;

/** One for each key, held or not. */
export async function readHeldMails(
  session: Session,
  keys: readonly number[],
): Promise<Map<number, HeldMail>> {
  const rows = await session.all<HeldRow>(
    `SELECT ${heldColumns} FROM message WHERE message_key = ANY(?)`,
    keys,
  );
  const copies = await session.all<Copy & { message_key: number }>(
    'SELECT raw_key, message_key, sha256, size_bytes, arrived_ms, is_print FROM raw WHERE message_key = ANY(?)',
    keys,
  );
  const places = await session.all<{ message_key: number; place: string }>(
    `SELECT DISTINCT message_key, list_key || ' ' || raw_key AS place FROM appearance WHERE message_key = ANY(?)`,
    keys,
  );
  const heldRows = new Map(rows.map((row) => [row.message_key, row]));
  const held = new Map<number, HeldMail>();
  for (const key of keys) {
    const own = copies.filter((copy) => copy.message_key === key);
    const at = new Set(places.filter((row) => row.message_key === key).map(({ place }) => place));
    held.set(key, new HeldMail(key, heldRows.get(key) ?? null, own, at));
  }
  return held;
}
