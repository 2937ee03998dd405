/**
 * Raw rows: the bytes of mails, and where they came from.
 */
import type { Connection } from './connection.ts';
import { findKey, findKeys, keySet } from './keys.ts';
import { type RawPlace, readBlocks } from './raw-blocks.ts';
import type { Appearance, RawCopy } from './store.ts';

interface RawRow extends RawPlace {
  id: string;
  sha256: Uint8Array;
}

const placeColumns = 'r.block_key, r.start, r.size_bytes';

/** The copy to show of each held message. */
export function readRaw(connection: Connection, messageIds: readonly string[]): Map<string, Uint8Array> {
  const rows = connection.all<RawRow>(
    `SELECT i.id, r.sha256, ${placeColumns} FROM message m JOIN message_id i USING (message_key)
     JOIN raw r ON r.raw_key = m.raw_key WHERE m.message_key IN (SELECT value FROM json_each(?))`,
    keySet(findKeys(connection, messageIds).values()),
  );
  const found = new Map<string, Uint8Array>();
  readBlocks(connection, rows, (row, raw) => found.set(row.id, raw));
  return found;
}

/** All copies, the one to show first. */
export function readRawCopies(connection: Connection, messageId: string): RawCopy[] {
  const rows = connection.all<RawRow>(
    `SELECT '' AS id, r.sha256, ${placeColumns} FROM raw r WHERE message_key = ?
     ORDER BY is_print, arrived_ms IS NULL, arrived_ms, size_bytes DESC, sha256`,
    findKey(connection, messageId) ?? 0,
  );
  const bytes = new Map<RawRow, Uint8Array>();
  readBlocks(connection, rows, (row, raw) => bytes.set(row, raw));
  return rows.map((row) => ({ sha256: hex(row.sha256), raw: bytes.get(row) ?? Buffer.of() }));
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
