/**
 * Masked ids: Message-IDs whose domain a web archive hid, found again among those that are held.
 */
import { isMasked, localPart, unmaskId } from '../../ingest/link/unmask.ts';
import type { Store } from '../../ingest/store/store.ts';

/** Held ids looked at for one local part: copies of a mail under other domains are few. */
const most = 20;

/** The real id of each masked one that only one held message fits. */
export async function resolveMasked(
  store: Pick<Store, 'findMessageIds'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const masked of new Set(ids.filter(isMasked))) {
    const id = unmaskId(masked, await store.findMessageIds(`${localPart(masked)}@`, most));
    if (id !== null) found.set(masked, id);
  }
  return found;
}
