/**
 * Copy rows: the differing copies of messages as some lists, or all of them, had them.
 *
 * A list may add a footer, so two copies of one message count as two only where what stands below their headers
 * differs: the ways that a mail took do not make another mail of it.
 */
import type { Connection } from './connection.ts';
import { findKeys, keySet } from './keys.ts';
import { type RawPlace, readBlocks } from './raw-blocks.ts';

interface CopyRow extends RawPlace {
  id: string;
  is_print: number;
}

/** Real copies in order of arrival; a web archive's print only where there is no other. */
export function readCopies(
  connection: Connection,
  messageIds: readonly string[],
  lists: readonly string[] | null,
): Map<string, Uint8Array[]> {
  const keys = keySet(findKeys(connection, messageIds).values());
  const onList = `AND EXISTS (SELECT 1 FROM appearance a WHERE a.message_key = r.message_key AND a.raw_key = r.raw_key
    AND a.list_key IN (SELECT list_key FROM list WHERE name IN (SELECT value FROM json_each(?))))`;
  const rows = connection.all<CopyRow>(
    `SELECT i.id, r.is_print, r.block_key, r.start, r.size_bytes FROM raw r JOIN message_id i USING (message_key)
     WHERE r.message_key IN (SELECT value FROM json_each(?)) ${lists === null ? '' : onList}
     ORDER BY r.is_print, r.arrived_ms IS NULL, r.arrived_ms, r.sha256`,
    keys,
    ...(lists === null ? [] : [JSON.stringify(lists)]),
  );
  const bytes = new Map<CopyRow, Uint8Array>();
  readBlocks(connection, rows, (row, raw) => bytes.set(row, raw));
  return differingCopies(
    rows.map((row) => ({ id: row.id, isPrint: row.is_print === 1, raw: bytes.get(row) ?? Buffer.of() })),
  );
}

/** Copies by message, of those that stand in order of arrival; prints only where there is no real one. */
export function differingCopies(
  rows: readonly { readonly id: string; readonly isPrint: boolean; readonly raw: Uint8Array }[],
): Map<string, Uint8Array[]> {
  const real = new Set(rows.filter((row) => !row.isPrint).map((row) => row.id));
  const copies = new Map<string, Uint8Array[]>();
  for (const { id, isPrint, raw } of rows) {
    const known = copies.get(id) ?? [];
    if (isPrint && real.has(id)) continue;
    if (!known.some((other) => isSameBody(other, raw))) copies.set(id, [...known, raw]);
  }
  return copies;
}

function isSameBody(a: Uint8Array, b: Uint8Array): boolean {
  return bodyOf(a).equals(bodyOf(b));
}

function bodyOf(raw: Uint8Array): Buffer {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const plain = bytes.indexOf('\n\n');
  const crlf = bytes.indexOf('\n\r\n');
  if (plain < 0 && crlf < 0) return bytes;
  return bytes.subarray(crlf >= 0 && (plain < 0 || crlf < plain) ? crlf + 3 : plain + 2);
}
