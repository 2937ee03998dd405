/**
 * Raw rows: the bytes of mails, and where they came from.
 */
import type { Connection } from './connection.ts';
import { findKey, findKeys, keySet } from './keys.ts';
import { unpackRaw } from './packed-raw.ts';
import type { Appearance, RawCopy } from './store.ts';

interface RawRow {
  id: string;
  sha256: Uint8Array;
  size_bytes: number;
  packed: Uint8Array;
}

/** The copy to show of each held message. */
export function readRaw(connection: Connection, messageIds: readonly string[]): Map<string, Uint8Array> {
  const rows = connection.all<RawRow>(
    `SELECT i.id, r.sha256, r.size_bytes, r.packed FROM message m JOIN message_id i USING (message_key)
     JOIN raw r ON r.raw_key = m.raw_key WHERE m.message_key IN (SELECT value FROM json_each(?))`,
    keySet(findKeys(connection, messageIds).values()),
  );
  return new Map(rows.map((row) => [row.id, unpackRaw(row.packed, row.size_bytes)]));
}

/** All copies, the one to show first. */
export function readRawCopies(connection: Connection, messageId: string): RawCopy[] {
  return connection
    .all<RawRow>(
      `SELECT '' AS id, sha256, size_bytes, packed FROM raw WHERE message_key = ?
       ORDER BY arrived_ms IS NULL, arrived_ms, sha256`,
      findKey(connection, messageId) ?? 0,
    )
    .map((row) => ({ sha256: hex(row.sha256), raw: unpackRaw(row.packed, row.size_bytes) }));
}

export function readAppearances(connection: Connection, messageId: string): Appearance[] {
  return connection
    .all<{ list: string; source: string; arrivedMs: number | null; sha256: Uint8Array }>(
      `SELECT l.name AS list, s.location AS source, a.arrived_ms AS arrivedMs, r.sha256
       FROM appearance a JOIN list l USING (list_key) JOIN source s USING (source_key) JOIN raw r USING (raw_key)
       WHERE a.message_key = ? ORDER BY l.name, s.location, r.sha256`,
      findKey(connection, messageId) ?? 0,
    )
    .map(({ sha256, ...rest }) => ({ ...rest, rawSha256: hex(sha256) }));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
