/**
 * Readable raw mail: the bytes of mails that also came by a hidden list.
 *
 * The copy that is usually shown may be that of the hidden list, with its headers: then one of the other copies is shown.
 */
import type { MessageEntry, Store } from '../../ingest/store/store.ts';

/** `readable` is the store as the reader sees it. */
export async function readOpenRaw(
  whole: Store,
  readable: Store,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const open = await readable.getEntries(messageIds);
  const held = await whole.getEntries([...open.keys()]);
  const isWhole = ({ messageId, lists }: MessageEntry) => lists.length === held.get(messageId)?.lists.length;
  const [plain, mixed] = [
    [...open.values()].filter(isWhole),
    [...open.values()].filter((one) => !isWhole(one)),
  ];
  const found = new Map(await whole.getRaw(plain.map(({ messageId }) => messageId)));
  for (const { messageId } of mixed) {
    const [copy] = await readable.getRawCopies(messageId);
    if (copy) found.set(messageId, copy.raw);
  }
  return found;
}

/** Copies that came through lists that may be read; mail without a list is open. */
export async function readOpenCopies(
  whole: Store,
  readable: Store,
  messageIds: readonly string[],
  lists: readonly string[] | null,
): Promise<ReadonlyMap<string, readonly Uint8Array[]>> {
  const open = new Set(['', ...(await readable.getLists()).map(({ name }) => name)]);
  return whole.getCopies(
    messageIds,
    (lists ?? [...open]).filter((list) => open.has(list)),
  );
}
