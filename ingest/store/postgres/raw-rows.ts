/**
 * Raw rows: the bytes of mails, in blocks (../raw-blocks.ts). What a read needs is read by one statement, since another
 * program may cut a block meanwhile.
 */
import { type BlockRow, type PackedBlock, packBlock, type RawPlace, unpackBlock } from '../raw-blocks.ts';
import { all, get, type Steps } from '../steps.ts';
import type { Appearance, RawCopy } from '../store.ts';
import { partBlocks } from './partitions.ts';
import type { Session } from './session.ts';

interface PlacedRow extends RawPlace {
  id: string;
  sha256: Uint8Array;
  is_print: number;
  block_bytes: number | null;
  packed: Uint8Array | null;
}

/** Rows in their order, each with its bytes; the block comes with the first row that stands in it. */
async function readPlaced(
  session: Session,
  where: string,
  order: string,
  ...values: Parameters<Session['all']>[1][]
): Promise<{ row: PlacedRow; raw: Uint8Array }[]> {
  const rows = await session.all<PlacedRow>(
    `WITH placed AS (
       SELECT i.id, r.*, row_number() OVER (PARTITION BY r.block_key ORDER BY r.raw_key) AS nth
       FROM raw r JOIN message_id i ON i.message_key = r.message_key ${where})
     SELECT p.id, p.sha256, p.is_print, p.block_key, p.start, p.size_bytes, b.size_bytes AS block_bytes, b.packed
     FROM placed p LEFT JOIN raw_block b ON b.block_key = p.block_key AND p.nth = 1 ORDER BY ${order}`,
    ...values,
  );
  const blocks = new Map<number, Uint8Array>();
  for (const { block_key, block_bytes, packed } of rows) {
    if (packed) blocks.set(block_key, unpackBlock({ block_key, size_bytes: block_bytes ?? 0, packed }));
  }
  return rows.map((row) => {
    const bytes = blocks.get(row.block_key) ?? Buffer.of();
    return { row, raw: Buffer.from(bytes.subarray(row.start, row.start + row.size_bytes)) };
  });
}

/** The copy to show of each held message. */
export async function readRaw(
  session: Session,
  messageIds: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const placed = await readPlaced(
    session,
    'JOIN message m ON m.message_key = r.message_key AND m.raw_key = r.raw_key WHERE i.id = ANY(?)',
    'p.raw_key',
    messageIds,
  );
  return new Map(placed.map(({ row, raw }) => [row.id, raw]));
}

/** All copies, the one to show first. */
export async function readRawCopies(session: Session, messageId: string): Promise<RawCopy[]> {
  const order = 'p.is_print, p.arrived_ms IS NULL, p.arrived_ms, p.size_bytes DESC, p.sha256';
  const placed = await readPlaced(session, 'WHERE i.id = ?', order, messageId);
  return placed.map(({ row, raw }) => ({ sha256: hex(row.sha256), raw }));
}

/** Real copies in order of arrival, then a web archive's prints, each with the message that it is of. */
export async function readCopyRows(
  session: Session,
  messageIds: readonly string[],
  lists: readonly string[] | null,
): Promise<{ id: string; isPrint: boolean; raw: Uint8Array }[]> {
  const onList = `AND EXISTS (SELECT 1 FROM appearance a JOIN list l USING (list_key)
    WHERE a.message_key = r.message_key AND a.raw_key = r.raw_key AND l.name = ANY(?))`;
  const placed = await readPlaced(
    session,
    `WHERE i.id = ANY(?) ${lists === null ? '' : onList}`,
    'p.is_print, p.arrived_ms IS NULL, p.arrived_ms, p.sha256',
    messageIds,
    ...(lists === null ? [] : [lists]),
  );
  return placed.map(({ row, raw }) => ({ id: row.id, isPrint: row.is_print === 1, raw }));
}

export async function readAppearances(session: Session, messageId: string): Promise<Appearance[]> {
  const rows = await session.all<{
    list: string;
    source: string;
    arrivedMs: number | null;
    sha256: Uint8Array;
  }>(
    `SELECT l.name AS list, s.location AS source, a.arrived_ms AS "arrivedMs", r.sha256
     FROM appearance a JOIN list l USING (list_key) JOIN source s USING (source_key) JOIN raw r USING (raw_key)
     WHERE a.message_key = (SELECT message_key FROM message_id WHERE id = ?) ORDER BY l.name, s.location, r.sha256`,
    messageId,
  );
  return rows.map(({ sha256, ...rest }) => ({ ...rest, rawSha256: hex(sha256) }));
}

export async function writeBlocks(session: Session, blocks: readonly PackedBlock[]): Promise<void> {
  await partBlocks(
    session,
    blocks.map(({ key }) => key),
  );
  for (const { key, sizeBytes, packed } of blocks) await session.steps(writeBlock(key, sizeBytes, packed));
}

/** Cuts all bytes that no raw row names any more out of a block. */
export function* trimBlock(blockKey: number): Steps<void> {
  const rows = yield* all<RawPlace & { raw_key: number }>(
    'SELECT raw_key, block_key, start, size_bytes FROM raw WHERE block_key = ? ORDER BY start',
    blockKey,
  );
  const block = yield* get<BlockRow>('SELECT * FROM raw_block WHERE block_key = ?', blockKey);
  if (rows.length === 0) yield* all('DELETE FROM raw_block WHERE block_key = ?', blockKey);
  if (rows.length === 0 || !block) return;
  const bytes = unpackBlock(block);
  let start = 0;
  for (const row of rows) {
    yield* all('UPDATE raw SET start = ? WHERE raw_key = ?', start, row.raw_key);
    start += row.size_bytes;
  }
  const trimmed = Buffer.concat(rows.map((row) => bytes.subarray(row.start, row.start + row.size_bytes)));
  yield* writeBlock(blockKey, trimmed.byteLength, packBlock(trimmed));
}

function* writeBlock(key: number, sizeBytes: number, packed: Uint8Array): Steps<void> {
  yield* all(
    `INSERT INTO raw_block (block_key, size_bytes, packed) VALUES (?, ?, ?)
     ON CONFLICT (block_key) DO UPDATE SET size_bytes = excluded.size_bytes, packed = excluded.packed`,
    key,
    sizeBytes,
    packed,
  );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
