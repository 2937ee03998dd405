/**
 * Mail join: a mail that came as a web archive's print becomes one more copy of the message that it is.
 *
 * A print is never the copy to show while a real one is held: it has lost its headers. Which message it is, the print
 * stage decides (../stage/print-stage.ts).
 */
import { writeEvent } from './event-rows.ts';
import { findKeyOf } from './key-steps.ts';
import { type RemovalParts, removeWhole } from './mail-removal.ts';
import { findHeldRow, renewLists } from './message-rows.ts';
import { countMails } from './person-rows.ts';
import { all, get, type Steps } from './steps.ts';

interface CopyRow {
  raw_key: number;
  sha256: Uint8Array;
  block_key: number;
}

/** Nothing happens where either is not held; the caller wraps it in a transaction. */
export function* joinPrint(parts: RemovalParts, print: string, original: string, nowMs: number): Steps<void> {
  const from = yield* findHeldRow((yield* findKeyOf(print)) ?? -1);
  const to = yield* findHeldRow((yield* findKeyOf(original)) ?? -1);
  if (!from || !to) return;
  const copies = yield* all<CopyRow>(
    'SELECT raw_key, sha256, block_key FROM raw WHERE message_key = ?',
    from.message_key,
  );
  for (const copy of copies) yield* moveCopy(parts, copy, from.message_key, to.message_key);
  yield* removeWhole(parts, from);
  yield* renewLists(to.message_key, to);
  yield* countMails(parts.dialect, new Set([from.from_key, to.from_key]));
  yield* writeEvent(nowMs, 'message', original);
}

/** A print that was pulled twice is one copy. */
function* moveCopy(parts: RemovalParts, copy: CopyRow, from: number, to: number): Steps<void> {
  const { raw_key: rawKey, sha256, block_key: blockKey } = copy;
  const known = yield* get<{ raw_key: number }>(
    'SELECT raw_key FROM raw WHERE message_key = ? AND sha256 = ?',
    to,
    sha256,
  );
  const kept = known?.raw_key ?? rawKey;
  yield* all(
    `INSERT INTO appearance (message_key, list_key, source_key, raw_key, arrived_ms)
     SELECT ${to}, list_key, source_key, ${kept}, arrived_ms FROM appearance WHERE message_key = ? AND raw_key = ?
     ON CONFLICT (message_key, list_key, source_key, raw_key) DO NOTHING`,
    from,
    rawKey,
  );
  yield* all('DELETE FROM appearance WHERE message_key = ? AND raw_key = ?', from, rawKey);
  if (known) {
    yield* all('DELETE FROM raw WHERE raw_key = ?', rawKey);
    yield* parts.trimBlock(blockKey);
  } else yield* all('UPDATE raw SET message_key = ?, is_print = 1 WHERE raw_key = ?', to, rawKey);
}
