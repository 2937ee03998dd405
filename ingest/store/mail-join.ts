/**
 * Mail join: a mail that came as a web archive's print becomes one more copy of the message that it is.
 *
 * A print is never the copy to show while a real one is held: it has lost its headers. Which message it is, the print
 * stage decides (../stage/print-stage.ts).
 */
import type { Connection } from './connection.ts';
import { addEvent } from './event-rows.ts';
import { findKey } from './keys.ts';
import { removeWhole } from './mail-removal.ts';
import { findHeld, refreshLists } from './message-rows.ts';
import { refreshPeople } from './person-rows.ts';
import { trimBlock } from './raw-blocks.ts';

interface CopyRow {
  raw_key: number;
  sha256: Uint8Array;
  block_key: number;
}

/** Nothing happens where either is not held; the caller wraps it in a transaction. */
export function joinPrint(connection: Connection, print: string, original: string, nowMs: number): void {
  const from = findHeld(connection, findKey(connection, print) ?? -1);
  const to = findHeld(connection, findKey(connection, original) ?? -1);
  if (!from || !to) return;
  const copies = connection.all<CopyRow>(
    'SELECT raw_key, sha256, block_key FROM raw WHERE message_key = ?',
    from.message_key,
  );
  for (const copy of copies) moveCopy(connection, copy, from.message_key, to.message_key);
  removeWhole(connection, from);
  refreshLists(connection, to.message_key, to);
  refreshPeople(connection, new Set([from.from_key, to.from_key]));
  addEvent(connection, nowMs, 'message', original);
}

/** A print that was pulled twice is one copy. */
function moveCopy(connection: Connection, copy: CopyRow, from: number, to: number): void {
  const { raw_key: rawKey, sha256, block_key: blockKey } = copy;
  const known = connection.get<{ raw_key: number }>(
    'SELECT raw_key FROM raw WHERE message_key = ? AND sha256 = ?',
    to,
    sha256,
  );
  connection.run(
    'UPDATE OR IGNORE appearance SET message_key = ?, raw_key = ? WHERE message_key = ? AND raw_key = ?',
    to,
    known?.raw_key ?? rawKey,
    from,
    rawKey,
  );
  connection.run('DELETE FROM appearance WHERE message_key = ? AND raw_key = ?', from, rawKey);
  if (known) {
    connection.run('DELETE FROM raw WHERE raw_key = ?', rawKey);
    trimBlock(connection, blockKey);
  } else connection.run('UPDATE raw SET message_key = ?, is_print = 1 WHERE raw_key = ?', to, rawKey);
}
